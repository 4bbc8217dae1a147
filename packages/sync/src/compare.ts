import { comesFirst, comparisonDue } from './compare-due.ts';
import { comparePage } from './compare-page.ts';
import type { Comparison } from './ports.ts';
import type { Run } from './run.ts';

/** A daily comparison is nobody's hurry: an edit waits for one page of it, not for all. */
const DAILY_PAGES = 1;

/** 2,000 records a page: a bound on one turn, a million records. */
const PAGES_MAX = 500;

/**
 * R13: the connection's records by id and stamp against what was last seen of them, which finds whatever
 * events and polls have missed. It goes on where it stopped, in this turn or the next.
 */
export async function compare(run: Run): Promise<'done' | 'goes_on'> {
  for (let page = 0; page < PAGES_MAX; page += 1) {
    const progress = await begin(run);
    if (progress === 'import_first') return 'goes_on';
    if (progress === 'done') return 'done';
    if (progress.why === 'daily' && page >= DAILY_PAGES) return 'goes_on';
    await comparePage(run, progress);
  }
  return 'goes_on';
}

/**
 * Asks for a comparison when one is due, before the poll moves the watermark that tells of a gap. Returns
 * when in the turn it has its place: before anything is sent, after, or not at all.
 */
export async function placeOfComparison(run: Run): Promise<'first' | 'last' | 'none'> {
  let { comparison } = run.connection;
  if (comparisonDue(run.connection, run.now()) !== null) {
    comparison = await run.transact(async (tx) => {
      const connection = await tx.connection();
      const why = comparisonDue(connection, run.now());
      if (why === null) return connection.comparison;
      const wanted = asked(connection.comparison, why);
      await tx.saveConnection({ comparison: wanted });
      return wanted;
    });
  }
  if (comparison === null || comparison.state === 'done') return 'none';
  return comesFirst(comparison) ? 'first' : 'last';
}

/** The result of the last one stays on show until the new one begins. */
function asked(last: Comparison | null, why: Comparison['why']): Comparison {
  return { ...(last ?? NO_COMPARISON), state: 'wanted', why, cursor: null, held: [] };
}

function begin(run: Run): Promise<Comparison | 'import_first' | 'done'> {
  return run.transact(async (tx) => {
    const { comparison, import: progress } = await tx.connection();
    if (comparison === null || comparison.state === 'done') return 'done';
    if (progress?.state === 'running') return 'import_first';
    if (comparison.state === 'running') return comparison;
    const { why } = comparison;
    const begun: Comparison = { ...NO_COMPARISON, state: 'running', why, startedAt: run.now() };
    await tx.saveConnection({ comparison: begun });
    return begun;
  });
}

/** Before the first one. */
export const NO_COMPARISON: Comparison = {
  state: 'wanted',
  why: 'asked',
  startedAt: null,
  finishedAt: null,
  cursor: null,
  compared: 0,
  agreed: 0,
  missing: 0,
};
