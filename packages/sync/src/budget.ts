import { POLL_ACTIVE_MS } from './pace.ts';

const DAY_MS = 24 * 60 * 60_000;

/** A comparison can wait a day: it stops when half of the allowance is spent. */
const COMPARISON_FROM = 0.5;
/** An import can be late, but people look at its progress bar: it stops when a fifth is left. */
const IMPORT_FROM = 0.2;
/** Polls go at full speed until half is spent; from there they share what is left above the reserve. */
const POLL_FREELY_FROM = 0.5;
/** The last tenth belongs to people's edits, at a pace that never ends. */
const EDITS_RESERVE = 0.1;
/** However little is left: within an hour a change is seen, and some edits leave. */
export const SLOWEST_MS = 60 * 60_000;
/** What a paced turn may cost: a poll, a create, an update, a delete. */
const PACED_CALLS = 4;
/** Changes of such a turn. Guarded updates go 24 to a call: where all of them are such, the last costs one more. */
export const PACED_CHANGES = 25;

export interface BudgetFacts {
  /** Tandem's own calls to the org in the last 24 hours, whoever of its people caused them. */
  readonly spent: number;
  /** The part of the org's daily calls Tandem keeps to. */
  readonly share: number;
  /** The whole org's calls as Salesforce last told; null before the first answer. */
  readonly usage: { readonly used: number; readonly max: number } | null;
  /** Connections that live on the same allowance. */
  readonly people: number;
}

export interface Spending {
  readonly comparison: boolean;
  readonly import: boolean;
  /** The shortest pause between two polls of a connection. */
  readonly pollMs: number;
  /**
   * Null: people's edits leave as they come. Else a connection may make calls once in this time, for one
   * poll and PACED_CHANGES changes (L5).
   */
  readonly pacedMs: number | null;
}

/**
 * Who may spend what of the calls that are left (B11.7): comparisons stop first, then imports, then polls
 * slow down, and people's edits go on to the end. What is left is the smaller of Tandem's own allowance and
 * the org's own calls: near the wall we make room for others too.
 *
 * L5: with q calls left, a connection sends PACED_CHANGES changes every T = 24 h × people × PACED_CALLS / q,
 * and never waits longer than an hour. The oldest of n changes is therefore gone after (⌈n/25⌉ + 1) × T. The
 * hour may overspend an allowance that is used up, by a few calls an hour and person; the org's own wall
 * stops that too.
 */
export function spendingOf({ spent, share, usage, people }: BudgetFacts): Spending {
  // Nothing is known before the first answer tells it.
  if (usage === null) return UNRESTRICTED;
  const allowance = allowanceOf(share, usage.max);
  const left = Math.max(0, Math.min(allowance - spent, usage.max - usage.used));
  const part = allowance === 0 ? 0 : left / allowance;

  const forPolls = left - EDITS_RESERVE * allowance;
  const pollMs = part > POLL_FREELY_FROM ? POLL_ACTIVE_MS : spread(people, forPolls);
  const pacedMs = part > EDITS_RESERVE ? null : spread(people * PACED_CALLS, left);
  return {
    comparison: part > COMPARISON_FROM,
    import: part > IMPORT_FROM,
    pollMs: pacedMs ?? pollMs,
    pacedMs,
  };
}

function allowanceOf(share: number, max: number): number {
  return Math.floor(share * max);
}

const UNRESTRICTED: Spending = {
  comparison: true,
  import: true,
  pollMs: POLL_ACTIVE_MS,
  pacedMs: null,
};

/** How far apart `calls` per round are made, if `left` of them must last a day. */
function spread(calls: number, left: number): number {
  const apart = (DAY_MS * calls) / Math.max(left, 1);
  return Math.min(SLOWEST_MS, Math.max(POLL_ACTIVE_MS, Math.round(apart)));
}
