import type { Link } from './link.ts';
import type { Plan, PlanInput } from './plan-types.ts';
import type { Policy } from './policy.ts';
import type { SalesforceTask } from './salesforce-task.ts';

/** The invariants a plan can be held to by itself (docs/SPEC.md). */
export type PlanInvariant = 'I1' | 'I2' | 'I4' | 'I6' | 'I7' | 'I8';

/**
 * Whether a plan breaks its promise, whatever led to it: asked before every commit, so that a mistake of ours
 * stops at one link, seen, and reaches neither side (H1). Written from the promises, not from `plan()`.
 */
export function brokenInvariant(
  { link, app, policy }: Pick<PlanInput, 'link' | 'app' | 'policy'>,
  plan: Plan,
): PlanInvariant | null {
  const record = link.sf.kind === 'seen' ? link.sf.task : null;
  // Where a plan takes the task out of Trash, both sides live again (B8.2).
  const lives = plan.app.kind === 'restore' || (app.kind === 'live' && link.state !== 'dead');

  // I4: a record is made only for a living task that has none; what was deleted is not made again.
  if (plan.sf.kind === 'create' && (link.sf.kind !== 'unborn' || !lives)) return 'I4';
  // I6: an update goes to a living record of somebody connected, for a task that lives.
  if (plan.sf.kind === 'update' && (!isOurs(record, policy) || !lives)) return 'I6';
  if (plan.sf.kind === 'update' && Object.keys(plan.sf.values).length === 0) return 'I6';
  // I2: a record is deleted because a person deleted its task, or the record before it, and for nothing else.
  if (plan.sf.kind === 'delete' && (record === null || !isDeletedByPerson(app, link))) return 'I2';
  // I2: a task goes to Trash because its record was seen deleted, and history says so.
  if (plan.app.kind === 'trash') {
    const isTold = plan.journal.some((entry) => entry.kind === 'deleted');
    if (record?.IsDeleted !== true || app.kind !== 'live' || !isTold) return 'I2';
  }
  // I4: out of Trash only with a record that lives again.
  if (plan.app.kind === 'restore' && (record?.IsDeleted !== false || app.kind !== 'trashed'))
    return 'I4';
  // I4: a new life is for a living task, whose record was seen deleted.
  if (plan.rebirth && (record?.IsDeleted !== true || app.kind !== 'live')) return 'I4';
  // I1: a task takes values from a living record, while it lives itself; into a new life from the record it leaves.
  const source = plan.rebirth && record !== null ? { ...record, IsDeleted: false } : record;
  if (plan.app.kind === 'patch' && (!isOurs(source, policy) || app.kind !== 'live')) return 'I1';
  // I2: what a conflict decided against is in the history.
  if (plan.journal.some((entry) => entry.kind === 'conflict' && !('lost' in entry))) return 'I2';
  // I7: an agreement is about a record that was seen or born.
  if (link.base === null && plan.base !== null && record === null) return 'I7';
  // I8: a request on its way is not forgotten without having looked.
  if (record === null && plan.intents.length < link.intents.length) return 'I8';
  return null;
}

/** Thrown in place of committing such a plan; the link is parked and people are told. */
export class BrokenInvariant extends Error {
  override name = 'BrokenInvariant';
  readonly invariant: PlanInvariant;

  constructor(invariant: PlanInvariant, linkId: Link['id']) {
    super(`${invariant} would be broken for link ${linkId}`);
    this.invariant = invariant;
  }
}

function isOurs(record: SalesforceTask | null, policy: Policy): boolean {
  if (record === null || record.IsDeleted || record.IsRecurrence) return false;
  // A record that was just created has not been read yet, and shows no owner.
  return record.OwnerId === '' || policy.owners.toApp[record.OwnerId] !== undefined;
}

/** A tombstone's own record comes back with an undelete; a living link of such a task names one that was born late. */
function isDeletedByPerson(app: PlanInput['app'], { state }: Link): boolean {
  return app.kind === 'trashed' && (!app.bySync || state !== 'dead');
}
