import type { OrgClock } from './org.ts';

export interface ClockState {
  readonly offsetMs: number;
  readonly frozenAt: number | null;
}

/** A clock of the org's own, over the machine's: it can be set, moved and stopped. */
export function createClock(
  machine: () => number = Date.now,
  from: ClockState = { offsetMs: 0, frozenAt: null },
): OrgClock {
  let offset = from.offsetMs;
  let frozenAt = from.frozenAt;
  const now = () => frozenAt ?? machine() + offset;
  const set = (ms: number) => {
    if (!Number.isFinite(ms)) throw new RangeError('the org clock needs a finite time');
    if (frozenAt !== null) frozenAt = ms;
    offset = ms - machine();
  };
  return {
    now,
    set,
    advance: (ms) => set(now() + ms),
    freeze: () => {
      frozenAt = now();
    },
    unfreeze: () => {
      if (frozenAt === null) return;
      const at = frozenAt;
      frozenAt = null;
      set(at);
    },
    state: () => ({ now: now(), frozen: frozenAt !== null, offsetMs: offset }),
  };
}
