import type { Reply, RowResult, TaskPage } from '@tandem/engine';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { connectTo, control, MARA, okOf, type Sandbox, startOrg } from '../test/sandbox-session.ts';
import { BULK_ROWS, type Salesforce } from './index.ts';

let sandbox: Sandbox;
let salesforce: Salesforce;
let mara: string;

beforeAll(async () => {
  sandbox = await startOrg();
  mara = sandbox.org.userByName(MARA)?.Id ?? '';
  ({ salesforce } = await connectTo(sandbox));
});
beforeEach(async () => {
  await control(sandbox, 'settings', { creationKeyField: true });
});
afterAll(() => sandbox.close());

async function created(...bodies: Record<string, string | null>[]): Promise<string[]> {
  const rows = bodies.map((body) => ({ creationKey: crypto.randomUUID(), body }));
  return okOf(await salesforce.createTasks(rows)).map((row) => idOf(row));
}

function idOf(row: RowResult): string {
  if (row.kind !== 'done') throw new Error(JSON.stringify(row));
  return row.id;
}

async function only(id: string) {
  const [task] = okOf(await salesforce.readTasks([id])).tasks;
  if (task === undefined) throw new Error('not found');
  return task;
}

function now(): string {
  return new Date(sandbox.org.clock.now()).toISOString();
}

async function everything(
  first: Reply<TaskPage>,
  more: (cursor: string) => Promise<Reply<TaskPage>>,
) {
  const pages = [okOf(first)];
  for (let next = pages[0]?.next ?? null; next !== null; next = pages.at(-1)?.next ?? null) {
    pages.push(okOf(await more(next)));
  }
  return pages;
}

describe('creating', () => {
  test('200 tasks in one call, each with its key, read back field by field', async () => {
    const contact = okOf(await salesforce.searchPeople('a')).find(({ type }) => type === 'Contact');
    const account = okOf(await salesforce.searchRelated('a')).find(
      ({ type }) => type === 'Account',
    );
    const rows = Array.from({ length: 200 }, (_, index) => ({
      creationKey: crypto.randomUUID(),
      body: {
        Subject: `Task ${index}`,
        Status: 'In Progress',
        Priority: 'High',
        ActivityDate: '2028-02-29',
        Description: `line\nbreak ${index}`,
        OwnerId: mara,
        WhoId: contact?.id ?? null,
        WhatId: account?.id ?? null,
      },
    }));
    const results = okOf(await salesforce.createTasks(rows));
    expect(results).toHaveLength(200);
    expect(await only(idOf(results[7] as RowResult))).toMatchObject({
      Subject: 'Task 7',
      Status: 'In Progress',
      IsClosed: false,
      Priority: 'High',
      ActivityDate: '2028-02-29',
      Description: 'line\nbreak 7',
      OwnerId: mara,
      WhoId: contact?.id,
      WhoName: contact?.name,
      WhoType: 'Contact',
      WhatId: account?.id,
      WhatName: account?.name,
      WhatType: 'Account',
      IsDeleted: false,
      CreationKey: rows[7]?.creationKey,
    });
  });

  test('R8 the same key a second time makes no second task and names the first', async () => {
    const row = { creationKey: crypto.randomUUID(), body: { Subject: 'Once' } };
    const [first] = okOf(await salesforce.createTasks([row]));
    const [second] = okOf(await salesforce.createTasks([row]));
    expect(second).toMatchObject({
      kind: 'refused',
      duplicateOf: first?.kind === 'done' ? first.id : '',
      fault: { code: 'DUPLICATE_VALUE' },
    });
    expect(okOf(await salesforce.findByCreationKey([row.creationKey])).tasks).toHaveLength(1);
  });

  test('one bad row does not stop its neighbours, and its fault names the field', async () => {
    const rows = ['fits', 'x'.repeat(256), 'fits too'].map((Subject) => ({
      creationKey: crypto.randomUUID(),
      body: { Subject },
    }));
    expect(okOf(await salesforce.createTasks(rows))).toMatchObject([
      { kind: 'done' },
      {
        kind: 'refused',
        fault: { code: 'STRING_TOO_LONG', fields: ['Subject'] },
        duplicateOf: null,
      },
      { kind: 'done' },
    ]);
  });

  test('an org without the key field takes tasks without it', async () => {
    await control(sandbox, 'settings', { creationKeyField: false });
    const { salesforce: keyless } = await connectTo(sandbox, { creationKeyField: null });
    const row = { creationKey: crypto.randomUUID(), body: { Subject: 'No key' } };
    const [result] = okOf(await keyless.createTasks([row]));
    const { tasks } = okOf(await keyless.readTasks([result?.kind === 'done' ? result.id : '']));
    expect(tasks).toMatchObject([{ Subject: 'No key', CreationKey: null }]);
  });
});

