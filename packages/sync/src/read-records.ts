import type { Instant, SalesforceId } from '@tandem/engine';
import { intake } from './intake.ts';
import type { LinkedTask, SyncTx } from './ports.ts';
import type { Run } from './run.ts';

/**
 * Reads records by id before their links are planned again: after a 412, a "gone", an adopted duplicate or a
 * lost reply. A record that is not shown is marked missing; absence is no deletion (B7.2).
 */
export async function readRecords(
  run: Run,
  ids: readonly SalesforceId[],
  newSince: Instant | null = null,
): Promise<void> {
  if (ids.length === 0) return;
  const reply = await run.read(() => run.ports.salesforce.readTasks(ids));
  await run.transact(async (tx) => {
    await intake(run, tx, reply.value.tasks, reply.askedAt, newSince);
    const shown = new Set(reply.value.tasks.map((task) => task.Id));
    const missing = await tx.linksBySalesforceId(ids.filter((id) => !shown.has(id)));
    await markMissing(tx, missing, reply.askedAt);
  });
}

/** The plan makes of it a link that is `gone`: kept, and looked for again by each full comparison. */
export async function markMissing(
  tx: SyncTx,
  links: readonly LinkedTask[],
  seenAt: Instant,
): Promise<void> {
  if (links.length === 0) return;
  await tx.saveLinks(
    links.map(({ link }) => ({
      link: { ...link, sf: { kind: 'missing', seenAt }, intents: [] },
      dirty: true,
      task: { kind: 'none' },
      journal: [],
    })),
  );
}
