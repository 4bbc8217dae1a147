import { describe, expect, it } from 'vitest';
import { createClient, itemsOf, signWebhook, TandemProblem, verifyWebhook } from './index.ts';

interface Sent {
  readonly url: string;
  readonly init: RequestInit;
}

/** A server that gives these answers in turn; the last one for ever. */
function clientOf(answers: (Response | Error)[]) {
  const sent: Sent[] = [];
  const slept: number[] = [];
  const client = createClient({
    url: 'https://tandem.example',
    token: 'tdm_x',
    fetch: async (url, init = {}) => {
      sent.push({ url: String(url), init });
      const answer = answers[Math.min(sent.length, answers.length) - 1] ?? new Error('none');
      if (answer instanceof Error) throw answer;
      return answer.clone();
    },
    sleep: async (ms) => {
      slept.push(ms);
    },
  });
  const header = (index: number, name: string) => new Headers(sent[index]?.init.headers).get(name);
  return { client, sent, slept, header };
}

const json = (value: unknown, status = 200, headers: Record<string, string> = {}) =>
  new Response(JSON.stringify(value), { status, headers });
const problem = (status: number, code: string, headers = {}) =>
  json({ code, status, detail: `${code}.`, title: code, type: '' }, status, headers);

describe('the client', () => {
  it('makes addresses of the contract, and says who asks', async () => {
    const { client, sent, header } = clientOf([json({ tasks: [], nextCursor: null })]);
    await client.listTasks({ query: { view: 'all', text: 'a&b', type: undefined } });
    await client.getTask({ params: { id: 'a/b' } });
    expect(sent.map(({ url }) => url)).toEqual([
      'https://tandem.example/api/v1/tasks?view=all&text=a%26b',
      'https://tandem.example/api/v1/tasks/a%2Fb',
    ]);
    expect([header(0, 'authorization'), header(0, 'idempotency-key')]).toEqual([
      'Bearer tdm_x',
      null,
    ]);
  });

  it('repeats a write that got no answer, with the same key, so that it happens once', async () => {
    const answers = [new Error('reset'), problem(503, 'not_ready'), json({ id: '1' }, 201)];
    const { client, sent, slept, header } = clientOf(answers);
    expect(await client.createTask({ body: { name: 'x' } })).toEqual({ id: '1' });
    expect(sent).toHaveLength(3);
    expect(slept).toEqual([500, 1_000]);
    const keys = [0, 1, 2].map((index) => header(index, 'idempotency-key'));
    expect(new Set(keys).size).toBe(1);
    expect(keys[0]).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('waits as long as it is told, but not for ever', async () => {
    const patient = clientOf([problem(429, 'too_many_requests', { 'retry-after': '7' }), json({})]);
    await patient.client.getMe();
    expect(patient.slept).toEqual([7_000]);
    const long = clientOf([problem(429, 'too_many_requests', { 'retry-after': '3600' })]);
    await expect(long.client.getMe()).rejects.toMatchObject({ code: 'too_many_requests' });
    expect(long.slept).toEqual([]);
  });

  it('gives up after four tries, and at once where trying again changes nothing', async () => {
    const away = clientOf([new Error('refused')]);
    await expect(away.client.getMe()).rejects.toMatchObject({ code: 'unreachable', status: 0 });
    expect(away.sent).toHaveLength(4);
    const refused = clientOf([problem(404, 'not_found')]);
    await expect(refused.client.getTask({ params: { id: 'x' } })).rejects.toThrow(TandemProblem);
    expect(refused.sent).toHaveLength(1);
  });

  it('reads lists to their end', async () => {
    const first = json({ tasks: [{ id: 1 }, { id: 2 }], nextCursor: 'c' });
    const { client, sent } = clientOf([first, json({ tasks: [{ id: 3 }], nextCursor: null })]);
    const found: unknown[] = [];
    for await (const task of itemsOf((next) => client.listTasks({ query: next }))) found.push(task);
    expect(found).toEqual([{ id: 1 }, { id: 2 }, { id: 3 }]);
    expect(sent[1]?.url).toContain('cursor=c');
  });
});

describe('the signature of a message', () => {
  const NOW = 1_764_000_000_000;

  it('is good for that body, secret and time only', () => {
    const header = signWebhook('{"a":1}', ['one', 'two'], NOW);
    for (const secret of ['one', 'two']) {
      expect(verifyWebhook('{"a":1}', header, secret, NOW)).toBe(true);
    }
    expect(verifyWebhook('{"a":2}', header, 'one', NOW)).toBe(false);
    expect(verifyWebhook('{"a":1}', header, 'three', NOW)).toBe(false);
    expect(verifyWebhook('{"a":1}', header, 'one', NOW + 6 * 60_000)).toBe(false);
    expect(verifyWebhook('{"a":1}', header.replace(/^t=\d+/, 't=1'), 'one', NOW)).toBe(false);
  });

  it.each([null, undefined, '', 't=1', 'v1=00', 't=x,v1=00', 't=1764000000,v1=zz'])(
    'is missing in %j, which is no error',
    (header) => {
      expect(verifyWebhook('', header, 'one', NOW)).toBe(false);
    },
  );
});
