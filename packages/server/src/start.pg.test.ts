import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readConfig } from './config/config.ts';
import { readRunning } from './running.ts';
import { type Started, type StartStep, startAll } from './start.ts';
import { connectSalesforce, eventually, TestClient } from './testing/index.ts';
import { createLog } from './wiring.ts';

/** What people are promised for every start after the first, counted as the work it is … */
const SECOND_START_WORK_MS_MAX = 10_000;
/** … and as the time it takes, also on a machine that does other things as well. */
const SECOND_START_MS_MAX = 60_000;
/** Only ends what hangs. */
const START = { timeout: 300_000 };
const MARA = { username: 'mara@aldermoor.example' };

let home: string;
let dataDir: string;
let running: Started | null = null;
const steps: StartStep[] = [];

async function start(): Promise<Started> {
  steps.length = 0;
  const config = readConfig({
    TANDEM_DATA_DIR: dataDir,
    TANDEM_PORT: '0',
    TANDEM_SANDBOX_PORT: '0',
    TANDEM_MAILBOX_PORT: '0',
  });
  const progress = (step: StartStep) => {
    if (step.state === 'done') steps.push(step);
  };
  running = await startAll(config, { progress, log: createLog('silent') });
  return running;
}

const notes = () => Object.fromEntries(steps.map(({ name, note }) => [name, note]));
async function orgCounts(started: Started): Promise<Record<string, number>> {
  const reply = await fetch(`${started.sandboxUrl}/__sandbox__/state`);
  return ((await reply.json()) as { counts: Record<string, number> }).counts;
}

async function signIn(started: Started): Promise<TestClient> {
  if (started.demo === null) throw new Error('The demo people are there.');
  const client = new TestClient(started.url);
  expect((await client.send('POST', '/api/auth/sign-in/email', started.demo)).status).toBe(200);
  return client;
}

beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), 'tandem-start-'));
  // PostgreSQL may have to run as somebody else, who must be able to pass through.
  chmodSync(home, 0o711);
  dataDir = join(home, 'Aldermoor Büro 数据');
  mkdirSync(dataDir, { mode: 0o711 });
});
afterAll(async () => {
  await running?.stop();
  rmSync(home, { recursive: true, force: true, maxRetries: 5 });
});

describe('everything on one machine, in a folder with a space and letters of other alphabets', () => {
  let taskId: string;
  let inOrg: Record<string, number>;

  test('the first start makes it all, and a task crosses', START, async () => {
    const started = await start();
    expect(steps.map(({ name }) => name)).toEqual([
      'database',
      'schema',
      'sandbox',
      'mailbox',
      'server',
      'demo',
    ]);
    expect(notes()).toMatchObject({ database: 'started', demo: '4 people, 60 tasks' });
    expect(readRunning(dataDir)).toMatchObject({ pid: process.pid, url: started.url });
    expect((await fetch(`${started.url}/readyz`)).status).toBe(200);
    const mara = await signIn(started);
    expect(await connectSalesforce(mara, started.url, MARA)).toContain('connected=1');
    await mara.send('PUT', '/api/v1/sync/settings', { mode: 'on' });
    taskId = (await mara.send('POST', '/api/v1/tasks', { name: 'Überquert 海' })).json.id;
    await eventually(async () => {
      expect((await mara.get(`/api/v1/tasks/${taskId}`)).json.sync.state).toBe('in_step');
    }, 30_000);
    await mara.send('PUT', '/api/v1/sync/settings', { mode: 'off' });
    inOrg = await orgCounts(started);
    expect(inOrg.Task).toBeGreaterThan(100);
  });

  test('stopping leaves nothing running and no note of it', START, async () => {
    const { url, sandboxUrl, databaseUrl } = running as Started;
    await running?.stop();
    running = null;
    for (const address of [`${url}/healthz`, `${sandboxUrl}/services/data`]) {
      await expect(fetch(address)).rejects.toThrow();
    }
    const client = new pg.Client({ connectionString: databaseUrl });
    await expect(client.connect()).rejects.toThrow();
    expect(existsSync(join(dataDir, 'running.json'))).toBe(false);
  });

  test('the second start is quick, seeds nothing again and goes on', START, async () => {
    const before = performance.now();
    const idle = process.cpuUsage();
    const started = await start();
    const { user, system } = process.cpuUsage(idle);
    expect((user + system) / 1_000).toBeLessThan(SECOND_START_WORK_MS_MAX);
    expect(performance.now() - before).toBeLessThan(SECOND_START_MS_MAX);
    expect(notes()).toMatchObject({ schema: 'up to date', demo: 'was there' });
    expect(await orgCounts(started)).toEqual(inOrg);
    const mara = await signIn(started);
    expect((await mara.get(`/api/v1/tasks/${taskId}`)).json.name).toBe('Überquert 海');
    expect((await mara.get('/api/v1/salesforce/connection')).json.state).toBe('connected');
  });

  test('one more on the same folder is refused, and leaves the first alone', START, async () => {
    const first = running as Started;
    await expect(start()).rejects.toThrow(/in use by process/);
    expect((await fetch(`${first.url}/readyz`)).status).toBe(200);
    expect(readRunning(dataDir)).toMatchObject({ url: first.url });
    running = first;
  });
});