describe('reading', () => {
  test('the change feed shows creates, edits, deletes and archiving, and no series row', async () => {
    sandbox.org.clock.advance(60_000);
    const since = now();
    const [kept, deleted, archived] = await created({}, {}, { Status: 'Completed' });
    const ctx = { userId: mara, client: null, source: 'control' } as const;
    const series = sandbox.org.insert(
      'Task',
      {
        IsRecurrence: true,
        RecurrenceStartDateOnly: '2026-12-01',
        RecurrenceEndDateOnly: '2026-12-24',
        RecurrenceType: 'RecursDaily',
        RecurrenceInterval: 1,
      },
      ctx,
    );
    expect(series.ok).toBe(true);
    await salesforce.deleteTasks([deleted ?? '']);
    await control(sandbox, 'archive', { ids: [archived] });

    const { tasks, total, next } = okOf(await salesforce.changedSince(since, null));
    expect({ total, next }).toEqual({ total: 3, next: null });
    const byId = new Map(tasks.map((task) => [task.Id, task]));
    expect(byId.get(kept ?? '')).toMatchObject({ Subject: null, IsDeleted: false });
    expect(byId.get(deleted ?? '')).toMatchObject({ IsDeleted: true });
    expect(byId.get(archived ?? '')).toMatchObject({ IsArchived: true, IsClosed: true });
  });

  test('5,000 rows arrive in three pages, each once, in the order of their stamps', async () => {
    sandbox.org.clock.advance(60_000);
    const since = now();
    await control(sandbox, 'seed', { kind: 'bulk', count: 5_000 });
    const pages = await everything(await salesforce.changedSince(since, null), (cursor) =>
      salesforce.changedSince(since, cursor),
    );
    const tasks = pages.flatMap((page) => page.tasks);
    const keys = tasks.map((task) => `${task.SystemModstamp} ${task.Id}`);
    expect(pages.map((page) => page.tasks.length)).toEqual([2000, 2000, 1000]);
    expect(new Set(tasks.map((task) => task.Id)).size).toBe(5_000);
    expect(keys).toEqual([...keys].sort());
  });

  test('B6.4 the import window keeps older and deleted tasks out, and null means all open ones', async () => {
    const [old] = await created({ Subject: 'old', OwnerId: mara });
    sandbox.org.clock.advance(3_600_000);
    const windowStart = now();
    const [fresh, closed, deleted] = await created(
      { OwnerId: mara },
      { OwnerId: mara, Status: 'Completed' },
      { OwnerId: mara },
    );
    await salesforce.deleteTasks([deleted ?? '']);
    const ids = async (window: string | null) =>
      (
        await everything(await salesforce.importPage(mara, window, null), (cursor) =>
          salesforce.importPage(mara, window, cursor),
        )
      ).flatMap((page) => page.tasks.map((task) => task.Id));
    expect(new Set(await ids(windowStart))).toEqual(new Set([fresh, closed]));
    const open = await ids(null);
    expect(open).toContain(old);
    expect(open).not.toContain(closed);
    expect(open).not.toContain(deleted);
  });

  test('ids that are not there are absent, deleted ones are shown', async () => {
    const [id] = await created({});
    await salesforce.deleteTasks([id ?? '']);
    const page = okOf(await salesforce.readTasks([id ?? '', '00T0000000000zzEAA']));
    expect(page.tasks).toMatchObject([{ Id: id, IsDeleted: true }]);
  });

  test('a creation key is found on a deleted record too', async () => {
    const row = { creationKey: crypto.randomUUID(), body: {} };
    const [born] = okOf(await salesforce.createTasks([row]));
    await salesforce.deleteTasks([born?.kind === 'done' ? born.id : '']);
    const page = okOf(await salesforce.findByCreationKey([row.creationKey, "it's not there"]));
    expect(page.tasks).toMatchObject([{ CreationKey: row.creationKey, IsDeleted: true }]);
  });

  test('a page locator that has ended is told by its own code', async () => {
    const cursor = '/services/data/v62.0/query/01gzzzzzzzzzzzzAAA-2000';
    expect(await salesforce.changedSince(now(), cursor)).toMatchObject({
      kind: 'fault',
      fault: { code: 'INVALID_QUERY_LOCATOR' },
    });
  });
});

