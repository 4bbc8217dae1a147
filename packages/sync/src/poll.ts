import { type Instant, instantMs, type SalesforceTask, shift } from '@tandem/engine';
import { isUnannounced, pollPauseMs } from './event-pace.ts';
import type { SyncConnection, SyncTx } from './ports.ts';
import type { Run } from './run.ts';
import { takeIn } from './take-in.ts';
import { feedAfter, relyOnTeam } from './team-feed.ts';

/**
 * Salesforce stamps a row during its transaction and shows it at commit, up to 10 minutes later; a reader
 * that goes on from the last stamp would miss it. Each poll therefore re-reads the last 15 minutes, the
 * published practice. Value comparison makes what was already seen free.
 */
export const OVERLAP_MS = 15 * 60_000;

/** 2,000 records a page: a bound on one poll, reached only after a very long gap. */
const POLL_PAGES_MAX = 500;

/**
 * One `queryAll` by SystemModstamp gives creates, edits, deletes, undeletes and archiving. The watermark is
 * Salesforce's own clock at the start of the query, and moves only with the last page that is taken in.
 */
export async function poll(run: Run, now: boolean): Promise<void> {
  if (!now && !isDue(run)) return;
  // An import sets the watermark at its end; nothing else of a turn moves it before the poll.
  const connection =
    run.connection.import?.state === 'running'
      ? await run.transact((tx) => tx.connection())
      : run.connection;
  const from = connection.watermark;
  if (from === null) return; // the import sets it
  if (!now && (await relyOnTeam(run, connection))) return;
  const since = shift(from, -OVERLAP_MS);

  let cursor: string | null = null;
  let watermark: Instant | null = null;
  let startedAt: Instant | null = null;
  for (let page = 1; page <= POLL_PAGES_MAX; page += 1) {
    const at: string | null = cursor;
    const reply: Awaited<ReturnType<typeof readPage>> = await readPage(run, since, at);
    const { tasks, next, seesAll } = reply.value;
    const upTo: Instant = watermark ?? reply.serverTime;
    // What lands while the pages come in may be on none of them: the poll knows of nothing after its first question.
    const lookedAt: Instant = startedAt ?? reply.askedAt;
    run.seesAll ||= seesAll;
    const isOver = next === null || page === POLL_PAGES_MAX;
    const polled = async (tx: SyncTx) => {
      if (tasks.some((task) => isUnannounced(run, task.SystemModstamp))) await tx.doubtEvents();
      if (!isOver) return;
      const { clockOffsetMs } = run;
      await tx.saveConnection(
        next === null
          ? {
              watermark: upTo,
              feed: feedAfter(run, lookedAt, since),
              lastPollAt: lookedAt,
              clockOffsetMs,
            }
          : { watermark: cutOffAt(tasks, upTo, from), lastPollAt: lookedAt, clockOffsetMs },
      );
    };
    await takeIn(run, tasks, reply.askedAt, newSince(connection), polled);
    run.activity += tasks.length;
    if (isOver) run.polledAt = lookedAt;
    if (isOver) return;
    [cursor, watermark, startedAt] = [next, upTo, lookedAt];
  }
}

/**
 * At the bound of pages: the next poll begins with the last row of this one. What is stamped before that and not shown
 * yet is at most 10 minutes old, and read again with the overlap.
 */
function cutOffAt(tasks: readonly SalesforceTask[], upTo: Instant, from: Instant): Instant {
  const last = tasks.at(-1);
  if (last === undefined) return from;
  const reached = shift(last.SystemModstamp, OVERLAP_MS);
  return instantMs(reached) < instantMs(upTo) ? reached : upTo;
}

/** What the preview left out stays out, however far back the watermark reaches (B6.2). */
export function newSince({ import: progress }: SyncConnection): Instant | null {
  return progress?.windowStart ?? progress?.startedAt ?? null;
}

/**
 * An edit in the app wakes the worker to send, not to poll again: a poll costs a call of the org's, and when
 * few are left polls are further apart (B11.7).
 */
export function isDue(run: Run): boolean {
  if (!run.isItsTurn) return false;
  const last = run.connection.lastPollAt;
  const pauseMs = pollPauseMs(run);
  return last === null || instantMs(run.now()) - instantMs(last) >= pauseMs - POLL_SLACK_MS;
}

/** A wake-up may come a moment before its time. */
const POLL_SLACK_MS = 1_000;

function readPage(run: Run, since: Instant, cursor: string | null) {
  return run.read(() => run.ports.salesforce.changedSince(since, cursor));
}
