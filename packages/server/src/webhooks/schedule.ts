/** When a message that was not taken is tried again. Ten tries in about a day. */
const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const RETRY_AFTER_MS = [
  10 * SECOND,
  30 * SECOND,
  2 * MINUTE,
  10 * MINUTE,
  30 * MINUTE,
  HOUR,
  3 * HOUR,
  6 * HOUR,
  12 * HOUR,
] as const;
/** Receivers that fell over together are not called together. */
const JITTER = 0.2;

/** One failure is about that message; several in a row are about the receiver, which is left in peace. */
const PAUSE_FROM = 3;
const PAUSE_FIRST_MS = 10 * SECOND;
const PAUSE_MS_MAX = HOUR;

/** Null: that was the last try. `random` is from 0 to 1. */
export function retryAfterMs(attempts: number, random: number): number | null {
  const base = RETRY_AFTER_MS[attempts - 1];
  return base === undefined ? null : Math.round(base * (1 - JITTER + 2 * JITTER * random));
}

/** How long nothing at all is sent to a receiver after `failures` in a row; 0: no pause. */
export function pauseMs(failures: number): number {
  if (failures < PAUSE_FROM) return 0;
  return Math.min(PAUSE_MS_MAX, PAUSE_FIRST_MS * 2 ** (failures - PAUSE_FROM));
}
