import { performance } from 'node:perf_hooks';
import { Logger, type Runner, run } from 'graphile-worker';
import pg from 'pg';

export interface Measured {
  name: string;
  value: number;
  unit: string;
}

/** Enough for a 99th percentile that is not one unlucky job. */
const SINGLE_WAKE_UPS = 400;
const KEYS = 50;
const ROUNDS = 20;
/** As a Tandem process runs it. */
const CONCURRENCY = 8;

/**
 * How fast a wake-up `sync:<connection>` becomes work: the time from the request to the first line of the job, for one
 * connection that is woken again and again, and for fifty woken at once.
 */
export async function benchWakeUp(databaseUrl: string): Promise<Measured[]> {
  const pool = new pg.Pool({ connectionString: databaseUrl, max: CONCURRENCY + 2 });
  // Connections that are closing while the server stops say so; nothing is lost by it.
  pool.on('error', () => {});
  const started = new Map<string, (at: number) => void>();
  const runner = await run({
    pgPool: pool,
    concurrency: CONCURRENCY,
    noHandleSignals: true,
    logger: new Logger(() => () => {}),
    taskList: {
      sync: async (payload) => {
        const { key } = payload as { key: string };
        const tell = started.get(key);
        started.delete(key);
        tell?.(performance.now());
      },
    },
  });
  try {
    const wake = (key: string) => wakeUp(runner, started, key);
    // The first jobs also pay for connections and plans.
    for (let index = 0; index < 20; index++) await wake('warm-up');
    return [...(await oneKey(wake)), ...(await manyKeys(wake))];
  } finally {
    await runner.stop();
    await pool.end();
  }
}

async function oneKey(wake: (key: string) => Promise<number>): Promise<Measured[]> {
  const times: number[] = [];
  const begun = performance.now();
  for (let index = 0; index < SINGLE_WAKE_UPS; index++) times.push(await wake('one'));
  const seconds = (performance.now() - begun) / 1000;
  return summary('wake_up.one_key', times, SINGLE_WAKE_UPS / seconds);
}

async function manyKeys(wake: (key: string) => Promise<number>): Promise<Measured[]> {
  const times: number[] = [];
  const begun = performance.now();
  for (let round = 0; round < ROUNDS; round++) {
    const keys = Array.from({ length: KEYS }, (_, index) => `key-${index}`);
    times.push(...(await Promise.all(keys.map(wake))));
  }
  const seconds = (performance.now() - begun) / 1000;
  return summary('wake_up.fifty_keys', times, (KEYS * ROUNDS) / seconds);
}

/** @returns milliseconds from the request to the start of the job */
async function wakeUp(
  runner: Runner,
  started: Map<string, (at: number) => void>,
  key: string,
): Promise<number> {
  const begun = performance.now();
  const start = new Promise<number>((resolve) => started.set(key, resolve));
  await runner.addJob('sync', { key }, { jobKey: `sync:${key}` });
  return (await start) - begun;
}

function summary(name: string, times: number[], perSecond: number): Measured[] {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.floor((sorted.length - 1) * share)] ?? 0;
  return [
    { name: `${name}.per_second`, value: Math.round(perSecond), unit: '1/s' },
    { name: `${name}.start_p50`, value: round(at(0.5)), unit: 'ms' },
    { name: `${name}.start_p99`, value: round(at(0.99)), unit: 'ms' },
  ];
}

const round = (value: number) => Math.round(value * 100) / 100;
