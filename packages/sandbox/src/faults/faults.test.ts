import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Sandbox } from '../serve.ts';
import { createSandbox } from '../server.ts';

describe('faults', () => {
  let sandbox: Sandbox;
  let bearer: string;
  beforeEach(async () => {
    sandbox = await createSandbox();
    const issued = await control('POST', 'tokens', {
      action: 'issue',
      username: 'mara@aldermoor.example',
    });
    bearer = String(issued.access_token);
  });
  afterEach(async () => sandbox.close());

  async function control(method: string, path: string, body?: unknown) {
    const answer = await fetch(`${sandbox.url}/__sandbox__/${path}`, {
      method,
      ...(body === undefined
        ? {}
        : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    });
    return (await answer.json()) as Record<string, unknown>;
  }
  const create = (Subject: string) =>
    fetch(`${sandbox.url}/services/data/v62.0/sobjects/Task`, {
      method: 'POST',
      headers: { authorization: `Bearer ${bearer}`, 'content-type': 'application/json' },
      body: JSON.stringify({ Subject }),
    });
  const requests = async () =>
    (await control('GET', 'requests')).requests as {
      method: string;
      status: number;
      counted: boolean;
      path: string;
    }[];

  it('answers with a status and an error instead of doing anything, as often as asked', async () => {
    await control('POST', 'faults', {
      kind: 'status',
      status: 503,
      match: { method: 'POST' },
      times: 2,
      retryAfterSeconds: 7,
    });
    const first = await create('a');
    expect(first.status).toBe(503);
    expect(first.headers.get('retry-after')).toBe('7');
    expect(await first.json()).toEqual([
      {
        message: 'The server is temporarily unavailable. Try again.',
        errorCode: 'SERVER_UNAVAILABLE',
      },
    ]);
    expect((await create('b')).status).toBe(503);
    expect((await create('c')).status).toBe(201);
    expect(sandbox.org.count('Task')).toBe(1);
    expect((await requests()).map(({ status, counted }) => [status, counted])).toEqual([
      [503, false],
      [503, false],
      [201, true],
    ]);
  });

  it('loses the reply after the effect: the row is there, the caller hears nothing', async () => {
    await control('POST', 'faults', {
      kind: 'reply_lost',
      match: { method: 'POST', path: '/sobjects/Task' },
    });
    await expect(create('kept')).rejects.toThrow('fetch failed');
    expect(sandbox.org.count('Task')).toBe(1);
    const [lost] = await requests();
    expect(lost).toMatchObject({ method: 'POST', status: 0, counted: true });
    expect((await create('next')).status).toBe(201);
  });

  it('waits before it goes on', async () => {
    await control('POST', 'faults', { kind: 'latency', ms: 60 });
    const began = performance.now();
    expect((await create('slow')).status).toBe(201);
    expect(performance.now() - began).toBeGreaterThanOrEqual(55);
  });

  it('lets the first ones through, looks into bodies, and draws by its seed', async () => {
    await control('POST', 'faults', {
      kind: 'status',
      status: 400,
      match: { bodyContains: 'bad' },
      after: 1,
      times: null,
    });
    expect([(await create('good')).status, (await create('bad 1')).status]).toEqual([201, 201]);
    expect([(await create('bad 2')).status, (await create('good')).status]).toEqual([400, 201]);
    await control('DELETE', 'faults');
    const draw = async () => {
      await control('POST', 'faults', {
        kind: 'status',
        status: 500,
        probability: 0.5,
        seed: 42,
        times: null,
      });
      const seen: number[] = [];
      for (let count = 0; count < 12; count += 1) seen.push((await create('x')).status);
      await control('DELETE', 'faults');
      return seen;
    };
    const once = await draw();
    expect(new Set(once)).toEqual(new Set([201, 500]));
    expect(await draw()).toEqual(once);
  });

  it('never touches the pages or the controls', async () => {
    await control('POST', 'faults', { kind: 'status', status: 500, times: null });
    expect((await fetch(`${sandbox.url}/`)).status).toBe(200);
    expect(await control('DELETE', 'faults')).toEqual({ removed: 1 });
  });
});
