import { EDIT_SETTLE_MS } from '@tandem/sync';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { eventually } from './support/eventually.ts';
import { everyRow } from './support/jsforce.ts';
import type { Person } from './support/person.ts';
import { MARA, SALESFORCE_PASSWORD, type Stack, startStack } from './support/stack.ts';

/**
 * What changes cost, counted by the org and not by us (engine.md, E1 to E4). The floor is Salesforce's own:
 * 200 records a writing call, 2,000 a reading one.
 */

const EDITS_OUT = 1_000;
const CHANGES_IN = 2_000;
const QUICK_EDITS = 50;
/** E1. */
const MAX_RATIO = 1.25;

interface Task {
  readonly id: string;
  readonly details: string;
  readonly sync: { readonly salesforceId: string | null };
}
interface Counted {
  readonly counted: boolean;
  readonly method: string;
  readonly path: string;
  /** Of a composite call. */
  readonly parts: readonly string[];
}

let stack: Stack;
let mara: Person;
let tasks: readonly Task[];

beforeAll(async () => {
  stack = await startStack({ worker: true });
  await stack.control('POST', 'reset', { seed: 'empty' });
  // Long quiet, so that nothing asks for the guarded lane but what happens here.
  const records = Array.from({ length: CHANGES_IN }, (_, index) => ({
    object: 'Task',
    fields: {
      Subject: `Quiet ${index}`,
      Status: 'Not Started',
      CreatedDate: '2026-01-05T09:00:00Z',
      LastModifiedDate: '2026-01-05T09:00:00Z',
      SystemModstamp: '2026-01-05T09:00:00Z',
    },
  }));
  for (let start = 0; start < records.length; start += 500) {
    await stack.control('POST', 'seed', { records: records.slice(start, start + 500), as: MARA });
  }
  mara = await stack.person(MARA, 'Mara Lindqvist');
  await mara.connect({ username: MARA, password: SALESFORCE_PASSWORD });
  await mara.call('PUT', '/api/v1/sync/settings', { mode: 'on', importWindow: 'all_open' });
  await inStep((status) => status.linked === CHANGES_IN);
  tasks = await allTasks();
});
afterAll(() => stack?.close());

describe('calls per change, counted by the org', () => {
  test(`E1 ${EDITS_OUT} edits go out in at most 1.25 times the floor of writing calls`, async () => {
    const floor = EDITS_OUT / 200;
    await stack.control('DELETE', 'requests');
    const ids = tasks.slice(0, EDITS_OUT).map(({ id }) => id);
    await Promise.all(
      [ids.slice(0, 500), ids.slice(500)].map((half) =>
        mara.call('POST', '/api/v1/tasks/bulk', {
          ids: half,
          action: 'patch',
          patch: { details: 'Edited here' },
        }),
      ),
    );
    await inStep();
    const jsforce = await stack.jsforce(MARA);
    const { writes } = await calls();
    const there = await everyRow<{ Description: string | null }>(
      jsforce,
      'SELECT Description FROM Task',
    );
    expect(there.filter((task) => task.Description === 'Edited here')).toHaveLength(EDITS_OUT);
    say(`${EDITS_OUT} edits out`, writes, floor);
    expect(writes).toBeLessThanOrEqual(MAX_RATIO * floor);
  });

  test(`E1 E2 ${CHANGES_IN} changes come in with one reading call, and nothing is written back`, async () => {
    const jsforce = await stack.jsforce(MARA);
    const changes = tasks.map(({ sync }) => ({
      Id: sync.salesforceId ?? '',
      Description: 'Edited there',
    }));
    for (let start = 0; start < changes.length; start += 200) {
      await jsforce.sobject('Task').update(changes.slice(start, start + 200));
    }
    await stack.control('DELETE', 'requests');
    await mara.call('POST', '/api/v1/sync/now');
    await eventually(
      allTasks,
      (now) => now.filter((task) => task.details === 'Edited there').length === CHANGES_IN,
      60_000,
    );
    await inStep();
    const { reads, writes, polls } = await calls();
    const perPoll = reads / Math.max(1, polls);
    say(`${CHANGES_IN} changes in`, perPoll, 1);
    expect(perPoll).toBeLessThanOrEqual(MAX_RATIO);
    expect(writes).toBe(0);
  });

  test(`E4 one task edited ${QUICK_EDITS} times within a second is written once`, async () => {
    const [task] = tasks;
    await stack.control('DELETE', 'requests');
    const begun = performance.now();
    for (let edit = 1; edit <= QUICK_EDITS; edit += 1) {
      await mara.call('PATCH', `/api/v1/tasks/${task?.id}`, { details: `Edit ${edit}` });
    }
    const took = performance.now() - begun;
    await inStep();
    const { writes, polls } = await calls();
    const jsforce = await stack.jsforce(MARA);
    const record = await jsforce.sobject('Task').retrieve(task?.sync.salesforceId ?? '');
    expect(record.Description).toBe(`Edit ${QUICK_EDITS}`);
    say(`${QUICK_EDITS} edits of one task in ${(took / 1000).toFixed(2)} s`, writes, 1);
    // Edits within one window are one write; where fifty of them take longer, several windows go by. A poll that
    // falls among them takes along what it finds.
    expect(writes).toBeLessThanOrEqual(1 + Math.floor(took / EDIT_SETTLE_MS) + polls);
  });
});

async function inStep(also: (status: { linked: number }) => boolean = () => true): Promise<void> {
  await eventually(
    () =>
      mara.call<{ state: string; unsent: number; linked: number }>('GET', '/api/v1/sync/status'),
    (status) => status.state === 'in_step' && status.unsent === 0 && also(status),
    60_000,
  );
}

async function allTasks(): Promise<readonly Task[]> {
  const found: Task[] = [];
  let cursor: string | null = null;
  // 2,000 tasks at 200 a page, and some room.
  for (let page = 0; page < 50; page += 1) {
    const more: string = cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`;
    const reply: { tasks: Task[]; nextCursor: string | null } = await mara.call(
      'GET',
      `/api/v1/tasks?view=all_open&limit=200${more}`,
    );
    found.push(...reply.tasks);
    cursor = reply.nextCursor;
    if (cursor === null) break;
  }
  return found;
}

/** A poll is the first page of the change feed; its further pages are reads too. */
async function calls() {
  const { requests } = await stack.control<{ requests: readonly Counted[] }>('GET', 'requests');
  const counted = requests.filter((request) => request.counted);
  const reads = counted.filter(({ method, parts }) =>
    parts.length === 0 ? method === 'GET' : parts.every((part) => part.startsWith('GET ')),
  );
  const polls = reads.filter(({ path, parts }) =>
    [path, ...parts].some((asked) => asked.includes('/queryAll')),
  );
  return {
    writes: counted.length - reads.length,
    reads: reads.length,
    polls: polls.length,
  };
}

function say(what: string, calls: number, floor: number): void {
  console.info(
    `economy: ${what}: ${calls} calls, floor ${floor}, ratio ${(calls / floor).toFixed(2)}`,
  );
}
