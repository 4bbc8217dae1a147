import {
  type AppState,
  type Instant,
  type Plan,
  plan,
  SYNCED_FIELDS,
  type SyncedField,
  shift,
} from '@tandem/engine';
import { isBirthInDoubt } from './match-birth.ts';
import type { LinkedTask } from './ports.ts';
import type { Run } from './run.ts';

/** The engine's plan for one link as this run sees it. */
export function planLinked(run: Run, linked: LinkedTask, deletedByUs = false): Plan {
  const decided = plan({
    link: linked.link,
    app: bySalesforceClock(linked.app, run.clockOffsetMs),
    context: linked.context,
    policy: run.connection.policy,
    soleLink: linked.soleLink,
    restoredAt: run.restoredAt(),
    recovering: run.recovering,
    deletedByUs,
  });
  // R8: without a key nothing keeps a second create from making a second record.
  return decided.sf.kind === 'create' && isBirthInDoubt(run, linked.link)
    ? { ...decided, sf: { kind: 'none' } }
    : decided;
}

/** True when a plan still asks for something to be done on either side. */
export function hasWork(decided: Plan): boolean {
  return decided.app.kind !== 'none' || decided.sf.kind !== 'none';
}

/** Edit times, and when a task went into Trash, are taken by our clock; conflicts are decided by Salesforce's (B10.2). */
function bySalesforceClock(app: AppState, offsetMs: number): AppState {
  if (offsetMs === 0) return app;
  const editedAt: Partial<Record<SyncedField, Instant>> = {};
  for (const field of SYNCED_FIELDS) {
    const at = app.editedAt[field];
    if (at !== undefined) editedAt[field] = shift(at, offsetMs);
  }
  return app.kind === 'trashed'
    ? { ...app, editedAt, at: shift(app.at, offsetMs) }
    : { ...app, editedAt };
}
