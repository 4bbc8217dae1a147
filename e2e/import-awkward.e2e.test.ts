import type { Connection } from 'jsforce';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type AwkwardTask, awkwardTasks } from './awkward/tasks.ts';
import { DESCRIPTIONS, DUE_DATES, SUBJECTS } from './awkward/texts.ts';
import { type AppTask, allTasks } from './support/app-tasks.ts';
import { eventually } from './support/eventually.ts';
import { everyRow } from './support/jsforce.ts';
import type { Person } from './support/person.ts';
import { LIN, MARA, PRIYA, SALESFORCE_PASSWORD, type Stack, startStack } from './support/stack.ts';

const COUNT = 5_000;
/** Written a day and an hour before the rest: outside the window of 24 hours. */
const OLD = 200;
/** Of those, edited again within the window. */
const TOUCHED = 50;
const HOUR_MS = 3_600_000;
/** It only ends what hangs: a busy machine takes ten times as long as a quiet one. */
const PATIENCE_MS = 150_000;

/** What jsforce reads of a record. Nothing here comes from Tandem's code. */
type OrgTask = {
  Id: string;
  Subject: string | null;
  Status: string;
  IsClosed: boolean;
  Priority: string;
  ActivityDate: string | null;
  Description: string | null;
  OwnerId: string;
  WhoId: string | null;
  Who: { Name: string; Type: string } | null;
  WhatId: string | null;
  What: { Name: string; Type: string } | null;
  IsDeleted: boolean;
  IsArchived: boolean;
  IsRecurrence: boolean;
  CreatedDate: string;
  LastModifiedDate: string;
  SystemModstamp: string;
};

interface Status {
  state: string;
  import: {
    state: string;
    found: number;
    imported: number;
    skipped: number;
    remaining: number;
  } | null;
}

let stack: Stack;
let lin: Person;
let me: { userId: string };
let linId: string;
/** Salesforce id → what is awkward about it. */
const kinds = new Map<string, string>();
let records: OrgTask[];
let windowStart: number;

beforeAll(async () => {
  stack = await startStack({ worker: true });
  const { org } = stack.sandbox;
  linId = org.userByName(LIN)?.Id ?? '';
  const around = await surroundings(await stack.jsforce(MARA));
  const tasks = awkwardTasks(COUNT, around);

  // The org's clock goes back for the old ones; connections are made anew, for sessions live by it.
  org.clock.advance(-25 * HOUR_MS);
  const old = await write(await stack.jsforce(MARA), tasks.slice(0, OLD));
  org.clock.advance(25 * HOUR_MS);
  const jsforce = await stack.jsforce(MARA);
  await write(jsforce, tasks.slice(OLD));
  await jsforce
    .sobject('Task')
    .update(old.slice(0, TOUCHED).map((Id) => ({ Id, CallDisposition: 'touched' })));

  lin = await stack.person(LIN, 'Lin Wei');
  me = await lin.call('GET', '/api/v1/me');
  await lin.connect({ username: LIN, password: SALESFORCE_PASSWORD });
  records = await read(jsforce);
  await stack.control('DELETE', 'requests');
});
afterAll(() => stack?.close());

async function surroundings(jsforce: Connection) {
  const ids = async (soql: string) =>
    (await jsforce.query<{ Id: string }>(soql)).records.map(({ Id }) => Id);
  const [contacts, leads, accounts, opportunities] = await Promise.all(
    ['Contact', 'Lead', 'Account', 'Opportunity'].map((type) =>
      ids(`SELECT Id FROM ${type} LIMIT 7`),
    ),
  );
  const others = [MARA, PRIYA].map((name) => stack.sandbox.org.userByName(name)?.Id ?? '');
  return {
    me: linId,
    others,
    who: [...(contacts ?? []), ...(leads ?? [])],
    what: [...(accounts ?? []), ...(opportunities ?? [])],
  };
}

