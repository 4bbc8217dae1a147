import { afterAll, beforeAll, expect, it } from 'vitest';
import { type BothSides, bothSides } from '../support/both-sides.ts';
import { eventually } from '../support/eventually.ts';
import { MARA, type Stack, startStack, TOMAS } from '../support/stack.ts';

/** B10: both sides changed before they could tell each other. */

let stack: Stack;
let mara: BothSides;

beforeAll(async () => {
  stack = await startStack({ worker: false });
  await stack.control('POST', 'reset', { seed: 'empty' });
  mara = await bothSides(stack, MARA, 'Mara Lindqvist');
});
afterAll(() => stack?.close());

async function crossed(values: object) {
  const { id } = await mara.create(values);
  await mara.sync();
  const { sync } = await mara.task(id);
  await nextSecond();
  return { id, recordId: sync.salesforceId ?? '' };
}

/** Salesforce tells edits apart by whole seconds; both clocks run on, as they do in life. */
async function nextSecond(): Promise<void> {
  const second = () => Math.floor(stack.sandbox.org.clock.now() / 1_000);
  const before = second();
  await eventually(
    async () => second(),
    (now) => now > before,
    5_000,
  );
}

it('B10.1 edits of different fields both survive', async () => {
  const { id, recordId } = await crossed({ name: 'Two hands', details: 'as agreed' });
  await mara.edit(id, { dueDate: '2026-12-24' });
  await mara.update(recordId, { Description: 'from over there' });
  await mara.sync();
  expect(await mara.task(id)).toMatchObject({ dueDate: '2026-12-24', details: 'from over there' });
  expect(await mara.record(recordId)).toMatchObject({
    ActivityDate: '2026-12-24',
    Description: 'from over there',
  });
});

it.each([
  ['latest', 'app', 'here'],
  ['latest', 'sf', 'there'],
  ['salesforce', 'app', 'there'],
  ['app', 'sf', 'here'],
] as const)(
  'B10.2 rule “%s”, last edited in %s: the words from %s win, the others come back with one click',
  async (conflictRule, last, winner) => {
    await mara.person.call('PUT', '/api/v1/sync/settings', { conflictRule });
    const { id, recordId } = await crossed({ name: 'Same field', details: 'as agreed' });
    const edits = [
      () => mara.update(recordId, { Description: 'there' }),
      () => mara.edit(id, { details: 'here' }),
    ];
    for (const edit of last === 'app' ? edits : edits.reverse()) {
      await edit();
      await nextSecond();
    }
    await mara.sync();
    expect((await mara.task(id)).details).toBe(winner);
    expect((await mara.record(recordId)).Description).toBe(winner);

    const loser = winner === 'here' ? 'there' : 'here';
    const entry = (await mara.history(id)).find(({ hasLost }) => hasLost);
    expect(entry).toMatchObject({ kind: 'conflict', field: 'details', lost: loser, rule: 'B10.2' });
    await mara.person.call('POST', `/api/v1/tasks/${id}/restore`, { entryId: entry?.id });
    await mara.sync();
    expect((await mara.task(id)).details).toBe(loser);
    expect((await mara.record(recordId)).Description).toBe(loser);
    await mara.person.call('PUT', '/api/v1/sync/settings', { conflictRule: 'latest' });
  },
);

it('B10.2 what an admin sets holds for a rep of the org, whose own sync goes by it', async () => {
  const { token } = await mara.person.call<{ token: string }>('POST', '/api/v1/invitations', {
    role: 'rep',
  });
  const tomas = await bothSides(stack, TOMAS, 'Tomas Brandt', token);
  const rules = (conflictRule: string) =>
    mara.person.call('PUT', '/api/v1/sync/settings', { conflictRule });
  await rules('app');
  const { id } = await tomas.create({ name: 'A rep’s own', details: 'as agreed' });
  await tomas.sync();
  const recordId = (await tomas.task(id)).sync.salesforceId ?? '';
  await nextSecond();
  await tomas.edit(id, { details: 'here' });
  await nextSecond();
  await tomas.update(recordId, { Description: 'there, and later' });
  await tomas.sync();
  expect((await tomas.task(id)).details).toBe('here');
  expect((await tomas.record(recordId)).Description).toBe('here');
  await rules('latest');
});

it('B10.3 deleted in Salesforce and edited here: the edited version is in Trash, and comes back with one click', async () => {
  const { id, recordId } = await crossed({ name: 'Gone over there' });
  await mara.edit(id, { details: 'edited here meanwhile' });
  await mara.jsforce.sobject('Task').destroy(recordId);
  await mara.sync();
  const trashed = await mara.task(id);
  expect(trashed).toMatchObject({
    details: 'edited here meanwhile',
    trashedAt: expect.any(String),
  });
  expect(await mara.history(id)).toContainEqual(
    expect.objectContaining({ kind: 'deleted', side: 'sf', rule: 'B10.3' }),
  );
  await mara.person.call('POST', `/api/v1/tasks/${id}/restore`, {});
  await mara.sync();
  const restored = await mara.task(id);
  expect(restored).toMatchObject({ trashedAt: null, details: 'edited here meanwhile' });
  expect(await mara.record(restored.sync.salesforceId)).toMatchObject({
    IsDeleted: false,
    Description: 'edited here meanwhile',
  });
});

it('B10.3 deleted here and edited in Salesforce: the edited record is in the Recycle Bin, and the history names the edit', async () => {
  const { id, recordId } = await crossed({ name: 'Gone here' });
  await mara.person.call('DELETE', `/api/v1/tasks/${id}`);
  await mara.update(recordId, { Description: 'edited there meanwhile' });
  await mara.sync();
  expect(await mara.record(recordId)).toMatchObject({
    IsDeleted: true,
    Description: 'edited there meanwhile',
  });
  const entry = (await mara.history(id)).find(({ rule }) => rule === 'B10.3');
  expect(entry).toMatchObject({ kind: 'deleted', side: 'app' });
  expect(JSON.stringify(entry?.lost)).toContain('edited there meanwhile');
});

it('B10.4 the same value on both sides is no conflict', async () => {
  const { id, recordId } = await crossed({ name: 'Of one mind' });
  await mara.edit(id, { dueDate: '2026-12-31' });
  await mara.update(recordId, { ActivityDate: '2026-12-31' });
  await mara.sync();
  expect((await mara.task(id)).dueDate).toBe('2026-12-31');
  expect((await mara.history(id)).filter(({ kind }) => kind === 'conflict')).toEqual([]);
});
