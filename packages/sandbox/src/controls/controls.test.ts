import { request as httpRequest } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Sandbox } from '../serve.ts';
import { createSandbox } from '../server.ts';

const MARA = 'mara@aldermoor.example';

describe('the controls', () => {
  let sandbox: Sandbox;
  beforeEach(async () => {
    sandbox = await createSandbox();
  });
  afterEach(async () => sandbox.close());

  async function ask(method: string, path: string, body?: unknown) {
    const answer = await fetch(`${sandbox.url}/__sandbox__/${path}`, {
      method,
      ...(body === undefined
        ? {}
        : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    });
    return { status: answer.status, body: (await answer.json()) as Record<string, never> };
  }

  it('refuses callers of another host or origin', async () => {
    const port = sandbox.port;
    const statusFor = (headers: Record<string, string>) =>
      new Promise<number>((resolve, reject) => {
        httpRequest({ host: '127.0.0.1', port, path: '/__sandbox__/state', headers }, (answer) => {
          answer.resume();
          resolve(answer.statusCode ?? 0);
        })
          .on('error', reject)
          .end();
      });
    expect(await statusFor({ host: `localhost:${port}` })).toBe(200);
    expect(await statusFor({ host: `sandbox.evil.example:${port}` })).toBe(403);
    expect(await statusFor({ host: `127.0.0.1.evil.example:${port}` })).toBe(403);
    expect(await statusFor({ host: `127.0.0.1:${port}`, origin: 'https://evil.example' })).toBe(
      403,
    );
    expect(await statusFor({ host: `127.0.0.1:${port}`, origin: 'http://localhost:3000' })).toBe(
      200,
    );
  });

  it.each([
    ['POST', 'reset', { seed: 'plenty' }, 'seed'],
    ['POST', 'clock', {}, 'body'],
    ['POST', 'clock', { set: 'yesterday' }, 'set'],
    ['POST', 'clock', { advanceMs: -1 }, 'advanceMs'],
    ['POST', 'clock', { warp: 9 }, 'warp'],
    ['POST', 'faults', { kind: 'meteor' }, 'kind'],
    ['POST', 'faults', { kind: 'status', match: { path: '(' } }, 'match.path'],
    ['POST', 'faults', { kind: 'status', match: { verb: 'GET' } }, 'match.verb'],
    ['POST', 'faults', { kind: 'latency' }, 'ms'],
    ['POST', 'seed', { kind: 'bulk', count: 0 }, 'count'],
    ['POST', 'seed', { kind: 'bulk', count: 1, ownerUsername: 'x@y.example' }, 'ownerUsername'],
    ['POST', 'seed', { records: [{ object: 'Task' }] }, 'records.0.fields'],
    ['POST', 'tokens', { action: 'issue', username: 'x' }, 'username'],
    ['POST', 'tokens', { action: 'melt' }, 'action'],
    ['POST', 'bin', { action: 'empty', ids: ['x'] }, 'ids.0'],
    ['POST', 'access', { action: 'hide', username: MARA }, 'ids'],
    ['POST', 'settings', { dailyApiRequests: 'many' }, 'dailyApiRequests'],
    ['POST', 'apps', { clientId: 'a b', name: 'x' }, 'clientId'],
    ['POST', 'transactions', { operations: [] }, 'operations'],
    ['POST', 'transactions/none', { end: 'commit' }, 'id'],
    ['GET', 'requests?limit=0', undefined, 'limit'],
  ])('names the bad field: %s %s %j → %s', async (method, path, body, field) => {
    const answer = await ask(method, path, body);
    expect(answer.status).toBe(400);
    expect(answer.body.field).toBe(field);
    expect(String(answer.body.message).length).toBeGreaterThan(5);
  });

  it('says so when the body is no JSON', async () => {
    const answer = await fetch(`${sandbox.url}/__sandbox__/reset`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{',
    });
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ error: 'invalid_request' });
  });

  it('resets to the demo or to people only, and keeps sessions when asked', async () => {
    const { body: issued } = await ask('POST', 'tokens', { action: 'issue', username: MARA });
    expect((await ask('POST', 'reset', { keepSessions: true })).body.tasks).toMatchObject({
      inBin: 9,
    });
    const alive = await fetch(`${sandbox.url}/services/data/v62.0/limits`, {
      headers: { authorization: `Bearer ${issued.access_token}` },
    });
    expect(alive.status).toBe(200);
    const { body } = await ask('POST', 'reset', { seed: 'empty' });
    expect(body).toMatchObject({
      counts: { Task: 0, User: 4 },
      sessions: { access: 0, refresh: 0 },
    });
  });

  it('moves the clock, stops it, and follows the machine again', async () => {
    await ask('POST', 'clock', { set: '2027-03-28T01:30:00Z', freeze: true });
    expect((await ask('GET', 'clock')).body).toMatchObject({
      now: '2027-03-28T01:30:00.000Z',
      frozen: true,
    });
    expect((await ask('POST', 'clock', { advanceMs: 3_600_000 })).body).toMatchObject({
      now: '2027-03-28T02:30:00.000Z',
    });
    const { body } = await ask('POST', 'clock', { follow: true });
    expect(body.frozen).toBe(false);
    expect(Math.abs(Number(body.offsetMs))).toBeLessThan(50);
  });

  it('takes rows of any object with audit fields, and says which were refused', async () => {
    const { body } = await ask('POST', 'seed', {
      records: [
        { object: 'Task', fields: { Subject: 'Old', CreatedDate: '2020-01-02T03:04:05Z' } },
      ],
      as: 'tomas@aldermoor.example',
    });
    expect(body).toMatchObject({ inserted: 1, failed: 0 });
    const full = (await ask('GET', 'state?full=1')).body as unknown as {
      records: { Task: unknown[] };
    };
    expect(full.records.Task[0]).toMatchObject({
      Subject: 'Old',
      CreatedDate: '2020-01-02T03:04:05.000+0000',
    });
    const bad = await ask('POST', 'seed', { records: [{ object: 'Task', fields: { Nope: 1 } }] });
    expect([bad.status, bad.body.failed]).toEqual([422, 1]);
  });

  it('ages and empties the bin, archives, hides, and holds a transaction open', async () => {
    const { body: made } = await ask('POST', 'seed', {
      records: [1, 2, 3].map((n) => ({ object: 'Task', fields: { Subject: `T${n}` } })),
      as: MARA,
    });
    const [a = '', b = '', c = ''] = (made.results as unknown as { id: string }[]).map(
      ({ id }) => id,
    );
    const ctx = {
      userId: sandbox.org.userByName(MARA)?.Id ?? '',
      client: null,
      source: 'rest',
    } as const;
    sandbox.org.remove('Task', a, ctx);
    expect((await ask('POST', 'bin', { action: 'age', days: 14 })).body.purged).toEqual([]);
    expect((await ask('POST', 'bin', { action: 'age', days: 15 })).body.purged).toEqual([a]);
    sandbox.org.remove('Task', b, ctx);
    expect((await ask('POST', 'bin', { action: 'empty' })).body.purged).toEqual([b]);
    await ask('POST', 'archive', { ids: [c] });
    expect(sandbox.org.retrieve('Task', c, ctx)?.IsArchived).toBe(true);
    await ask('POST', 'access', { action: 'hide', username: MARA, ids: [c] });
    expect(sandbox.org.retrieve('Task', c, ctx)).toBeNull();
    await ask('POST', 'access', { action: 'unhide', username: MARA, ids: 'all' });
    expect(sandbox.org.retrieve('Task', c, ctx)).not.toBeNull();
    const operations = [{ do: 'update', object: 'Task', id: c, fields: { Subject: 'Later' } }];
    const { body: open } = await ask('POST', 'transactions', { as: MARA, operations });
    expect(sandbox.org.retrieve('Task', c, ctx)?.Subject).toBe('T3');
    await ask('POST', `transactions/${open.id}`, { end: 'commit' });
    expect(sandbox.org.retrieve('Task', c, ctx)?.Subject).toBe('Later');
  });

  it('logs API calls with who made them and without their secrets', async () => {
    const { body: issued } = await ask('POST', 'tokens', { action: 'issue', username: MARA });
    const headers = {
      authorization: `Bearer ${issued.access_token}`,
      'sforce-call-options': 'client=tandem/1',
    };
    await fetch(`${sandbox.url}/services/data/v62.0/limits`, { headers });
    await fetch(`${sandbox.url}/services/oauth2/userinfo?oauth_token=secret`);
    const { body } = await ask('GET', 'requests');
    expect(body.requests).toMatchObject([
      {
        seq: 1,
        method: 'GET',
        path: '/services/data/v62.0/limits',
        status: 200,
        clientId: 'tandem-local',
        client: 'tandem/1',
        counted: true,
      },
      {
        seq: 2,
        path: '/services/oauth2/userinfo?oauth_token=…',
        status: 403,
        userId: null,
        counted: false,
      },
    ]);
    expect((await ask('GET', 'requests?since=1')).body.requests).toHaveLength(1);
    await fetch(`${sandbox.url}/services/data/v62.0/composite`, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json' },
      body: JSON.stringify({
        compositeRequest: [
          { method: 'GET', url: '/services/data/v62.0/limits', referenceId: 'a' },
          { method: 'DELETE', url: '/services/data/v62.0/sobjects/Task/no', referenceId: 'b' },
        ],
      }),
    });
    expect((await ask('GET', 'requests?since=2')).body.requests).toMatchObject([
      {
        path: '/services/data/v62.0/composite',
        parts: ['GET /services/data/v62.0/limits', 'DELETE /services/data/v62.0/sobjects/Task/no'],
      },
    ]);
    await ask('DELETE', 'requests');
    expect((await ask('GET', 'requests')).body.requests).toEqual([]);
  });

  it('expires sessions and revokes apps', async () => {
    await ask('POST', 'tokens', { action: 'issue', username: MARA });
    await ask('POST', 'tokens', { action: 'issue', username: 'tomas@aldermoor.example' });
    expect((await ask('POST', 'tokens', { action: 'expire', username: MARA })).body).toEqual({
      expired: 1,
    });
    expect((await ask('POST', 'tokens', { action: 'revoke' })).body).toEqual({
      revoked: 2,
      expired: 0,
    });
    expect((await ask('GET', 'tokens')).body).toEqual({ access: [], refresh: [] });
  });
});
