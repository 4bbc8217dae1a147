import { type Instant, shift } from '@tandem/engine';
import type { ImportProgress } from './ports.ts';
import type { Run } from './run.ts';
import { RunStopped } from './run.ts';
import { takeIn } from './take-in.ts';

/** 2,000 records a page: a bound on one import of a million tasks, far above any person's list. */
const IMPORT_PAGES_MAX = 500;

/**
 * The first sync (B6.3): page by page, each page committed with the progress it stands for, so that a
 * restart goes on where it stopped and the numbers only go up.
 */
export async function runImport(run: Run): Promise<void> {
  let progress = run.connection.import;
  if (progress === null || progress.state !== 'running') return;

  for (let page = 0; page < IMPORT_PAGES_MAX; page += 1) {
    // B11.7: it goes on where it stopped when there are calls again.
    if (!run.spending().import) return;
    progress = await importPage(run, progress);
    if (progress.state === 'done') return;
  }
}

async function importPage(run: Run, progress: ImportProgress): Promise<ImportProgress> {
  const { salesforceUserId } = run.connection;
  const reply = await readPage(run, progress, salesforceUserId);
  if (reply === 'restart') return fromTheStart(progress);
  const { value, serverTime, askedAt } = reply;
  const startedAt: Instant = progress.startedAt ?? serverTime;

  let next = progress;
  await takeIn(run, value.tasks, askedAt, null, async (tx, counts) => {
    // What was counted before the import began again is met once more; it counts once.
    const again = progress.counted ?? 0;
    const met = Math.min(again, counts.linked + counts.skipped);
    const imported = progress.imported + counts.imported;
    const linked = progress.linked + counts.linked - Math.min(met, counts.linked);
    const skipped = progress.skipped + counts.skipped - Math.max(met - counts.linked, 0);
    const done = value.next === null;
    next = {
      ...progress,
      startedAt,
      // Records deleted while we read are neither imported nor left out; at the end nothing remains.
      found: done ? imported + linked + skipped : Math.max(progress.found ?? 0, value.total),
      imported,
      linked,
      skipped,
      counted: again - met,
      cursor: value.next,
      state: done ? 'done' : 'running',
    };
    const first = next.state === 'done' && run.connection.watermark === null;
    await tx.saveConnection({ import: next, ...(first ? { watermark: startedAt } : {}) });
  });
  run.activity += value.tasks.length;
  return next;
}

/** Everything so far is read again; the numbers stay, because people saw them. */
function fromTheStart(progress: ImportProgress): ImportProgress {
  const { imported, linked, skipped } = progress;
  return { ...progress, cursor: null, counted: imported + linked + skipped };
}

/** A page locator lives two days; after a longer stop the import begins again, which duplicates nothing. */
async function readPage(run: Run, progress: ImportProgress, ownerId: string) {
  try {
    return await run.read(() =>
      run.ports.salesforce.importPage(ownerId, progress.windowStart, progress.cursor),
    );
  } catch (error) {
    if (
      error instanceof RunStopped &&
      error.fault.code === 'INVALID_QUERY_LOCATOR' &&
      progress.cursor !== null
    ) {
      return 'restart';
    }
    throw error;
  }
}

/** B6.4: where the import window begins, by Salesforce's clock. */
export function windowStart(
  window: '24h' | '7d' | '30d' | '90d' | 'all_open',
  salesforceNow: Instant,
): Instant | null {
  const days = { '24h': 1, '7d': 7, '30d': 30, '90d': 90, all_open: null }[window];
  return days === null ? null : shift(salesforceNow, -days * 24 * 60 * 60_000);
}
