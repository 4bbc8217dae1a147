import {
  adopt,
  type Instant,
  instantMs,
  isWorthTelling,
  type JournalDraft,
  type Link,
  observe,
  planImport,
  type SalesforceTask,
} from '@tandem/engine';
import { heldAsBirths } from './match-birth.ts';
import type { ImportedTask, LinkChange, LinkedTask, SkippedRecord, SyncTx } from './ports.ts';
import type { Run } from './run.ts';

export interface IntakeCounts {
  readonly imported: number;
  readonly linked: number;
  readonly skipped: number;
}

/**
 * Takes in one page of records as Salesforce showed them. A record is ours by id, or by our creation key
 * when the reply to its creation was lost (R8); only then may it be new. Reading a page twice changes
 * nothing.
 *
 * `newSince`: records without a link that were last modified before it do not come in (B6.4).
 */
export async function intake(
  run: Run,
  tx: SyncTx,
  tasks: readonly SalesforceTask[],
  seenAt: Instant,
  newSince: Instant | null = null,
): Promise<IntakeCounts> {
  const byId = indexBy(
    await tx.linksBySalesforceId(tasks.map((task) => task.Id)),
    (linked) => linked.link.salesforceId,
  );
  const keys = tasks.flatMap((task) =>
    task.CreationKey !== null && !byId.has(task.Id) ? [task.CreationKey] : [],
  );
  const byKey =
    keys.length === 0
      ? new Map<string, LinkedTask>()
      : indexBy(await tx.linksByCreationKey(keys), (linked) => linked.link.creationKey);

  const changes: LinkChange[] = [];
  const strangers: ImportedTask[] = [];
  const skipped: SkippedRecord[] = [];
  let linked = 0;

  for (const task of tasks) {
    const known = byId.get(task.Id);
    if (known !== undefined && known.link.sf.kind !== 'unborn') {
      linked += 1;
      const seen = observe(known.link, task, seenAt);
      if (seen.changed) changes.push(change(seen.link, true, []));
      continue;
    }
    const born = known ?? (task.CreationKey === null ? undefined : byKey.get(task.CreationKey));
    if (born !== undefined) {
      linked += 1;
      if (!mayAdopt(born)) continue;
      const adopted = adopt(born.link, task, seenAt);
      changes.push(change(adopted.link, true, adopted.journal));
      continue;
    }
    const receiver = receiverOf(run, task, newSince);
    if (receiver === null) continue;
    const { connectionId } = receiver;
    const decision = planImport(task, run.connection.policy);
    if (decision.kind === 'skip') {
      const { reason } = decision;
      if (isWorthTelling(reason))
        skipped.push({ salesforceId: task.Id, subject: task.Subject, reason, connectionId });
      continue;
    }
    strangers.push({
      connectionId,
      link: newLink(run, task, decision.base, seenAt),
      values: decision.values,
      context: decision.context,
      createdAt: task.CreatedDate,
      journal: decision.journal,
    });
  }

  // A record that may be the birth of a task we sent is left to the search for it (R8).
  const held = await heldAsBirths(run, tx, strangers.flatMap(recordOf));
  const births = strangers.filter(({ link }) => !held.has(link.salesforceId ?? ''));
  if (changes.length > 0) await tx.saveLinks(changes);
  if (births.length > 0) await tx.insertImported(births);
  if (births.length > 0)
    await tx.forgetSkipped(births.flatMap(({ link }) => link.salesforceId ?? []));
  if (skipped.length > 0) await tx.recordSkipped(skipped);
  return { imported: births.length, linked: linked + held.size, skipped: skipped.length };
}

/**
 * Whose list a new record comes to; null where it comes to none, or is older than what is new there (B6.4).
 */
export function receiverOf(
  run: Run,
  task: SalesforceTask,
  newSince: Instant | null,
): Receiver | null {
  const receiver = ownerOf(run, task, newSince);
  if (receiver === null || receiver.newSince === null) return receiver;
  return instantMs(task.LastModifiedDate) < instantMs(receiver.newSince) ? null : receiver;
}

interface Receiver {
  readonly connectionId: string;
  readonly newSince: Instant | null;
}

/**
 * A teammate's records come in through the teammate's own connection, or through one that reads every task of the org
 * (E3).
 */
function ownerOf(
  { connection, seesAll, isForTeam }: Run,
  task: SalesforceTask,
  newSince: Instant | null,
): Receiver | null {
  if (task.OwnerId === connection.salesforceUserId)
    return { connectionId: connection.connectionId, newSince };
  if (!(seesAll || isForTeam) || !connection.hasCreationKey) return null;
  const owner = connection.policy.owners.toApp[task.OwnerId];
  return owner === undefined ? null : (connection.teammates[owner] ?? null);
}

/**
 * A record under our key is ours (R7). Where the link names another one, that was purged, or the key would not
 * have been free; the new one, late born, takes its place. Only where the task lives on under a link of its own
 * there is no place for it (I3).
 */
function mayAdopt({ link, app }: LinkedTask): boolean {
  return link.state !== 'dead' || app.kind === 'trashed';
}

function recordOf({ link }: ImportedTask): readonly SalesforceTask[] {
  return link.sf.kind === 'seen' ? [link.sf.task] : [];
}

function newLink(
  run: Run,
  task: SalesforceTask,
  base: NonNullable<Link['base']>,
  seenAt: Instant,
): Link {
  return {
    id: run.ports.ids.uuid(),
    taskId: run.ports.ids.uuid(),
    salesforceId: task.Id,
    creationKey: run.ports.ids.uuid(),
    origin: 'sf',
    base,
    sf: { kind: 'seen', task, seenAt },
    intents: [],
    parked: null,
    formerOpenStatus: task.IsClosed ? null : task.Status,
    state: 'live',
  };
}

function change(link: Link, dirty: boolean, journal: readonly JournalDraft[]): LinkChange {
  return { link, dirty, task: { kind: 'none' }, journal };
}

function indexBy<T>(rows: readonly T[], key: (row: T) => string | null): Map<string, T> {
  const index = new Map<string, T>();
  for (const row of rows) {
    const value = key(row);
    if (value !== null) index.set(value, row);
  }
  return index;
}
