import type { Instant, SalesforceTask } from '@tandem/engine';
import { unreadable } from './batch-size.ts';
import { type IntakeCounts, intake, receiverOf } from './intake.ts';
import { isPoison } from './poison.ts';
import type { SyncTx } from './ports.ts';
import type { Run } from './run.ts';

/**
 * Takes a page in and stores with it what it stands for. A page the database refuses is halved until the
 * one record is found that it cannot hold: that one is left out and named, the others come in (L3, I11).
 * Reading a page twice changes nothing, so halves that were stored before a crash do no harm.
 */
export async function takeIn(
  run: Run,
  tasks: readonly SalesforceTask[],
  seenAt: Instant,
  newSince: Instant | null = null,
  finish: (tx: SyncTx, counts: IntakeCounts) => Promise<void> = async () => {},
): Promise<void> {
  try {
    await run.transact(async (tx) => finish(tx, await intake(run, tx, tasks, seenAt, newSince)));
  } catch (error) {
    if (!isPoison(error) || tasks.length === 0) throw error;
    const counts = await inHalves(run, tasks, seenAt, newSince);
    await run.transact((tx) => finish(tx, counts));
  }
}

/** Ends: each half is smaller, and a single record is left out. */
async function inHalves(
  run: Run,
  tasks: readonly SalesforceTask[],
  seenAt: Instant,
  newSince: Instant | null,
): Promise<IntakeCounts> {
  const [only] = tasks;
  if (only === undefined) return { imported: 0, linked: 0, skipped: 0 };
  if (tasks.length === 1) return leaveOut(run, only, seenAt, newSince);
  const middle = Math.ceil(tasks.length / 2);
  const halves = [tasks.slice(0, middle), tasks.slice(middle)];
  let total: IntakeCounts = { imported: 0, linked: 0, skipped: 0 };
  for (const half of halves) {
    const counts = await oneHalf(run, half, seenAt, newSince);
    total = {
      imported: total.imported + counts.imported,
      linked: total.linked + counts.linked,
      skipped: total.skipped + counts.skipped,
    };
  }
  return total;
}

async function oneHalf(
  run: Run,
  half: readonly SalesforceTask[],
  seenAt: Instant,
  newSince: Instant | null,
): Promise<IntakeCounts> {
  try {
    return await run.transact((tx) => intake(run, tx, half, seenAt, newSince));
  } catch (error) {
    if (!isPoison(error)) throw error;
    return inHalves(run, half, seenAt, newSince);
  }
}

/** A linked one keeps what was last known of it and waits, visibly; another one is listed as left out. */
async function leaveOut(
  run: Run,
  task: SalesforceTask,
  at: Instant,
  newSince: Instant | null,
): Promise<IntakeCounts> {
  run.ports.log.warn('sync.unreadable_record', { salesforceId: task.Id });
  try {
    return await nameIt(run, task, at, newSince, readable(task.Subject));
  } catch (error) {
    if (!isPoison(error)) throw error;
    return nameIt(run, task, at, newSince, null);
  }
}

/** Without the two things that no database of text can hold: NUL, and half of a surrogate pair. */
function readable(subject: string | null): string | null {
  return subject?.replace(/[\0\p{Surrogate}]/gu, '\ufffd') ?? null;
}

function nameIt(
  run: Run,
  task: SalesforceTask,
  at: Instant,
  newSince: Instant | null,
  subject: string | null,
): Promise<IntakeCounts> {
  return run.transact(async (tx) => {
    const [linked] = await tx.linksBySalesforceId([task.Id]);
    if (linked === undefined) {
      // Named to whom it would have come to, a teammate as well (E3).
      const receiver = receiverOf(run, task, newSince);
      if (receiver === null) return { imported: 0, linked: 0, skipped: 0 };
      const { connectionId } = receiver;
      await tx.recordSkipped([
        { salesforceId: task.Id, subject, reason: 'unreadable', connectionId },
      ]);
      return { imported: 0, linked: 0, skipped: 1 };
    }
    await tx.saveLinks([unreadable(linked.link, at)]);
    return { imported: 0, linked: 1, skipped: 0 };
  });
}