describe('updating', () => {
  test('R9 the guarded lane refuses what somebody changed later, and only that', async () => {
    const [quiet, busy, deleted] = await created({}, {}, {});
    const seen = (await only(quiet ?? '')).LastModifiedDate;
    sandbox.org.clock.advance(5_000);
    const busyRow = { id: busy ?? '', body: { Subject: 'theirs' }, ifUnmodifiedSince: null };
    await salesforce.updateTasks([busyRow]);
    await salesforce.deleteTasks([deleted ?? '']);

    const rows = [quiet, busy, deleted].map((id) => ({
      id: id ?? '',
      body: { Subject: 'ours' },
      ifUnmodifiedSince: seen,
    }));
    expect(okOf(await salesforce.updateTasks(rows))).toEqual([
      { kind: 'done', id: quiet, before: expect.objectContaining({ Id: quiet, Subject: null }) },
      { kind: 'stale' },
      { kind: 'gone' },
    ]);
    expect((await only(quiet ?? '')).Subject).toBe('ours');
    expect((await only(busy ?? '')).Subject).toBe('theirs');
  });

  test('the bulk lane changes only the fields it names, and tells each row apart', async () => {
    const [kept, deleted] = await created(
      { Subject: 'a', Description: 'b', ActivityDate: '2026-12-24' },
      {},
    );
    await salesforce.deleteTasks([deleted ?? '']);
    const rows = [
      { id: kept ?? '', body: { ActivityDate: null, Status: 'Completed' } },
      { id: deleted ?? '', body: { Subject: 'late' } },
      { id: kept ?? '', body: { WhoId: '003000000000zzzAAA' } },
    ].map((row) => ({ ...row, ifUnmodifiedSince: null }));
    expect(okOf(await salesforce.updateTasks(rows))).toMatchObject([
      { kind: 'done' },
      { kind: 'gone' },
      { kind: 'refused', fault: { code: 'INVALID_CROSS_REFERENCE_KEY' } },
    ]);
    expect(await only(kept ?? '')).toMatchObject({
      Subject: 'a',
      Description: 'b',
      ActivityDate: null,
      Status: 'Completed',
      IsClosed: true,
    });
  });
});

test('deleting twice, and deleting what never was, ends as gone', async () => {
  const [id] = await created({});
  expect(okOf(await salesforce.deleteTasks([id ?? '']))).toEqual([
    { kind: 'done', id, before: expect.objectContaining({ Id: id, IsDeleted: false }) },
  ]);
  expect(okOf(await salesforce.deleteTasks([id ?? '', '00T0000000000zzEAA']))).toEqual([
    { kind: 'gone' },
    { kind: 'gone' },
  ]);
});

