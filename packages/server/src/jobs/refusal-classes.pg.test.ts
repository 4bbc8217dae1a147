import { causeOf, FAULTS, type FaultCause } from '@tandem/engine';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { connectSalesforce, eventually } from '../testing/index.ts';
import { MARA, type OneRep, startOneRepInSync } from '../testing/one-rep.ts';
import { sandboxControl } from '../testing/sandbox-control.ts';

/** What Salesforce says to a write, and what Tandem then does with that one task and with all others (B11.1, B11.2). */

let one: OneRep;
let sandbox: OneRep['sandbox'];
let tandem: OneRep['tandem'];
let mara: OneRep['mara'];

beforeAll(async () => {
  one = await startOneRepInSync();
  ({ sandbox, tandem, mara } = one);
  // What a task met first is kept: the first to be tried again is so a few seconds later, seen by us or not.
  await tandem.services.db.pool.query(`
    create table public.met (task_id uuid, parked jsonb);
    create function public.keep_met() returns trigger language plpgsql as $$
    begin insert into public.met values (new.task_id, new.parked); return new; end $$;
    create trigger keep_met after update on tandem.links for each row
      when (old.parked is null and new.parked is not null) execute function public.keep_met()`);
});
afterAll(() => one?.close());

const TEXTS: Partial<Record<FaultCause, string>> = {
  'INVALID_FIELD/timeout': 'Read timed out',
  'REQUEST_LIMIT_EXCEEDED/concurrent': 'ConcurrentRequests Limit exceeded.',
};
const codeOf = (cause: FaultCause) => cause.split('/')[0] ?? '';
const textOf = (cause: FaultCause) => TEXTS[cause] ?? `said: ${cause}`;
/** What is ours is never said by Salesforce. */
const OURS = new Set<string>([
  'NETWORK',
  'TIMEOUT',
  'BAD_REPLY',
  'REPLY_TOO_LARGE',
  'HTTP',
  'OUTCOME_UNKNOWN',
  'UNREADABLE_RECORD',
  'BROKEN_INVARIANT',
]);
/** An answer to reads; and a record that is gone is looked at again rather than parked. */
const NOT_OF_WRITES = new Set<string>(['QUERY_TIMEOUT', 'INVALID_CROSS_REFERENCE_KEY']);

const causesOf = (kind: string) =>
  (Object.keys(FAULTS) as FaultCause[]).filter(
    (cause) => FAULTS[cause].class === kind && !OURS.has(cause) && !NOT_OF_WRITES.has(cause),
  );

const syncOf = async (id: string) => (await mara.get(`/api/v1/tasks/${id}`)).json.sync;
const make = async (name: string): Promise<string> =>
  (await mara.send('POST', '/api/v1/tasks', { name })).json.id;

/**
 * One task for each cause, made at once, so that they leave in one call; the collection refuses each row for
 * another cause, as Salesforce does: HTTP 200, and an error in the row's place. Which task met which is read
 * from what was parked.
 */
async function refusedFor(mark: string, causes: readonly FaultCause[]) {
  await sandboxControl(sandbox, 'faults', {
    kind: 'status',
    status: 200,
    match: { method: 'POST', path: '/composite/sobjects', bodyContains: mark },
    body: causes.map((cause) => ({
      success: false,
      errors: [{ statusCode: codeOf(cause), message: textOf(cause), fields: [] }],
    })),
  });
  const csv = ['name', ...causes.map((_, index) => `${mark} ${index}`)].join('\r\n');
  expect((await mara.send('POST', '/api/v1/tasks/import', { csv })).status).toBe(200);
  const rows = await eventually(async () => {
    const found = await tandem.services.db.pool.query(
      `select task_id as id, m.parked from tandem.tasks
       join public.met m using (task_id) where name like $1`,
      [`${mark} %`],
    );
    expect(found.rows).toHaveLength(causes.length);
    return found.rows;
  });
  for (const { parked } of rows) expect(parked).toMatchObject({ attempts: 1 });
  const met = new Map(
    rows.map(({ id, parked }) => [causeOf(parked.code, parked.message), { id, parked }]),
  );
  expect([...met.keys()].sort()).toEqual([...causes].sort());
  return met;
}

