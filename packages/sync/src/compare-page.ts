import {
  type Instant,
  instantMs,
  isInDoubt,
  type Link,
  type SalesforceId,
  type StampPage,
} from '@tandem/engine';
import { finishComparison, heldAfter } from './compare-finish.ts';
import { isFollowed } from './is-followed.ts';
import { hasWork, planLinked } from './plan-linked.ts';
import { newSince } from './poll.ts';
import type { Comparison, LinkedTask, SyncTx } from './ports.ts';
import type { Run } from './run.ts';
import { takeIn } from './take-in.ts';

/**
 * Twice a page of stamps: room for links whose records are not on it (given to somebody else, out of sight).
 * Where there are more, the page ends at the last link and the next call begins there.
 */
const LINKS_MAX = 4_000;

/** Salesforce's ids of one query by id. */
const READ_MAX = 200;

/**
 * One page of a full comparison: a call for the stamps, one more for each 200 records that differ. What is
 * read is taken in at once, which may be done again without harm; the counts and the cursor are committed
 * last, together.
 */
export async function comparePage(run: Run, progress: Comparison): Promise<void> {
  const reply = await run.read(() =>
    run.ports.salesforce.stampsAfter(run.connection.salesforceUserId, progress.cursor),
  );
  const page = await run.transact((tx) => lookAt(tx, progress, reply.value));
  const hidden = new Set<SalesforceId>();
  for (let at = 0; at < page.toRead.length; at += READ_MAX) {
    const ids = page.toRead.slice(at, at + READ_MAX);
    for (const id of await readShown(run, ids)) hidden.add(id);
  }
  await run.transact((tx) => settle(run, tx, progress, page, hidden));
}

interface Page {
  /** The last id of the page; null: it was the last page. */
  readonly through: SalesforceId | null;
  readonly toRead: readonly SalesforceId[];
}

async function lookAt(
  tx: SyncTx,
  { cursor }: Comparison,
  { stamps, more }: StampPage,
): Promise<Page> {
  const end = more ? (stamps.at(-1)?.Id ?? null) : null;
  const links = await tx.linksInIdRange(cursor, end, LINKS_MAX);
  const through = links.length < LINKS_MAX ? end : (links.at(-1)?.link.salesforceId ?? end);
  const shown = new Map(
    stamps.filter(({ Id }) => through === null || Id <= through).map((stamp) => [stamp.Id, stamp]),
  );
  const differing = links.flatMap(({ link }) =>
    link.salesforceId === null || isAsSeen(link, shown.get(link.salesforceId))
      ? []
      : [link.salesforceId],
  );
  const linked = new Set(links.map(({ link }) => link.salesforceId));
  const since = newSince(await tx.connection());
  const unknown = [...shown.values()].filter(
    (stamp) => !linked.has(stamp.Id) && !stamp.IsDeleted && isSince(stamp.SystemModstamp, since),
  );
  return { through, toRead: [...differing, ...unknown.map(({ Id }) => Id)] };
}

type Stamp = StampPage['stamps'][number];

function isAsSeen({ sf }: Link, stamp: Stamp | undefined): boolean {
  return (
    sf.kind === 'seen' &&
    stamp !== undefined &&
    sf.task.IsDeleted === stamp.IsDeleted &&
    instantMs(sf.task.SystemModstamp) === instantMs(stamp.SystemModstamp)
  );
}

/** A person's old tasks, which the import left out, are not read again every day (B6.4). */
function isSince(stamp: Instant, since: Instant | null): boolean {
  return since === null || instantMs(stamp) >= instantMs(since);
}

/** Takes in what Salesforce shows of these records and returns the others. */
async function readShown(run: Run, ids: readonly SalesforceId[]): Promise<readonly SalesforceId[]> {
  const { value, askedAt } = await run.read(() => run.ports.salesforce.readTasks(ids));
  const connection = await run.transact((tx) => tx.connection());
  await takeIn(run, value.tasks, askedAt, newSince(connection));
  const shown = new Set(value.tasks.map((task) => task.Id));
  return ids.filter((id) => !shown.has(id));
}

async function settle(
  run: Run,
  tx: SyncTx,
  before: Comparison,
  { through, toRead }: Page,
  hidden: ReadonlySet<SalesforceId>,
): Promise<void> {
  const connection = await tx.connection();
  // Asked for anew meanwhile: it begins again, and this page counts for nothing.
  if (!isSamePlace(connection.comparison, before)) return;
  const inRange = await tx.linksInIdRange(before.cursor, through, LINKS_MAX + toRead.length);
  const live = inRange.filter((linked) => isFollowed(run, linked));
  const missing = live.flatMap(({ link: { salesforceId: id } }) =>
    id !== null && hidden.has(id) ? [id] : [],
  );
  const agreed = live.filter((linked) => !isHidden(linked, hidden) && agrees(run, linked));
  const held = await heldAfter(tx, connection.brake, before, missing);
  const counted: Comparison = {
    state: before.state,
    // What asked for it may have become more urgent.
    why: connection.comparison?.why ?? before.why,
    startedAt: before.startedAt,
    finishedAt: before.finishedAt,
    cursor: through,
    compared: before.compared + live.length,
    agreed: before.agreed + agreed.length,
    missing: held.missing,
    held: held.held,
  };
  await planAgain(run, tx, inRange);
  if (through !== null) return tx.saveConnection({ comparison: counted });
  await finishComparison(run, tx, connection, counted);
}

function isSamePlace(now: Comparison | null, before: Comparison): boolean {
  return (
    now?.state === 'running' && now.startedAt === before.startedAt && now.cursor === before.cursor
  );
}

function isHidden({ link }: LinkedTask, hidden: ReadonlySet<SalesforceId>): boolean {
  return link.salesforceId !== null && hidden.has(link.salesforceId);
}

/** H3: known from what both sides were seen to hold, not from an empty queue. */
function agrees(run: Run, linked: LinkedTask): boolean {
  const { link } = linked;
  if (link.sf.kind !== 'seen' || link.parked !== null || isInDoubt(link)) return false;
  const decided = planLinked(run, linked);
  return !hasWork(decided) && !decided.rebirth && decided.state === link.state;
}

/** Work that nobody is waiting for is found here, should its mark ever have been lost. */
async function planAgain(run: Run, tx: SyncTx, links: readonly LinkedTask[]): Promise<void> {
  const idle = links.filter(({ link }) => link.parked === null && !isInDoubt(link));
  const forgotten = idle.filter((linked) => hasWork(planLinked(run, linked)));
  if (forgotten.length === 0) return;
  await tx.saveLinks(
    forgotten.map(({ link }) => ({ link, dirty: true, task: { kind: 'none' }, journal: [] })),
  );
}
