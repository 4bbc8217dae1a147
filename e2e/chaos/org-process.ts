import { createSandbox } from '@tandem/sandbox';

/**
 * The sandbox org as a process of its own, which tells its parent of every change of a task, whoever made it: the
 * history by which the oracle judges. Undelete is here because Salesforce's REST has none; people do it in its pages.
 */
export interface OrgReport {
  readonly ready?: { readonly url: string; readonly port: number };
  readonly change?: OrgChange;
  readonly undeleted?: { readonly call: number; readonly ok: boolean };
}

export interface OrgChange {
  /** By the machine's clock, like the witness in the database. */
  readonly atMs: number;
  /** Tandem names itself in every call. */
  readonly byTandem: boolean;
  readonly kind: string;
  readonly before: Readonly<Record<string, unknown>> | null;
  readonly after: Readonly<Record<string, unknown>> | null;
}

export interface OrgOrder {
  readonly undelete?: { readonly call: number; readonly id: string; readonly userId: string };
  readonly close?: true;
}

const tell = (report: OrgReport) => process.send?.(report);
const sandbox = await createSandbox({ seed: 'empty' });

sandbox.org.onCommit((commit) => {
  for (const { object, kind, before, after } of commit.changes) {
    if (object !== 'Task') continue;
    tell({
      change: {
        atMs: performance.timeOrigin + performance.now(),
        byTandem: commit.ctx.client === 'tandem',
        kind,
        before,
        after,
      },
    });
  }
});

process.on('message', (order: OrgOrder) => {
  if (order.undelete !== undefined) {
    const { call, id, userId } = order.undelete;
    const { ok } = sandbox.org.undelete(id, { userId, client: null, source: 'ui' });
    tell({ undeleted: { call, ok } });
  }
  if (order.close) void sandbox.close().then(() => process.disconnect());
});
// Without a parent there is nobody to serve.
process.once('disconnect', () => process.exit(0));
// Ctrl-C reaches the whole group; the parent ends us in its order.
process.on('SIGINT', () => {});
tell({ ready: { url: sandbox.url, port: sandbox.port } });
