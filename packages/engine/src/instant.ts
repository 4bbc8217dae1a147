import type { Instant } from './task.ts';

/** Instants are compared and moved here only; due dates never come near this file (B1.1). */

export function instantMs(instant: Instant): number {
  return Date.parse(instant);
}

export function instantFrom(ms: number): Instant {
  return new Date(ms).toISOString();
}

export function shift(instant: Instant, ms: number): Instant {
  return instantFrom(instantMs(instant) + ms);
}

/** Salesforce's stamps have one-second resolution, so two times in one second are a tie. */
export function secondOf(instant: Instant): number {
  return Math.floor(instantMs(instant) / 1000);
}
