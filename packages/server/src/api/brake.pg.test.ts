import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connectSalesforce, eventually } from '../testing/index.ts';
import { MARA, type OneRep, startOneRep } from '../testing/one-rep.ts';
import { asUser } from '../testing/sandbox-control.ts';

/** B11.5 over the whole stack: the worker stops, the page asks, the answer is acted on. */

const COUNT = 24;

let one: OneRep;
let sandbox: OneRep['sandbox'];
let tandem: OneRep['tandem'];
let mara: OneRep['mara'];
let ids: string[];

const status = async () => (await mara.get('/api/v1/sync/status')).json;
const tasksIn = async (view: string) =>
  (await mara.get(`/api/v1/tasks?view=${view}&limit=100`)).json.tasks as {
    id: string;
    sync: { state: string; reason: string | null; salesforceId: string };
  }[];
const answer = (body: object) => mara.send('POST', '/api/v1/sync/brake', body);
const isDeleted = (id: string) =>
  sandbox.org.retrieve('Task', id, asUser(sandbox, MARA.username)) === null;

beforeAll(async () => {
  one = await startOneRep();
  ({ sandbox, tandem, mara } = one);
  await connectSalesforce(mara, tandem.url, MARA);
  const ctx = asUser(sandbox, MARA.username);
  for (let n = 0; n < COUNT; n += 1) {
    sandbox.org.insert('Task', { Subject: `Task ${n}`, Status: 'Not Started' }, ctx);
  }
  await mara.send('PUT', '/api/v1/sync/settings', { mode: 'on' });
  await eventually(async () => expect((await status()).linked).toBe(COUNT));
  ids = (await tasksIn('all')).map(({ sync }) => sync.salesforceId);
});
afterAll(() => one?.close());

describe('a brake', () => {
  test('B11.5 I10 twelve of twenty-four deleted in Salesforce: the person is asked, and keeps them', async () => {
    for (const id of ids.slice(0, 12))
      sandbox.org.remove('Task', id, asUser(sandbox, MARA.username));
    await mara.send('POST', '/api/v1/sync/now');
    await eventually(async () => expect((await status()).brake).not.toBeNull());
    expect(await status()).toMatchObject({
      state: 'needs_answer',
      brake: { kind: 'mass_deletion', toTrash: 12, toDelete: 0, links: COUNT },
    });
    const waiting = (await tasksIn('all')).filter(({ sync }) => sync.reason === 'deletion_waits');
    expect(waiting).toHaveLength(12);
    expect(waiting[0]?.sync.state).toBe('needs_you');

    expect((await answer({ answer: 'keep' })).status).toBe(204);
    await eventually(async () => {
      const kept = (await tasksIn('all')).filter(
        ({ sync }) => sync.reason === 'no_longer_in_salesforce',
      );
      expect(kept).toHaveLength(12);
    });
    expect((await status()).brake).toBeNull();
    expect((await answer({ answer: 'keep' })).json.code).toBe('nothing_asked');
  });

  test('B11.5 I10 all twelve that are left deleted here: nothing goes in Salesforce before "go on"', async () => {
    const live = (await tasksIn('all')).filter(({ sync }) => sync.reason === null);
    expect(live).toHaveLength(12);
    await mara.send('POST', '/api/v1/tasks/bulk', {
      ids: live.map(({ id }) => id),
      action: 'delete',
    });
    await eventually(async () =>
      expect((await status()).brake).toMatchObject({ toTrash: 0, toDelete: 12 }),
    );
    expect(live.filter(({ sync }) => isDeleted(sync.salesforceId))).toHaveLength(0);
    expect((await answer({ answer: 'go_on', count: 12 })).status).toBe(204);
    await eventually(async () =>
      expect(live.filter(({ sync }) => isDeleted(sync.salesforceId))).toHaveLength(12),
    );
    await eventually(async () => expect((await status()).state).toBe('in_step'));
  });
});

describe('the share of the calls', () => {
  test('B11.7 an admin sets it, and the status counts by it', async () => {
    const saved = await mara.send('PUT', '/api/v1/sync/settings', { apiShare: 40 });
    expect(saved.json.apiShare).toBe(40);
    const { apiUsage, apiBudget } = await status();
    expect(apiBudget.allowance).toBe(Math.floor(0.4 * apiUsage.max));
    expect(apiBudget.spent).toBeGreaterThan(2);
    expect(apiBudget.forecast).toBeGreaterThan(0);
  });
});
