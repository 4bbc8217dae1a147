import { EventEmitter } from 'node:events';
import { type Runner, type RunnerOptions, run } from 'graphile-worker';

/** A database that restarts is back within a few seconds; asking once a second finds it soon enough. */
const RENEW_MS = 1_000;

/**
 * graphile-worker gives up one of its workers for good when the database is away at the moment the end of a job is to
 * be written down, and goes on with those that are left: after a few restarts of the database nobody would work any
 * more, while the process looks alive. So the first that is given up has all of them renewed. The job itself needs
 * nothing: the sweeper makes the appointment again.
 */
export async function keepRunning(
  options: Omit<RunnerOptions, 'events'>,
  onRenewed: () => void,
): Promise<{ stop(): Promise<void> }> {
  const leaving = new Set<Promise<void>>();
  let stopped = false;
  let timer: NodeJS.Timeout | null = null;
  let renewing: Promise<void> = Promise.resolve();

  async function start(): Promise<Runner> {
    const events = new EventEmitter();
    const runner = await run({ ...options, events: events as never });
    events.once('worker:fatalError', renewSoon);
    runner.promise.catch(renewSoon);
    return runner;
  }

  function renewSoon(): void {
    if (stopped || timer !== null) return;
    timer = setTimeout(() => {
      timer = null;
      renewing = renew().catch(renewSoon);
    }, RENEW_MS);
  }

  async function renew(): Promise<void> {
    const fresh = await start();
    // The old ones end their turns; leases keep the two generations apart.
    leave(current);
    current = fresh;
    onRenewed();
  }

  function leave(runner: Runner): void {
    const left = runner
      .stop()
      .catch(() => {})
      .finally(() => leaving.delete(left));
    leaving.add(left);
  }

  let current = await start();
  return {
    async stop() {
      stopped = true;
      if (timer !== null) clearTimeout(timer);
      await renewing;
      leave(current);
      await Promise.all(leaving);
    },
  };
}
