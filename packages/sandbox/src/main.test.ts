import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readEnv } from './env.ts';
import { LocalOrg } from './org/local-org.ts';

const BIN = fileURLToPath(new URL('../bin/sandbox.mjs', import.meta.url));
let dataDir: string;
const children: ChildProcess[] = [];

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'sandbox-bin-'));
});
afterEach(async () => {
  for (const child of children.splice(0)) {
    if (child.exitCode === null && child.signalCode === null) {
      child.kill('SIGKILL');
      await once(child, 'exit');
    }
  }
  rmSync(dataDir, { recursive: true, force: true });
});

function start(env: Record<string, string>): ChildProcess {
  const child = spawn(process.execPath, [BIN], {
    env: { ...process.env, TANDEM_DATA_DIR: dataDir, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  children.push(child);
  return child;
}

async function firstLine(child: ChildProcess, from: 'stdout' | 'stderr'): Promise<string> {
  const stream = child[from];
  if (stream === null) throw new Error('no stream');
  const [line] = await once(createInterface(stream), 'line');
  return String(line);
}

async function write(url: string, subject: string): Promise<void> {
  const reply = await fetch(`${url}/__sandbox__/seed`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ records: [{ object: 'Task', fields: { Subject: subject } }] }),
  });
  if (!reply.ok) throw new Error(await reply.text());
}

describe('the sandbox as a process', () => {
  it('loses no answered write to kill -9', async () => {
    const child = start({ TANDEM_SANDBOX_PORT: '0' });
    const url = (await firstLine(child, 'stdout')).replace(/^.*(?=http)/, '');
    for (let i = 0; i < 40; i += 1) await write(url, `kept ${i}`);
    child.kill('SIGKILL');
    await once(child, 'exit');
    const org = new LocalOrg({ folder: join(dataDir, 'sandbox') });
    const subjects = [...org.core.state.rows('Task')].map((row) => row.Subject);
    for (let i = 0; i < 40; i += 1) expect(subjects).toContain(`kept ${i}`);
    await org.close();
  });

  it.each(['SIGINT', 'SIGTERM'] as const)('ends cleanly on %s', async (signal) => {
    const child = start({ TANDEM_SANDBOX_PORT: '0' });
    await firstLine(child, 'stdout');
    child.kill(signal);
    const [code] = await once(child, 'exit');
    expect(code).toBe(0);
  });

  it('ends with a sentence that names a bad variable', async () => {
    const child = start({ TANDEM_SANDBOX_PORT: '99999' });
    expect(await firstLine(child, 'stderr')).toBe(
      'TANDEM_SANDBOX_PORT is "99999". It must be a port from 0 to 65535, or "off".',
    );
    const [code] = child.exitCode === null ? await once(child, 'exit') : [child.exitCode];
    expect(code).toBe(1);
  });
});

describe('the environment', () => {
  it('has defaults, and takes off', () => {
    const read = { eventsPortIsWish: true, dataDir: './data' };
    expect(readEnv({})).toEqual({ ...read, port: 3001, eventsPort: 3003 });
    expect(readEnv({ TANDEM_SANDBOX_PORT: '0' })).toEqual({ ...read, port: 0, eventsPort: 0 });
    const off = { TANDEM_SANDBOX_PORT: 'off' };
    expect(readEnv(off)).toEqual({ ...read, port: null, eventsPort: null });
    expect(readEnv({ TANDEM_SANDBOX_EVENTS_PORT: 'off' })).toEqual({
      port: 3001,
      eventsPort: null,
      eventsPortIsWish: false,
      dataDir: './data',
    });
    expect(readEnv({ TANDEM_SANDBOX_EVENTS_PORT: '-1' })).toMatch(/^TANDEM_SANDBOX_EVENTS_PORT is/);
    expect(readEnv({ TANDEM_SANDBOX_PORT: '3x' })).toMatch(/^TANDEM_SANDBOX_PORT is "3x"/);
    expect(readEnv({ TANDEM_DATA_DIR: ' ' })).toMatch(/^TANDEM_DATA_DIR is empty/);
  });
});
