import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as client from '@tandem/client';
import { type TestDatabase, testDatabase } from '@tandem/store/testing';
import { transform } from 'esbuild';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type RunningTandem, startTestServer } from '../testing/index.ts';

let database: TestDatabase;
let tandem: RunningTandem;
let token: string;

beforeAll(async () => {
  database = await testDatabase();
  tandem = await startTestServer({ databaseUrl: database.url });
  const wren = tandem.client();
  await wren.signUp('Wren');
  token = (await wren.send('POST', '/api/v1/tokens', { name: 'client' })).json.token;
});
afterAll(async () => {
  await tandem?.close();
  await database?.drop();
});

test('the programs in the client’s README run as they stand', async () => {
  const readme = join(import.meta.dirname, '../../../client/README.md');
  const programs = [...readFileSync(readme, 'utf8').matchAll(/```ts\n([\s\S]*?)```/g)];
  expect(programs).toHaveLength(2);
  const printed: unknown[][] = [];
  for (const [, source = ''] of programs) {
    const { code } = await transform(
      source
        .replace(/^import .*$/m, '')
        .replace('https://tandem.example', tandem.url)
        .replace('tdm_…', token),
      { loader: 'ts' },
    );
    const names = Object.keys(client);
    const run = new Function('console', ...names, `return (async () => {${code}})()`);
    await run({ log: (...said: unknown[]) => printed.push(said) }, ...Object.values(client));
  }
  expect(printed).toEqual([
    ['Call Osterly'],
    ['invalid_input', [{ field: 'name', message: 'must not be empty' }]],
    [false],
  ]);
});

test('a write that is cut off and repeated by the client happens once', async () => {
  let lost = 0;
  const cutOff: typeof fetch = async (input, init) => {
    const response = await fetch(input, init);
    if (init?.method !== 'POST' || lost > 0) return response;
    lost += 1;
    await response.text();
    throw new TypeError('fetch failed');
  };
  const program = client.createClient({
    url: tandem.url,
    token,
    fetch: cutOff,
    sleep: async () => {},
  });
  const made = await program.createTask({ body: { name: 'Cut off' } });
  const { tasks } = await program.listTasks({ query: { view: 'all', text: 'Cut off' } });
  expect([lost, tasks.map(({ id }) => id)]).toEqual([1, [made.id]]);
});
