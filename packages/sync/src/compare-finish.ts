import { type Instant, instantMs, type Link, type SalesforceId } from '@tandem/engine';
import { tooMany } from './brake-limits.ts';
import { isFollowed } from './is-followed.ts';
import type { Brake, Comparison, SyncConnection, SyncTx } from './ports.ts';
import { markMissing } from './read-records.ts';
import type { Run } from './run.ts';

/** Their names are kept only as long as there are few enough to be believed (I10). */
export async function heldAfter(
  tx: SyncTx,
  brake: Brake | null,
  { missing: before, held = [] }: Comparison,
  now: readonly SalesforceId[],
): Promise<Pick<Required<Comparison>, 'missing' | 'held'>> {
  if (now.length === 0) return { missing: before, held };
  const missing = before + now.length;
  const allowed = brake?.kind === 'empty_feed' ? brake.allowed : null;
  const halts = allowed === null ? tooMany(missing, await tx.countLinks()) : missing > allowed;
  return { missing, held: halts || held.length < before ? [] : [...held, ...now] };
}

export async function finishComparison(
  run: Run,
  tx: SyncTx,
  { brake }: SyncConnection,
  counted: Comparison,
): Promise<void> {
  const { held = [], why, missing, startedAt, compared, agreed } = counted;
  const halts = held.length < missing;
  const finishedAt = run.now();
  const links = await tx.linksBySalesforceId(held);
  // What showed up since the comparison began is there after all.
  const gone = links.filter(
    (linked) => isFollowed(run, linked) && !wasSeenSince(linked.link, startedAt ?? finishedAt),
  );
  await markMissing(tx, gone, finishedAt);
  const comparison: Comparison = {
    state: 'done',
    why,
    startedAt,
    finishedAt,
    cursor: null,
    compared,
    agreed,
    missing,
    held: [],
  };
  const next = brakeAfter(brake, halts ? await emptyFeed(tx, missing, finishedAt) : null);
  await tx.saveConnection(next === undefined ? { comparison } : { comparison, brake: next });
  run.ports.log.info('sync.compared', {
    connectionId: run.lease.connectionId,
    compared,
    agreed,
    missing,
    halts,
  });
}

function wasSeenSince({ sf }: Link, at: Instant): boolean {
  return sf.kind === 'seen' && instantMs(sf.seenAt) > instantMs(at);
}

/** I10: so many records do not vanish one by one. More likely Salesforce stopped showing them. */
async function emptyFeed(tx: SyncTx, missing: number, since: Instant): Promise<Brake> {
  const links = await tx.countLinks();
  return { kind: 'empty_feed', since, toTrash: 0, toDelete: 0, missing, links, allowed: null };
}

/** One question at a time: a brake of another kind stays, and the next comparison asks again. */
function brakeAfter(now: Brake | null, next: Brake | null): Brake | null | undefined {
  if (now !== null && now.kind !== 'empty_feed') return undefined;
  if (now === null && next === null) return undefined;
  return next === null || now?.allowed !== null ? next : { ...next, since: now.since };
}
