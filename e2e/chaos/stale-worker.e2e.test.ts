import { afterAll, beforeAll, expect, test } from 'vitest';
import { textOf } from './history.ts';
import { holderOf, leasePasses } from './leases.ts';
import { type Program, type Stack, startStack } from './stack.ts';
import { signal, until } from './waiting.ts';

/** A turn or two of a worker on a busy machine. */
const TURN_MS_MAX = 60_000;

let stack: Stack;

beforeAll(async () => {
  stack = await startStack({ reps: 1 });
});
afterAll(() => stack?.close());

interface Stopped {
  readonly worker: Program;
  readonly thaw: () => void;
  /** Settles when another worker has its lease. */
  readonly passed: () => Promise<void>;
  /** Settles when the org has answered the write that was under way. */
  readonly answered: Promise<void>;
}

/** Stops the worker whose write passes next; `arrives` says when that write reaches the org. */
function stopAtNextWrite(arrives: Promise<void>): Promise<Stopped> {
  const answered = signal();
  let held: object | null = null;
  return new Promise((resolve) => {
    stack.salesforceProxy.at = async (point, exchange) => {
      if (point === 'effect' && exchange === held) answered.fire();
      if (point !== 'request' || held !== null) return {};
      held = exchange;
      const worker = await holderOf(stack, exchange);
      const thaw = worker.child.freeze();
      const passed = await leasePasses(stack, worker.child.pid);
      resolve({ worker, thaw, passed, answered: answered.fired });
      return { org: { hold: arrives } };
    };
  });
}

/** Every value Tandem ever wrote into the record, in order. */
const writtenByTandem = (name: string) =>
  stack.org.changes
    .filter(({ byTandem, after }) => byTandem && after?.Subject === name)
    .map(({ after }) => textOf(after?.Description));

const app = () => {
  const rep = stack.reps[0];
  if (rep === undefined) throw new Error('There is no rep.');
  return rep.app;
};

async function edit(id: string, details: string): Promise<void> {
  expect((await app().send('PATCH', `tasks/${id}`, { details }))?.status).toBe(200);
}

const inStep = (id: string, name: string, details: string) =>
  until(
    `“${details}” is in step`,
    async () => {
      const task = await app().get<{ sync: { state: string } }>(`tasks/${id}`);
      return task?.sync.state === 'in_step' && writtenByTandem(name).at(-1) === details
        ? true
        : null;
    },
    TURN_MS_MAX,
  );

/** What was written last has been read since: from here on no poll finds anything new in the record. */
async function isRead(id: string, name: string): Promise<void> {
  const last = stack.org.changes.findLast(({ after }) => after?.Subject === name)?.after;
  const stamp = Date.parse(textOf(last?.SystemModstamp));
  await app().send('POST', 'sync/now', {});
  await until(
    'the record was read after the last write',
    async () => {
      const rows = await stack.database.rows<{ stamp: string }>(
        `select l.sf #>> '{task,SystemModstamp}' as stamp from tandem.links l
         where l.task_id = $1 and l.dirty_since is null
           and not exists (select from tandem.intents i where i.link_id = l.link_id)`,
        [id],
      );
      return rows.some((row) => Date.parse(row.stamp) === stamp) ? true : null;
    },
    TURN_MS_MAX,
  );
}

/** All that is known of the task's link and history: what a stale worker could spoil. */
const stateOf = (id: string) =>
  stack.database.rows(
    `select l.salesforce_id, l.base, l.sf, l.state, l.parked,
       (select count(*)::int from tandem.journal j where j.task_id = l.task_id) as entries,
       (select count(*)::int from tandem.intents i where i.link_id = l.link_id) as intents
     from tandem.links l where l.task_id = $1`,
    [id],
  );

test.each([
  ['while its write is answered', 'at once'],
  ['and its write reaches the org after the next worker’s', 'late'],
] as const)(
  'I9 R14 a worker stopped past its lease %s wakes up and changes nothing',
  {
    timeout: 300_000,
  },
  async (_, arrival) => {
    const name = `Stopped worker, ${arrival}`;
    const created = await app().send('POST', 'tasks', { name, details: 'first' });
    if (created === null) throw new Error('The server does not answer.');
    const { id } = created.json as { id: string };
    await inStep(id, name, 'first');

    const lands = signal();
    if (arrival === 'at once') lands.fire();
    const atWrite = stopAtNextWrite(lands.fired);
    await edit(id, 'second');
    const { worker, thaw, passed, answered } = await atWrite;
    await passed();
    // Sent by now or sent again: the next worker looks first.
    await inStep(id, name, 'second');
    await edit(id, 'third');
    await inStep(id, name, 'third');
    lands.fire();
    await answered;
    await isRead(id, name);
    const before = await stateOf(id);
    const written = writtenByTandem(name);

    const said: string[] = [];
    worker.database.heard = (statement) => said.push(statement);
    thaw();
    await until(
      'the stopped worker wanted to write and was refused',
      () => {
        const asked = said.findIndex((statement) => /for no key update\s*$/.test(statement));
        return asked >= 0 && said.slice(asked).some((one) => /^rollback/i.test(one)) ? true : null;
      },
      TURN_MS_MAX,
    );
    worker.database.heard = () => {};

    expect(await stateOf(id)).toEqual(before);
    expect(writtenByTandem(name)).toEqual(written);
    // Each value once: the next worker knew what had arrived, and what arrived late was refused by its guard.
    expect(written).toEqual(['first', 'second', 'third']);
  },
);