/** 200 a call, as Salesforce takes them; then what becomes of some of them. */
async function write(jsforce: Connection, tasks: readonly AwkwardTask[]): Promise<string[]> {
  const made: string[] = [];
  const fates: Record<AwkwardTask['fate'], string[]> = { stays: [], deleted: [], archived: [] };
  for (let from = 0; from < tasks.length; from += 200) {
    const part = tasks.slice(from, from + 200);
    const results = await jsforce.sobject('Task').create(part.map(({ fields }) => ({ ...fields })));
    for (const [index, result] of results.entries()) {
      const task = part[index];
      if (!result.success || task === undefined) {
        throw new Error(`${task?.kind}: ${JSON.stringify(result)}`);
      }
      made.push(result.id);
      kinds.set(result.id, task.kind);
      fates[task.fate].push(result.id);
    }
  }
  for (let from = 0; from < fates.deleted.length; from += 200) {
    await jsforce.sobject('Task').destroy(fates.deleted.slice(from, from + 200));
  }
  await stack.control('POST', 'archive', { ids: fates.archived });
  return made;
}

function read(jsforce: Connection): Promise<OrgTask[]> {
  return everyRow<OrgTask>(
    jsforce,
    `SELECT Id, Subject, Status, IsClosed, Priority, ActivityDate, Description, OwnerId, WhoId, Who.Name, Who.Type,
              WhatId, What.Name, What.Type, IsDeleted, IsArchived, IsRecurrence, CreatedDate, LastModifiedDate,
              SystemModstamp
         FROM Task WHERE OwnerId = '${linId}'`,
  );
}

/** The rules of import, written down a second time from docs/SPEC.md alone (B2, B3, B4, B6). */
function expectedOf(record: OrgTask): Omit<AppTask, 'id' | 'updatedAt' | 'completedAt' | 'sync'> & {
  sync: Partial<AppTask['sync']>;
} {
  const ref = (id: string | null, at: { Name: string; Type: string } | null) =>
    id === null ? null : { id, type: at?.Type ?? '', name: at?.Name ?? '' };
  return {
    name: readable(record.Subject) ?? '(no subject)',
    type: 'custom',
    status: record.Status === 'Completed' ? 'complete' : 'open',
    priority: record.Priority === 'High' ? 'high' : 'normal',
    dueDate: record.ActivityDate,
    details: readable(record.Description) ?? '',
    ownerId: me.userId,
    person: ref(record.WhoId, record.Who),
    related: ref(record.WhatId, record.What),
    campaign: null,
    callOutcome: null,
    callReason: null,
    createdAt: record.CreatedDate.replace('+0000', 'Z'),
    trashedAt: null,
    sync: {
      state: 'in_step',
      reason: null,
      salesforceId: record.Id,
      salesforceStatus: record.Status,
      salesforcePriority: record.Priority,
    },
  };
}

/** What cannot be shown anywhere is shown as U+FFFD. */
function readable(text: string | null): string | null {
  return text?.replace(/[\0\p{Surrogate}]/gu, '\ufffd') ?? null;
}

function isExpected(record: OrgTask): boolean {
  const stamp = (text: string) => Date.parse(text.replace('+0000', 'Z'));
  const inWindow =
    stamp(record.CreatedDate) >= windowStart || stamp(record.LastModifiedDate) >= windowStart;
  return inWindow && !record.IsDeleted && !record.IsArchived && !record.IsRecurrence;
}

