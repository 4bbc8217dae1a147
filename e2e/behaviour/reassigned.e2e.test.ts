import { afterAll, beforeAll, expect, it } from 'vitest';
import { type BothSides, bothSides } from '../support/both-sides.ts';
import { MARA, type Stack, startStack, TOMAS } from '../support/stack.ts';

/** B8.1, B8.3 between two colleagues who are both connected: a task goes from one to the other, from either side. */

let stack: Stack;
let mara: BothSides;
let tomas: BothSides;

beforeAll(async () => {
  stack = await startStack({ worker: false, orgTime: true });
  await stack.control('POST', 'reset', { seed: 'empty' });
  mara = await bothSides(stack, MARA, 'Mara Lindqvist');
  const { token } = await mara.person.call<{ token: string }>('POST', '/api/v1/invitations', {
    role: 'rep',
  });
  tomas = await bothSides(stack, TOMAS, 'Tomas Okafor', token);
});
afterAll(() => stack?.close());

/** Both sides have had their say; then time for a next edit. */
async function syncAll(): Promise<void> {
  await mara.sync();
  await tomas.sync();
  stack.sandbox.org.clock.advance(5_000);
}

async function crossed(name: string) {
  const { id } = await mara.create({ name, details: 'as agreed' });
  await syncAll();
  const recordId = (await mara.task(id)).sync.salesforceId ?? '';
  expect((await mara.record(recordId)).OwnerId).toBe(mara.ownerId);
  return { id, recordId };
}

async function namesOf({ person }: BothSides): Promise<readonly string[]> {
  const { tasks } = await person.call<{ tasks: { name: string }[] }>(
    'GET',
    '/api/v1/tasks?view=all_open&limit=500',
  );
  return tasks.map(({ name }) => name);
}

it('B8.1 a task given to a connected colleague here is his in Salesforce, the same record', async () => {
  const { id, recordId } = await crossed('Given here');
  await mara.edit(id, { ownerId: tomas.userId });
  stack.sandbox.org.clock.advance(5_000);
  await syncAll();
  await syncAll();
  expect(await mara.record(recordId)).toMatchObject({
    Subject: 'Given here',
    OwnerId: tomas.ownerId,
    IsDeleted: false,
  });
  expect(await namesOf(tomas)).toContain('Given here');
  expect(await namesOf(mara)).not.toContain('Given here');
  expect(await tomas.task(id)).toMatchObject({
    ownerId: tomas.userId,
    sync: { state: 'in_step', salesforceId: recordId },
  });

  // It is his from now on, in both directions.
  await tomas.edit(id, { details: 'edited by him here' });
  stack.sandbox.org.clock.advance(5_000);
  await syncAll();
  expect((await tomas.record(recordId)).Description).toBe('edited by him here');
  await tomas.update(recordId, { Description: 'edited by him there' });
  await syncAll();
  expect((await tomas.task(id)).details).toBe('edited by him there');
});

it('B8.3 a task given to a connected colleague in Salesforce moves to his list, with what it holds', async () => {
  const { id, recordId } = await crossed('Given there');
  await mara.update(recordId, { OwnerId: tomas.ownerId });
  await syncAll();
  await syncAll();
  expect(await namesOf(tomas)).toContain('Given there');
  expect(await namesOf(mara)).not.toContain('Given there');
  expect(await tomas.task(id)).toMatchObject({
    ownerId: tomas.userId,
    details: 'as agreed',
    sync: { state: 'in_step', salesforceId: recordId },
  });
  expect(await tomas.history(id)).toContainEqual(
    expect.objectContaining({ field: 'owner', side: 'sf', to: tomas.userId }),
  );
  // Nothing was made a second time, on either side.
  const { totalSize } = await tomas.jsforce.query(
    `SELECT Id FROM Task WHERE Subject = 'Given there'`,
  );
  expect(totalSize).toBe(1);
  expect((await namesOf(tomas)).filter((name) => name === 'Given there')).toHaveLength(1);

  await tomas.update(recordId, { OwnerId: mara.ownerId });
  await syncAll();
  await syncAll();
  expect(await namesOf(mara)).toContain('Given there');
  expect(await namesOf(tomas)).not.toContain('Given there');
});
