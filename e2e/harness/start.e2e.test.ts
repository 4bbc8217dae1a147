import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Started } from './started.ts';

let dataDir: string;
const all: Started[] = [];

beforeAll(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'tandem-start-'));
  chmodSync(dataDir, 0o711);
});
afterAll(async () => {
  // A test that failed half-way leaves a Tandem; asked to stop, it takes its database with it.
  for (const one of all.filter(
    ({ child }) => child.exitCode === null && child.signalCode === null,
  )) {
    one.pressCtrlC();
    await one.ended();
  }
  rmSync(dataDir, { recursive: true, force: true });
});

function start(env: Record<string, string> = {}): Started {
  const ports = { TANDEM_PORT: '0', TANDEM_SANDBOX_PORT: '0' };
  const one = new Started({ TANDEM_DATA_DIR: dataDir, ...ports, ...env });
  all.push(one);
  return one;
}

test('npm start brings everything up, says how to get in, and stops in order on Ctrl-C', async () => {
  const first = start();
  const address = await first.ready();
  expect((await fetch(`${address}/readyz`)).status).toBe(200);
  expect(await (await fetch(address)).text()).toContain('<title>Tandem</title>');
  const signIn = /Sign in\s+(\S+), password (\S+)/.exec(first.output);
  const answer = await fetch(`${address}/api/auth/sign-in/email`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: address },
    body: JSON.stringify({ email: signIn?.[1], password: signIn?.[2] }),
  });
  expect(answer.status).toBe(200);
  const org = /The org\s+(http:\S+)/.exec(first.output)?.[1] ?? '';
  expect((await fetch(`${org}/services/data`)).status).toBe(200);
  first.pressCtrlC();
  expect(await first.ended()).toBe(0);
  expect(first.output).toContain('everything is stopped');
});

test('the second start does no work twice, and one more on the same data is refused', async () => {
  const second = start();
  await second.ready();
  expect(second.output).toMatch(/Web page: unchanged/);
  expect(second.output).toMatch(/Tables: up to date/);
  expect(second.output).toMatch(/Demo people: was there/);
  const third = start();
  expect(await third.ended()).toBe(1);
  expect(third.output).toMatch(/This data folder is in use by process \d+/);
  second.child.kill('SIGKILL');
  await second.ended();
  const fourth = start();
  await fourth.ready();
  expect(fourth.output).toMatch(/PostgreSQL: found running/);
  fourth.pressCtrlC();
  expect(await fourth.ended()).toBe(0);
});

test('a port that is taken is named with its variable', async () => {
  const squatter = createServer();
  await new Promise<void>((done) => squatter.listen(0, '127.0.0.1', done));
  const address = squatter.address();
  const port = String(typeof address === 'object' ? address?.port : 0);
  for (const variable of ['TANDEM_PORT', 'TANDEM_SANDBOX_PORT']) {
    const one = start({ [variable]: port });
    expect(await one.ended()).toBe(1);
    expect(one.output).toContain(`Port ${port} is taken by another program`);
    expect(one.output).toContain(variable);
  }
  await new Promise((done) => squatter.close(done));
});

test.each([
  ['TANDEM_PORT', 'eighty'],
  ['TANDEM_SANDBOX_PORT', '70000'],
  ['TANDEM_DATABASE_URL', 'mysql://127.0.0.1/x'],
  ['TANDEM_SECRET_KEY', 'short'],
  ['TANDEM_SALESFORCE_LOGIN_URL', 'login.salesforce.com'],
])('a bad %s ends the start with a sentence that names it', async (variable, value) => {
  const one = start({ [variable]: value });
  expect(await one.ended()).toBe(1);
  expect(one.output.trimEnd().split('\n').at(-1)).toContain(variable);
});