describe('5,000 awkward tasks, written by an independent client', () => {
  test('B6.2 the preview says what will happen, and does nothing', async () => {
    windowStart = stack.sandbox.org.clock.now() - 24 * HOUR_MS;
    const preview = await lin.call<{ import: number; link: number; skip: number }>(
      'POST',
      '/api/v1/sync/preview',
      { importWindow: '24h' },
    );
    expect(preview).toMatchObject({ import: records.filter(isExpected).length, link: 0 });
    expect(await allTasks(lin)).toEqual([]);
  });

  test('B6.3 B6.4 import as the preview said, field by field', async () => {
    await lin.call('PUT', '/api/v1/sync/settings', { mode: 'on', importWindow: '24h' });
    const done = await eventually(
      () => lin.call<Status>('GET', '/api/v1/sync/status'),
      ({ import: progress }) => progress?.state === 'done',
      PATIENCE_MS,
    );
    const expected = new Map(records.filter(isExpected).map((record) => [record.Id, record]));
    expect(expected.size).toBeGreaterThan(4_000);
    expect(done.import).toMatchObject({ imported: expected.size, remaining: 0 });

    const met = new Set([...expected.keys()].flatMap((id) => kinds.get(id)?.split(' · ') ?? []));
    for (const { kind } of [...SUBJECTS, ...DESCRIPTIONS]) expect(met).toContain(kind);
    const dates = new Set([...expected.values()].map((record) => record.ActivityDate));
    for (const date of DUE_DATES) expect(dates).toContain(date);

    const tasks = await allTasks(lin);
    expect(tasks).toHaveLength(expected.size);
    const wrong: unknown[] = [];
    for (const task of tasks) {
      const record = expected.get(task.sync.salesforceId ?? '');
      const want = record === undefined ? null : expectedOf(record);
      const differs = differences(task, want);
      if (differs.length > 0 || (task.completedAt !== null) !== (task.status === 'complete')) {
        wrong.push({ kind: kinds.get(record?.Id ?? ''), differs });
      }
    }
    expect(wrong.slice(0, 10)).toEqual([]);
    expect(new Set(tasks.map((task) => task.sync.salesforceId)).size).toBe(expected.size);
  });

  test('I6 importing wrote nothing to Salesforce', async () => {
    const after = await read(await stack.jsforce(MARA));
    expect(after).toEqual(records);
    const { requests } = await stack.control<{
      requests: { client: string; method: string; parts: string[] }[];
    }>('GET', 'requests');
    const ours = requests.filter(({ client }) => client === 'tandem');
    const writes = ours.filter(({ method, parts }) =>
      parts.length === 0 ? method !== 'GET' : !parts.every((part) => part.startsWith('GET ')),
    );
    expect(ours.length).toBeGreaterThan(0);
    expect(writes).toEqual([]);
  });

  test('L2 looking once more changes nothing', async () => {
    const before = await allTasks(lin);
    const polledAt = await lastPoll();
    await lin.call('POST', '/api/v1/sync/now');
    await eventually(lastPoll, (at) => at !== null && at > (polledAt ?? ''), PATIENCE_MS);
    const without = (tasks: AppTask[]) =>
      tasks.map(({ sync: { lastSyncedAt: _, ...sync }, ...task }) => ({ ...task, sync }));
    expect(without(await allTasks(lin))).toEqual(without(before));
  });
});

/** Runs last: it edits. */
test.each(['Subject', 'Description'] as const)(
  'I6 R3 an edit of the date writes the date, and leaves an unreadable %s as it was',
  async (field) => {
    const before = records
      .filter(isExpected)
      .find((record) => readable(record[field]) !== record[field]);
    const Id = before?.Id ?? '';
    const task = (await allTasks(lin)).find(({ sync }) => sync.salesforceId === Id);
    await lin.call('PATCH', `/api/v1/tasks/${task?.id}`, { dueDate: '2031-05-06' });
    const jsforce = await stack.jsforce(LIN);
    const written = await eventually(
      () => jsforce.sobject('Task').retrieve(Id),
      ({ ActivityDate }) => ActivityDate === '2031-05-06',
      PATIENCE_MS,
    );
    for (const kept of [
      'Subject',
      'Description',
      'Status',
      'Priority',
      'WhoId',
      'WhatId',
    ] as const) {
      expect(written[kept], kept).toBe(before?.[kept]);
    }
  },
);

async function lastPoll(): Promise<string | null> {
  const { lastPollAt } = await lin.call<{ lastPollAt: string | null }>(
    'GET',
    '/api/v1/sync/status',
  );
  return lastPollAt;
}

function differences(task: AppTask, want: object | null): string[] {
  if (want === null) return ['was not to be imported'];
  return Object.entries(want).flatMap(([field, value]) => {
    const actual = task[field as keyof AppTask];
    if (field === 'sync') {
      return differences(task.sync as unknown as AppTask, value).map((line) => `sync.${line}`);
    }
    const same = JSON.stringify(actual) === JSON.stringify(value);
    return same ? [] : [`${field}: ${short(actual)} instead of ${short(value)}`];
  });
}

function short(value: unknown): string {
  const text = JSON.stringify(value) ?? 'undefined';
  return text.length > 120 ? `${text.slice(0, 100)}… (${text.length})` : text;
}
