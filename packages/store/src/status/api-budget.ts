import { type Instant, instantMs } from '@tandem/engine';
import type { ApiBudgetView } from './status-types.ts';

const DAY_MS = 24 * 60 * 60_000;
/** An hour and what has passed of the present one: long enough to be a pace, short enough to be today's. */
const PACE_FROM_MS = 60 * 60_000;

export interface CallFacts {
  readonly usage: { readonly used: number; readonly max: number } | null;
  readonly apiShare: number | null;
  /** Own calls of the last 24 hours, and those since the beginning of the last full hour. */
  readonly spent: number;
  readonly recent: number;
}

/** B11.7: own calls, what Tandem allows itself, and what a day comes to at the present pace. */
export function apiBudgetOf(facts: CallFacts, now: Instant): ApiBudgetView | null {
  const { usage, apiShare, spent, recent } = facts;
  if (usage === null || apiShare === null) return null;
  return {
    spent,
    allowance: Math.floor(apiShare * usage.max),
    forecast: forecastOf(recent, instantMs(now)),
  };
}

export function forecastOf(recent: number, nowMs: number): number {
  const elapsed = PACE_FROM_MS + (nowMs % PACE_FROM_MS);
  return Math.round((recent * DAY_MS) / elapsed);
}

/** From half of what is there, polls are further apart, up to this (sync's budget). */
const FEW_FROM = 0.5;
const SLOWEST_MS = 60 * 60_000;

/** How long silence is on purpose because calls are few; else none. */
export function restOf({ usage, apiShare, spent }: CallFacts): number {
  if (usage === null || apiShare === null) return 0;
  const allowance = Math.floor(apiShare * usage.max);
  const left = Math.min(allowance - spent, usage.max - usage.used);
  return left > FEW_FROM * allowance ? 0 : SLOWEST_MS;
}
