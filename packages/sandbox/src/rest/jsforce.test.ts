import jsforce, { type Connection } from 'jsforce';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestServer, testServer } from './testing.ts';

/** The unmodified client, at its old default version and at ours. */
describe.each(['50.0', '62.0'])('jsforce at version %s', (version) => {
  let server: TestServer;
  let conn: Connection;

  beforeAll(async () => {
    server = await testServer();
    conn = new jsforce.Connection({ instanceUrl: server.url, accessToken: 'ann', version });
  });
  afterAll(() => server.sandbox.close());

  it('creates, reads, updates and deletes a task', async () => {
    const made = await conn.sobject('Task').create({ Subject: 'Call back', Priority: 'High' });
    expect(made).toMatchObject({ success: true, errors: [] });
    const id = made.id ?? '';
    const row = await conn.sobject('task').retrieve(id);
    expect(row).toMatchObject({ Id: id, Subject: 'Call back', IsHighPriority: true });
    await conn.sobject('Task').update({ Id: id, Status: 'Completed' });
    expect(await conn.sobject('Task').retrieve(id)).toMatchObject({ IsClosed: true });
    expect(await conn.sobject('Task').destroy(id)).toMatchObject({ id, success: true });
    await expect(conn.sobject('Task').retrieve(id)).rejects.toMatchObject({
      name: 'ENTITY_IS_DELETED',
      errorCode: 'ENTITY_IS_DELETED',
    });
  });

  it('writes 450 rows in chunks of 200 with allowRecursive, and pages through them', async () => {
    const rows = Array.from({ length: 450 }, (_, i) => ({ Subject: `bulk ${i}` }));
    const made = await conn.sobject('Task').create(rows, { allowRecursive: true });
    expect(made.filter((one) => one.success)).toHaveLength(450);

    const soql = "SELECT Id, Subject FROM Task WHERE Subject LIKE 'bulk %' ORDER BY Id";
    const first = await conn.query(soql, { headers: { 'Sforce-Query-Options': 'batchSize=200' } });
    expect(first).toMatchObject({ totalSize: 450, done: false });
    expect(first.records).toHaveLength(200);
    expect(first.nextRecordsUrl).toMatch(/\/services\/data\/v\d\d\.0\/query\/01g\w{15}-200$/);
    const second = await conn.queryMore(first.nextRecordsUrl ?? '');
    expect(second).toMatchObject({ totalSize: 450, done: true });
    expect(second.records).toHaveLength(250);

    const ids = made.map((one) => one.id ?? '');
    const updates = ids.slice(0, 250).map((Id) => ({ Id, Status: 'In Progress' }));
    const updated = await conn.sobject('Task').update(updates, { allowRecursive: true });
    expect(updated.every((one) => one.success)).toBe(true);
    const gone = await conn.sobject('Task').destroy(ids, { allowRecursive: true });
    expect(gone.every((one) => one.success)).toBe(true);
    expect((await conn.query(soql)).totalSize).toBe(0);
    expect((await conn.query(soql, { scanAll: true })).totalSize).toBe(450);
  });

  it('upserts by the external id, once and as a list', async () => {
    const task = conn.sobject('Task');
    const key = { Tandem_Key__c: 'key-1', Subject: 'first' };
    expect(await task.upsert({ ...key }, 'Tandem_Key__c')).toMatchObject({ success: true });
    expect(await task.upsert({ ...key, Subject: 'second' }, 'Tandem_Key__c')).toMatchObject({
      success: true,
    });
    const many = await task.upsert(
      [
        { Tandem_Key__c: 'key-1', Subject: 'third' },
        { Tandem_Key__c: 'key-2', Subject: 'new' },
      ],
      'Tandem_Key__c',
    );
    expect(many.map((one) => one.success)).toEqual([true, true]);
    const found = await conn.query(
      "SELECT Subject FROM Task WHERE Tandem_Key__c IN ('key-1','key-2')",
    );
    expect(found.records.map((r) => r.Subject).sort()).toEqual(['new', 'third']);
  });

  it('reads the change feeds, describe, limits and the usage header', async () => {
    const made = await conn.sobject('Task').create({ Subject: 'feed' });
    const id = made.id ?? '';
    server.org.clock.advance(60_000);
    const now = new Date(server.org.clock.now());
    const start = new Date(now.getTime() - 3_600_000);
    const end = new Date(now.getTime() + 60_000);
    const updated = await conn.sobject('Task').updated(start, end);
    expect(updated.ids).toContain(id);
    await conn.sobject('Task').destroy(id);
    const deleted = await conn.sobject('Task').deleted(start, new Date(end.getTime() + 60_000));
    expect(deleted.deletedRecords.map((r) => r.id)).toContain(id);

    const described = await conn.sobject('Task').describe();
    const status = described.fields.find((f) => f.name === 'Status');
    expect(status?.picklistValues?.map((v) => v.value)).toContain('Waiting on someone else');
    const all = await conn.describeGlobal();
    expect(all.sobjects.map((o) => o.name)).toContain('Opportunity');
    const limits = await conn.limits();
    expect(limits.DailyApiRequests?.Max).toBe(15_000);
    expect(conn.limitInfo.apiUsage?.limit).toBe(15_000);
    expect(conn.limitInfo.apiUsage?.used).toBeGreaterThan(5);
  });

  it('gets errors in the shapes it reads', async () => {
    await expect(conn.query('SELECT Nope FROM Task')).rejects.toMatchObject({
      name: 'INVALID_FIELD',
    });
    await expect(conn.query('SELECT Id FROM Nope')).rejects.toMatchObject({ name: 'INVALID_TYPE' });
    await expect(conn.query('SELECT Id FROM')).rejects.toMatchObject({ name: 'MALFORMED_QUERY' });
    await expect(conn.sobject('Task').create({ Subject: 'x'.repeat(256) })).rejects.toMatchObject({
      name: 'STRING_TOO_LONG',
    });
    const stranger = new jsforce.Connection({
      instanceUrl: server.url,
      accessToken: 'nobody',
      version,
    });
    await expect(stranger.query('SELECT Id FROM Task')).rejects.toMatchObject({
      name: 'INVALID_SESSION_ID',
    });
  });
});
