import { createSandbox } from '@tandem/sandbox';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connectSalesforce, eventually, startTestServer } from '../testing/index.ts';
import { MARA, type OneRep, startOneRep } from '../testing/one-rep.ts';
import { asUser } from '../testing/sandbox-control.ts';

const OTHER_ORG = '00D00000000000zEAA';

let one: OneRep;
let database: OneRep['database'];
let sandbox: OneRep['sandbox'];
let tandem: OneRep['tandem'];
let mara: OneRep['mara'];

beforeAll(async () => {
  one = await startOneRep();
  ({ database, sandbox, tandem, mara } = one);
  await connectSalesforce(mara, tandem.url, MARA);
});
afterAll(() => one?.close());

interface Linked {
  readonly id: string;
  readonly salesforceId: string;
}

const get = async (id: string) => (await mara.get(`/api/v1/tasks/${id}`)).json;
const patch = (id: string, body: object) => mara.send('PATCH', `/api/v1/tasks/${id}`, body);
const create = async (name: string): Promise<string> =>
  (await mara.send('POST', '/api/v1/tasks', { name })).json.id;
const switchTo = async (mode: 'on' | 'off') => {
  expect((await mara.send('PUT', '/api/v1/sync/settings', { mode })).status).toBe(200);
};
const inOrg = (salesforceId: string, org = sandbox) =>
  org.org.retrieve('Task', salesforceId, asUser(org, MARA.username));
const editInOrg = (salesforceId: string, fields: Record<string, string>) =>
  sandbox.org.update('Task', salesforceId, fields, asUser(sandbox, MARA.username));

async function linked(name: string): Promise<Linked> {
  const id = await create(name);
  return eventually(async () => {
    const { sync } = await get(id);
    expect(sync.state).toBe('in_step');
    return { id, salesforceId: sync.salesforceId };
  });
}

/** A turn that had begun before may still have a call under way. */
const nobodyWorks = () =>
  eventually(async () => {
    const { rows } = await tandem.services.db.pool.query(
      'select 1 from graphile_worker._private_jobs where locked_at is not null',
    );
    expect(rows).toEqual([]);
  });

/** A job for the connection, and its end. */
async function workerLooks(): Promise<void> {
  const { pool } = tandem.services.db;
  await pool.query(
    `select graphile_worker.add_job('sync', json_build_object('workspaceId', workspace_id,
       'connectionId', connection_id), job_key := 'look') from tandem.connections`,
  );
  await eventually(async () => {
    const { rows } = await pool.query(
      `select 1 from graphile_worker._private_jobs where key = 'look'`,
    );
    expect(rows).toEqual([]);
  });
}

const settled = () =>
  eventually(async () => {
    const status = (await mara.get('/api/v1/sync/status')).json;
    expect(status).toMatchObject({ state: 'in_step', unsent: 0 });
    expect(status.import.state).toBe('done');
  });

const waysOff = [
  { way: 'switched off', off: () => switchTo('off'), reason: 'sync_off' },
  {
    way: 'disconnected',
    off: async () => {
      expect((await mara.send('DELETE', '/api/v1/salesforce/connection')).status).toBe(204);
    },
    reason: 'not_connected',
  },
];