describe('what the records were before a write', () => {
  const before = {
    Subject: 'seen',
    Status: 'In Progress',
    IsClosed: false,
    Priority: 'High',
    ActivityDate: '2028-02-29',
    Description: 'line\nbreak',
  };
  /** Theirs, in the second in which the record was last seen: no condition can tell the two apart. */
  const theirs = { Priority: 'Low', Description: 'theirs' };
  // The second lasts as long as the test needs it.
  beforeAll(() => sandbox.org.clock.freeze());
  afterAll(() => sandbox.org.clock.unfreeze());

  /** Two tasks, one of which somebody changed since it was last seen. */
  async function pair(): Promise<{ ids: string[]; seen: string }> {
    const { Subject, Status, Priority, ActivityDate, Description } = before;
    const body = { Subject, Status, Priority, ActivityDate, Description, OwnerId: mara };
    const ids = await created(body, body);
    const { LastModifiedDate: seen } = await only(ids[0] ?? '');
    const ctx = { userId: mara, client: null, source: 'control' } as const;
    expect(sandbox.org.update('Task', ids[0] ?? '', theirs, ctx).ok).toBe(true);
    expect((await only(ids[0] ?? '')).LastModifiedDate).toBe(seen);
    return { ids, seen };
  }

  const beforeOf = (results: readonly RowResult[]) =>
    results.map((row) => (row.kind === 'done' ? row.before : row.kind));

  test('R9 the guarded lane tells of a change in the very second of the revision it names', async () => {
    const { ids, seen } = await pair();
    const rows = ids.map((id) => ({ id, body: { Description: 'ours' }, ifUnmodifiedSince: seen }));
    const calls = sandbox.org.usage().used;
    const results = okOf(await salesforce.updateTasks(rows));
    expect(sandbox.org.usage().used - calls).toBe(1);
    expect(beforeOf(results)).toMatchObject([{ ...before, ...theirs }, before]);
    expect(await only(ids[0] ?? '')).toMatchObject({ Priority: 'Low', Description: 'ours' });
  });

  test('R9 the bulk lane tells it of each row', async () => {
    const { ids } = await pair();
    const rows = ids.map((id) => ({ id, body: { Description: 'ours' }, ifUnmodifiedSince: null }));
    const calls = sandbox.org.usage().used;
    const results = okOf(await salesforce.updateTasks(rows));
    expect(sandbox.org.usage().used - calls).toBe(1);
    expect(beforeOf(results)).toMatchObject([{ ...before, ...theirs }, before]);
    expect(await only(ids[1] ?? '')).toMatchObject({ Priority: 'High', Description: 'ours' });
  });

  test('R9 B10.3 a deletion tells what went with it', async () => {
    const { ids } = await pair();
    const calls = sandbox.org.usage().used;
    const results = okOf(await salesforce.deleteTasks(ids));
    expect(sandbox.org.usage().used - calls).toBe(1);
    expect(beforeOf(results)).toMatchObject([
      { ...before, ...theirs, IsDeleted: false },
      { ...before, IsDeleted: false },
    ]);
  });

  test('E1 2,000 tasks with the longest descriptions take ten calls to change and ten to delete', async () => {
    const Description = '“ünï”\n'.repeat(4_500);
    const ids: string[] = [];
    for (let page = 0; page < 10; page += 1) {
      ids.push(...(await created(...Array.from({ length: BULK_ROWS }, () => ({ Description })))));
    }
    const chunks = Array.from({ length: 10 }, (_, page) =>
      ids.slice(page * BULK_ROWS, (page + 1) * BULK_ROWS),
    );
    const start = sandbox.org.usage().used;
    for (const chunk of chunks) {
      const rows = chunk.map((id) => ({ id, body: { Subject: 'ours' }, ifUnmodifiedSince: null }));
      for (const task of beforeOf(okOf(await salesforce.updateTasks(rows)))) {
        expect(task).toMatchObject({ Subject: null, Description: Description.trim() });
      }
    }
    for (const chunk of chunks) {
      const gone = okOf(await salesforce.deleteTasks(chunk));
      expect(gone.every((row) => row.kind === 'done' && row.before?.Subject === 'ours')).toBe(true);
    }
    expect(sandbox.org.usage().used - start).toBe(20);
  });
});

test('every call says whose it is, what it used, and what time it is there', async () => {
  sandbox.org.clock.advance(60_000);
  await fetch(`${sandbox.url}/__sandbox__/requests`, { method: 'DELETE' });
  const before = sandbox.org.usage().used;
  const reply = await salesforce.changedSince(now(), null);
  expect(reply).toMatchObject({ usage: { used: before + 1 } });
  const serverTime = reply.kind === 'ok' ? Date.parse(reply.serverTime) : 0;
  expect(Math.abs(serverTime - sandbox.org.clock.now())).toBeLessThan(60_000);
  const log = (await (await fetch(`${sandbox.url}/__sandbox__/requests`)).json()) as {
    requests: { client: string }[];
  };
  expect(log.requests).toMatchObject([{ client: 'tandem', method: 'GET', status: 200 }]);
});