const lasting = [...causesOf('access'), ...causesOf('other')];

test('B11.2 what lasts parks one task for each cause until somebody acts, and the next one goes', async () => {
  const met = await refusedFor('Meets what lasts', lasting);
  const neighbour = await make('After all of them');
  await eventually(async () => expect((await syncOf(neighbour)).state).toBe('in_step'));
  for (const [cause, { id, parked }] of met) {
    const { whoseMove } = FAULTS[cause as FaultCause];
    expect(parked, cause).toMatchObject({ retryAt: null });
    expect(await syncOf(id)).toMatchObject({
      state: whoseMove === 'user' ? 'needs_you' : 'needs_admin',
      reason: cause,
      message: textOf(cause as FaultCause),
    });
  }
  const { rows } = await tandem.services.db.pool.query(
    `select 'link:' || link_id as id from tandem.links where parked is not null`,
  );
  for (const { id } of rows) {
    const retry = `/api/v1/sync/problems/${encodeURIComponent(id)}/retry`;
    expect((await mara.send('POST', retry)).status).toBe(204);
  }
  for (const { id } of met.values()) {
    await eventually(async () => expect((await syncOf(id)).state).toBe('in_step'));
  }
});

test('B11.2 what passes is tried again by itself, each task at a moment of its own', async () => {
  const met = await refusedFor('Meets what passes', causesOf('intermittent'));
  for (const [cause, { parked }] of met) {
    const delay = Date.parse(parked.retryAt) - Date.parse(parked.since);
    expect(delay, cause).toBeGreaterThanOrEqual(2_500);
    // The one is counted from a moment after the other.
    expect(delay, cause).toBeLessThanOrEqual(6_000);
  }
  const moments = [...met.values()].map(({ parked }) => parked.retryAt);
  // Drawn from 2,500 of them: two may be the same by chance.
  expect(new Set(moments).size).toBeGreaterThan(moments.length / 2);
  for (const [cause, { id }] of met) {
    await eventually(async () => expect((await syncOf(id)).state, cause).toBe('in_step'));
  }
});

test.each(causesOf('authentication').filter((cause) => cause !== 'INVALID_SESSION_ID'))(
  'B11.8 %s makes the account rest until somebody signs in, and loses nothing',
  async (cause) => {
    const name = `Meets ${cause}`;
    await sandboxControl(sandbox, 'faults', {
      kind: 'status',
      status: 403,
      errorCode: cause,
      match: { method: 'POST', path: '/composite/sobjects', bodyContains: name },
    });
    const id = await make(name);
    await eventually(async () => {
      expect(await syncOf(id)).toMatchObject({ state: 'needs_you', reason: 'sign_in_again' });
    });
    await connectSalesforce(mara, tandem.url, MARA);
    await eventually(async () => expect((await syncOf(id)).state).toBe('in_step'));
  },
);

test('B11.2 a field permission that an admin gives back is noticed, and what waited for it goes', async () => {
  const right = (name: string, isGiven: boolean) => ({
    name,
    createable: isGiven,
    updateable: isGiven,
  });
  await sandboxControl(sandbox, 'faults', {
    kind: 'status',
    status: 200,
    match: { method: 'GET', path: '/sobjects/Task/describe' },
    times: null,
    body: {
      queryable: true,
      createable: true,
      updateable: true,
      deletable: true,
      fields: [right('Subject', true), right('Description', false)],
    },
  });
  const look = () => mara.get('/api/v1/salesforce/access');
  expect((await look()).json.permissions).toContainEqual({
    name: 'field_edit',
    field: 'Description',
    granted: false,
  });
  const met = await refusedFor('Meets a hidden field', ['INVALID_FIELD_FOR_INSERT_UPDATE']);
  const id = met.get('INVALID_FIELD_FOR_INSERT_UPDATE')?.id ?? '';
  expect((await syncOf(id)).state).toBe('needs_admin');
  await look();
  expect((await syncOf(id)).state).toBe('needs_admin');
  await fetch(`${sandbox.url}/__sandbox__/faults`, { method: 'DELETE' });
  await look();
  await eventually(async () => expect((await syncOf(id)).state).toBe('in_step'));
});
