import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Sandbox } from '../serve.ts';
import { createSandbox } from '../server.ts';

const README = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');

/** The curl lines of the README, run without curl: not every machine has it. */
const examples = [...README.matchAll(/```sh\n([\s\S]*?)```/g)].flatMap(([, block]) =>
  (block ?? '').trim().split('\n'),
);

describe('the examples of the README', () => {
  let sandbox: Sandbox;
  let token = '';
  beforeAll(async () => {
    sandbox = await createSandbox();
  });
  afterAll(async () => sandbox.close());

  it('covers every control', () => {
    const controls = [
      'state',
      'reset',
      'seed',
      'clock',
      'requests',
      'faults',
      'tokens',
      'bin',
      'archive',
      'access',
      'settings',
      'apps',
      'transactions',
      'events',
    ];
    for (const name of controls) expect(README).toContain(`/__sandbox__/${name}`);
  });

  it.each(examples)('works: %s', async (line) => {
    const { method, url, headers, body } = readCurl(line);
    const answer = await fetch(url.replace('http://127.0.0.1:3001', sandbox.url), {
      method,
      headers: headers.map(
        ([name, value]) => [name, value.replace('$TOKEN', token)] as [string, string],
      ),
      ...(body === null ? {} : { body }),
    });
    const json = (await answer.json()) as { access_token?: string };
    expect([answer.status, json]).toEqual([
      expect.toSatisfy((status: number) => status < 300),
      json,
    ]);
    if (json.access_token !== undefined) token = json.access_token;
  });
});

function readCurl(line: string) {
  const words = [...line.matchAll(/'([^']*)'|"([^"]*)"|(\S+)/g)].map(
    ([, single, double, bare]) => single ?? double ?? bare ?? '',
  );
  expect(words.shift()).toBe('curl');
  const headers: [string, string][] = [];
  let method: string | null = null;
  let body: string | null = null;
  let url = '';
  while (words.length > 0) {
    const word = words.shift() ?? '';
    if (word === '-X') method = words.shift() ?? '';
    else if (word === '-d') body = words.shift() ?? '';
    else if (word === '-H') {
      const [name = '', value = ''] = (words.shift() ?? '').split(/:\s*(.*)/s);
      headers.push([name, value]);
    } else url = word;
  }
  return { method: method ?? (body === null ? 'GET' : 'POST'), url, headers, body };
}