describe.each(waysOff)('$way', ({ way, off, reason }) => {
  let both: Linked;
  let clash: Linked;
  let goneThere: Linked;
  let goneHere: Linked;
  let made: string;

  beforeAll(async () => {
    await switchTo('on');
    both = await linked(`Edited on both sides (${way})`);
    clash = await linked(`Same field on both sides (${way})`);
    goneThere = await linked(`Deleted in Salesforce (${way})`);
    goneHere = await linked(`Deleted in the app (${way})`);
    await settled();
    await off();
  });

  test('B7.1 freezes: everything stays on both sides, and no edit crosses', async () => {
    await nobodyWorks();
    const calls = sandbox.org.usage();
    await patch(both.id, { details: 'Written here' });
    await patch(clash.id, { dueDate: '2026-12-01' });
    expect((await mara.send('DELETE', `/api/v1/tasks/${goneHere.id}`)).status).toBe(204);
    made = await create(`Made meanwhile (${way})`);
    editInOrg(both.salesforceId, { Priority: 'High' });
    editInOrg(clash.salesforceId, { ActivityDate: '2026-12-24' });
    sandbox.org.remove('Task', goneThere.salesforceId, asUser(sandbox, MARA.username));

    // Even a worker that is told to look does nothing.
    await workerLooks();
    expect(sandbox.org.usage()).toEqual(calls);
    expect(inOrg(both.salesforceId)).toMatchObject({ Description: null });
    expect(inOrg(goneHere.salesforceId)).not.toBeNull();
    expect(await get(both.id)).toMatchObject({
      priority: 'normal',
      trashedAt: null,
      sync: { state: 'not_synced', reason },
    });
    expect((await get(goneThere.id)).trashedAt).toBeNull();
  });

  test('B7.2 on again merges what both sides did meanwhile', async () => {
    expect(await connectSalesforce(mara, tandem.url, MARA)).toContain('connected=1');
    expect((await mara.get('/api/v1/sync/settings')).json.mode).toBe('off');
    await switchTo('on');
    await settled();
    expect(inOrg(both.salesforceId)).toMatchObject({
      Description: 'Written here',
      Priority: 'High',
    });
    expect(await get(both.id)).toMatchObject({ priority: 'high', details: 'Written here' });
    // B10.2: the later edit, and the other one is in the history.
    expect(inOrg(clash.salesforceId)).toMatchObject({ ActivityDate: '2026-12-24' });
    expect((await get(clash.id)).dueDate).toBe('2026-12-24');
    const { entries } = (await mara.get(`/api/v1/tasks/${clash.id}/history`)).json;
    expect(entries).toContainEqual(
      expect.objectContaining({ field: 'dueDate', hasLost: true, lost: '2026-12-01' }),
    );
  });

  test('B7.2 what was deleted on one side meanwhile goes to the bin of the other', async () => {
    expect((await get(goneThere.id)).trashedAt).not.toBeNull();
    expect(inOrg(goneHere.salesforceId)).toBeNull();
  });

  test('B7.2 a task made meanwhile stays here, also after an edit, until it is sent', async () => {
    await patch(made, { details: 'Still here' });
    await settled();
    const { sync } = await get(made);
    expect(sync).toMatchObject({ state: 'not_synced', reason: 'created_before_sync' });
    const { records } = sandbox.org.query(
      `SELECT Id FROM Task WHERE Subject LIKE 'Made meanwhile (${way})'`,
      asUser(sandbox, MARA.username),
    );
    expect(records).toEqual([]);
  });
});

test('B7.3 another org gets links of its own, and the first one is resumed untouched', async () => {
  const first = await linked('Belongs to the first org');
  const other = await createSandbox({ seed: 'empty' });
  // Sandbox orgs are all called the same; their records even have the same ids.
  Object.assign(other.org, { id: OTHER_ORG });
  const there = await startTestServer({
    databaseUrl: database.url,
    salesforceUrl: other.url,
    worker: true,
  });
  try {
    const program = there.client();
    const signIn = { email: 'mara@tandem.example', password: 'correct-horse' };
    await program.send('POST', '/api/auth/sign-in/email', signIn);
    expect(await connectSalesforce(program, there.url, MARA)).toContain('connected=1');
    const connection = (await program.get('/api/v1/salesforce/connection')).json;
    expect(connection).toMatchObject({ orgId: OTHER_ORG, state: 'connected' });
    expect((await program.get('/api/v1/sync/settings')).json.mode).toBe('off');
    await switchTo('on');
    const second = await linked('Belongs to the other org');
    await patch(first.id, { details: 'Not for the other org' });
    await settled();
    expect(inOrg(second.salesforceId, other)).toMatchObject({
      Subject: 'Belongs to the other org',
    });
    expect((await get(first.id)).sync).toMatchObject({ state: 'not_synced' });
    const { records } = other.org.query('SELECT Subject FROM Task', asUser(other, MARA.username));
    expect(records.map((record) => record.Subject)).toEqual(['Belongs to the other org']);

    expect(await connectSalesforce(mara, tandem.url, MARA)).toContain('connected=1');
    await switchTo('on');
    await settled();
    expect(inOrg(first.salesforceId)).toMatchObject({ Description: 'Not for the other org' });
    expect((await get(first.id)).sync).toMatchObject({
      state: 'in_step',
      salesforceId: first.salesforceId,
    });
    expect((await get(second.id)).sync.state).toBe('not_synced');
  } finally {
    await there.close();
    await other.close();
  }
});
