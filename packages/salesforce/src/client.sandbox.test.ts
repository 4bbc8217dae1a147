import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { connectTo, control, type Sandbox, startOrg } from '../test/sandbox-session.ts';
import type { Salesforce } from './index.ts';

let sandbox: Sandbox;
let salesforce: Salesforce;

beforeAll(async () => {
  sandbox = await startOrg();
  ({ salesforce } = await connectTo(sandbox));
});
afterEach(async () => {
  await fetch(`${sandbox.url}/__sandbox__/faults`, { method: 'DELETE' });
});
afterAll(() => sandbox.close());

function fault(spec: object): Promise<unknown> {
  return control(sandbox, 'faults', spec);
}

function newRow() {
  return { creationKey: crypto.randomUUID(), body: { Subject: 'Once only' } };
}

async function bornUnder(key: string): Promise<number> {
  const reply = await salesforce.findByCreationKey([key]);
  if (reply.kind !== 'ok') throw new Error(JSON.stringify(reply));
  return reply.value.tasks.length;
}

const READ = { method: 'GET', path: '/limits' };
const CREATE = { method: 'POST', path: '/composite/sobjects' };

describe('status', () => {
  test('a read survives two failures in a row, and the third is a fault', async () => {
    await fault({ kind: 'status', status: 503, times: 2, match: READ });
    expect(await salesforce.limits()).toMatchObject({ kind: 'ok' });
    await fault({ kind: 'status', status: 503, times: 3, match: READ });
    expect(await salesforce.limits()).toMatchObject({
      kind: 'fault',
      fault: { code: 'SERVER_UNAVAILABLE', httpStatus: 503 },
    });
  });

  test.each([
    [400, 'UNABLE_TO_LOCK_ROW'],
    [403, 'REQUEST_LIMIT_EXCEEDED'],
  ])('a write refused with %i is a fault, and was sent once', async (status, code) => {
    await fault({ kind: 'status', status, times: 1, match: CREATE });
    const row = newRow();
    expect(await salesforce.createTasks([row])).toMatchObject({ kind: 'fault', fault: { code } });
    expect(await bornUnder(row.creationKey)).toBe(0);
  });

  test.each([500, 503])('R8 a write answered with %i may have gone through', async (status) => {
    await fault({ kind: 'status', status, times: 1, match: CREATE });
    expect(await salesforce.createTasks([newRow()])).toMatchObject({ kind: 'unknown' });
  });

  test("a gateway's error page after a write leaves its outcome unknown", async () => {
    await fault({ kind: 'status', status: 502, body: '<h1>Bad gateway</h1>', match: CREATE });
    expect(await salesforce.createTasks([newRow()])).toMatchObject({ kind: 'unknown' });
  });
});

describe('latency', () => {
  const timeouts = { readMs: 100, writeMs: 100 };
  /** The org goes on with what was given up; until then a test that counts calls would count this one as well. */
  const isCounted = (before: number) =>
    expect.poll(() => sandbox.org.usage().used).toBe(before + 1);

  test('a read that takes too long is a fault', async () => {
    const { salesforce: hasty } = await connectTo(sandbox, { timeouts });
    await fault({ kind: 'latency', ms: 1_000, match: READ });
    const before = sandbox.org.usage().used;
    expect(await hasty.limits()).toMatchObject({ kind: 'fault', fault: { code: 'TIMEOUT' } });
    await isCounted(before);
  });

  test('a write that takes too long is unknown, whatever becomes of it', async () => {
    const { salesforce: hasty } = await connectTo(sandbox, { timeouts });
    await fault({ kind: 'latency', ms: 1_000, match: CREATE });
    const before = sandbox.org.usage().used;
    expect(await hasty.createTasks([newRow()])).toMatchObject({ kind: 'unknown' });
    await isCounted(before);
  });
});

describe('reply lost', () => {
  test('a create has happened, is unknown to us, and is found by its key', async () => {
    await fault({ kind: 'reply_lost', match: CREATE });
    const row = newRow();
    expect(await salesforce.createTasks([row])).toMatchObject({ kind: 'unknown' });
    expect(await bornUnder(row.creationKey)).toBe(1);
    expect(await salesforce.createTasks([row])).toMatchObject({
      value: [{ kind: 'refused', fault: { code: 'DUPLICATE_VALUE' } }],
    });
  });

  test('updates on both lanes and deletes are unknown, and were sent once', async () => {
    const [row] = await (async () => {
      const reply = await salesforce.createTasks([newRow()]);
      return reply.kind === 'ok' ? reply.value : [];
    })();
    const id = row?.kind === 'done' ? row.id : '';
    const lost = { kind: 'reply_lost', match: { path: '/composite' }, times: null };
    await fault(lost);
    const before = sandbox.org.usage().used;
    const body = { Subject: 'changed' };
    const at = new Date(sandbox.org.clock.now()).toISOString();
    for (const ifUnmodifiedSince of [null, at]) {
      const reply = await salesforce.updateTasks([{ id, body, ifUnmodifiedSince }]);
      expect(reply).toMatchObject({ kind: 'unknown' });
    }
    expect(await salesforce.deleteTasks([id])).toMatchObject({ kind: 'unknown' });
    expect(sandbox.org.usage().used).toBe(before + 3);
  });

  test('a read asks again', async () => {
    await fault({ kind: 'reply_lost', times: 2, match: READ });
    expect(await salesforce.limits()).toMatchObject({ kind: 'ok' });
  });
});
