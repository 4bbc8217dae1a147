import type { ClockState } from './clock.ts';
import type { JournalLine } from './journal.ts';
import type { OrgClock, SideTable } from './org.ts';

type Append = (line: JournalLine) => void;

/** The side table, each change written down. */
export function keptSide(side: Map<string, unknown>, append: Append): SideTable {
  return {
    get: (key) => side.get(key),
    set: (key, value) => {
      side.set(key, value);
      append({ t: 'side', k: key, v: value });
    },
    delete: (key) => {
      if (side.delete(key)) append({ t: 'side', k: key });
    },
    entries: (prefix) => [...side].filter(([key]) => key.startsWith(prefix)),
  };
}

/** Moves of the clock are written down: the org wakes up in the time it went to sleep in. */
export function keptClock(own: OrgClock, append: Append): OrgClock {
  const kept = (move: () => void) => {
    move();
    append({ t: 'clock', c: clockState(own) });
  };
  return {
    now: () => own.now(),
    state: () => own.state(),
    set: (ms) => kept(() => own.set(ms)),
    advance: (ms) => kept(() => own.advance(ms)),
    freeze: () => kept(() => own.freeze()),
    unfreeze: () => kept(() => own.unfreeze()),
  };
}

export function clockState(clock: OrgClock): ClockState {
  const { offsetMs, frozen, now } = clock.state();
  return { offsetMs, frozenAt: frozen ? now : null };
}

export function restoreClock(clock: OrgClock, saved: ClockState): void {
  if (saved.frozenAt !== null) {
    clock.freeze();
    clock.set(saved.frozenAt);
  } else {
    clock.advance(saved.offsetMs - clock.state().offsetMs);
  }
}
