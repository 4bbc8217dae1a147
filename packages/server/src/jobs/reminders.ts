import { isAway } from '../database/is-away.ts';
import { purgeTurn, type ReminderDeps, reminderTurn, watchTurn } from './reminder-turn.ts';

/** A reminder for eight o'clock leaves within this. */
const TURN_MS = 2_000;
const WATCH_MS = 15_000;
const PURGE_MS = 60 * 60 * 1000;

/**
 * The clock that reminds. It runs in every process, with a worker or without, because "nobody works" is one of
 * the things to be said; what is said is decided in the database, once.
 */
export function startReminders(deps: ReminderDeps): () => Promise<void> {
  const tasks = [
    repeat(deps, TURN_MS, reminderTurn),
    repeat(deps, WATCH_MS, watchTurn),
    repeat(deps, PURGE_MS, purgeTurn),
  ];
  return async () => {
    await Promise.all(tasks.map((stop) => stop()));
  };
}

function repeat(
  deps: ReminderDeps,
  pauseMs: number,
  turn: (deps: ReminderDeps) => Promise<void>,
): () => Promise<void> {
  let current: Promise<void> = Promise.resolve();
  let timer: NodeJS.Timeout | null = null;
  let stopped = false;
  const again = () => {
    if (stopped) return;
    timer = setTimeout(() => {
      current = turn(deps)
        // The database may be restarting; the next round tries again.
        .catch((error: Error) =>
          deps.log[isAway(error) ? 'info' : 'warn']({ fault: error.name }, 'reminders.failed'),
        )
        .finally(again);
    }, pauseMs);
  };
  again();
  return async () => {
    stopped = true;
    if (timer !== null) clearTimeout(timer);
    await current;
  };
}
