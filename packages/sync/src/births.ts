import { type Intent, type Link, plan, type SyncedField } from '@tandem/engine';
import type { LinkedTask } from './ports.ts';
import type { Run } from './run.ts';

/**
 * The link with what its births sent: one that a restored backup may have forgotten sent what the task holds, as
 * far as anybody knows.
 */
export function told(run: Run, { link, app, context, soleLink }: LinkedTask): Link {
  if (birthsOf(link).every(isTold)) return link;
  const { sf } = plan({
    link: { ...link, intents: [], parked: null },
    app: { kind: 'live', values: app.values, editedAt: {}, revision: app.revision },
    context,
    policy: run.connection.policy,
    soleLink,
  });
  if (sf.kind !== 'create') return link;
  const fields = Object.fromEntries(
    (Object.keys(sf.values) as SyncedField[]).map((field) => [
      field,
      { from: null, to: sf.values[field], app: sf.app[field] },
    ]),
  ) as unknown as Intent['fields'];
  const intents = link.intents.map((intent) => (isTold(intent) ? intent : { ...intent, fields }));
  return { ...link, intents };
}

function isTold({ kind, fields }: Intent): boolean {
  return kind !== 'create' || Object.keys(fields).length > 0;
}

export function birthsOf(link: Link): readonly Intent[] {
  return link.intents.filter((intent) => intent.kind === 'create');
}
