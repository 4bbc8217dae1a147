import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type BothSides, bothSides } from '../support/both-sides.ts';
import { MARA, type Stack, startStack } from '../support/stack.ts';

/** B3 to B5 as both sides see them: the API here, an independent client there. */

let stack: Stack;
let mara: BothSides;

beforeAll(async () => {
  stack = await startStack({ worker: false, orgTime: true });
  await stack.control('POST', 'reset', { seed: 'empty' });
  mara = await bothSides(stack, MARA, 'Mara Lindqvist');
});
afterAll(() => stack?.close());

/** A task made here, with its record. */
async function crossed(values: object) {
  const { id } = await mara.create(values);
  await mara.sync();
  const task = await mara.task(id);
  expect(task.sync.state).toBe('in_step');
  return { id, recordId: task.sync.salesforceId ?? '' };
}

/** Salesforce tells edits apart by whole seconds. */
const later = () => stack.sandbox.org.clock.advance(5_000);

describe('status', () => {
  it('B3.1 Open is Not Started and Complete is Completed, both ways', async () => {
    const { id, recordId } = await crossed({ name: 'Both words' });
    expect((await mara.record(recordId)).Status).toBe('Not Started');
    await mara.edit(id, { status: 'complete' });
    await mara.sync();
    expect((await mara.record(recordId)).Status).toBe('Completed');
    later();
    await mara.update(recordId, { Status: 'Not Started' });
    await mara.sync();
    expect(await mara.task(id)).toMatchObject({ status: 'open', completedAt: null });
  });

  it('B3.2 a status the app has no word for stays while something else is edited', async () => {
    const { id, recordId } = await crossed({ name: 'Half way' });
    later();
    await mara.update(recordId, { Status: 'In Progress' });
    await mara.sync();
    expect(await mara.task(id)).toMatchObject({
      status: 'open',
      sync: { salesforceStatus: 'In Progress' },
    });
    await mara.edit(id, { details: 'more is known now', dueDate: '2026-12-01' });
    await mara.sync();
    expect(await mara.record(recordId)).toMatchObject({
      Status: 'In Progress',
      Description: 'more is known now',
      ActivityDate: '2026-12-01',
    });
  });

  it.each([
    [false, 'Not Started'],
    [true, 'In Progress'],
  ])('B3.3 reopening, with “give back the former status” %s, writes %s', async (former, status) => {
    await mara.person.call('PUT', '/api/v1/sync/settings', { reopenToFormerStatus: former });
    const { id, recordId } = await crossed({ name: `Reopened: ${former}` });
    later();
    await mara.update(recordId, { Status: 'In Progress' });
    await mara.sync();
    await mara.edit(id, { status: 'complete' });
    await mara.sync();
    expect((await mara.record(recordId)).Status).toBe('Completed');
    await mara.edit(id, { status: 'open' });
    await mara.sync();
    expect((await mara.record(recordId)).Status).toBe(status);
    await mara.person.call('PUT', '/api/v1/sync/settings', { reopenToFormerStatus: false });
  });

  it('B3.5 an unmapped open status comes in as Open with a note, an unmapped closed one is listed as left out', async () => {
    // Deferred is open in a standard org. An admin lets another status stand for Complete, so that records of Completed
    // are closed and unknown.
    const settings = await mara.person.call<{ statusMap: Record<string, unknown> }>(
      'GET',
      '/api/v1/sync/settings',
    );
    const open = await mara.insert({ Subject: 'Waits for others', Status: 'Deferred' });
    const apart = { Completed: null, 'Waiting on someone else': 'complete' };
    const statusMap = { ...settings.statusMap, ...apart };
    await mara.person.call('PUT', '/api/v1/sync/settings', { statusMap });
    const closed = await mara.insert({ Subject: 'Closed in its own way', Status: 'Completed' });
    await mara.sync();

    const came = await mara.taskOf(open);
    expect(came).toMatchObject({ status: 'open', sync: { salesforceStatus: 'Deferred' } });
    expect(await mara.history(came?.id ?? '')).toContainEqual(
      expect.objectContaining({ kind: 'unmapped', field: 'status', to: 'Deferred', rule: 'B3.5' }),
    );
    expect(await mara.taskOf(closed)).toBeUndefined();
    const { problems } = await mara.person.call<{ problems: unknown[] }>(
      'GET',
      '/api/v1/sync/problems',
    );
    expect(JSON.stringify(problems)).toContain('Closed in its own way');
    await mara.person.call('PUT', '/api/v1/sync/settings', { statusMap: settings.statusMap });
  });
});

describe('priority', () => {
  it('B4.1 Normal and High cross, Low stays Low and arrives as Normal with a note', async () => {
    const { id, recordId } = await crossed({ name: 'Urgent', priority: 'high' });
    expect((await mara.record(recordId)).Priority).toBe('High');
    later();
    await mara.update(recordId, { Priority: 'Low' });
    await mara.sync();
    await mara.edit(id, { details: 'edited while Low' });
    await mara.sync();
    expect(await mara.record(recordId)).toMatchObject({
      Priority: 'Low',
      Description: 'edited while Low',
    });
    const low = await mara.insert({ Subject: 'Some day', Priority: 'Low' });
    await mara.sync();
    const came = await mara.taskOf(low);
    expect(came).toMatchObject({ priority: 'normal', sync: { salesforcePriority: 'Low' } });
    expect(await mara.history(came?.id ?? '')).toContainEqual(
      expect.objectContaining({ kind: 'unmapped', field: 'priority', to: 'Low', rule: 'B4.1' }),
    );
  });
});

describe('subject', () => {
  const setTemplate = (template: string) =>
    mara.person.call('PUT', '/api/v1/template', { template });

  it('B5.4 a name reaches Subject only with its field in the template, and never comes back', async () => {
    await setTemplate('[Tandem] {{activity_type}}');
    const { id, recordId } = await crossed({ name: 'Ask for the plan', type: 'call' });
    expect((await mara.record(recordId)).Subject).toBe('[Tandem] Call');
    await mara.edit(id, { name: 'Ask for the new plan' });
    await mara.sync();
    expect((await mara.record(recordId)).Subject).toBe('[Tandem] Call');
    later();
    await mara.update(recordId, { Subject: 'Renamed over there' });
    await mara.sync();
    expect((await mara.task(id)).name).toBe('Ask for the new plan');
    await setTemplate('{{activity_subject}}');
    await mara.edit(id, { name: 'Ask for the third plan' });
    await mara.sync();
    expect((await mara.record(recordId)).Subject).toBe('Ask for the third plan');
  });

  it('B5.5 nothing renders as nothing, line breaks go, and what is shortened to 255 is said', async () => {
    await setTemplate(`{{activity_subject}}\n{{call_outcome}}| ${'x'.repeat(100)}`);
    const name = 'n'.repeat(200);
    const { id, recordId } = await crossed({ name });
    const { Subject } = await mara.record(recordId);
    expect(Subject).toHaveLength(255);
    expect(Subject?.startsWith(`${name}`)).toBe(true);
    expect(Subject).not.toContain('\n');
    expect(await mara.history(id)).toContainEqual(expect.objectContaining({ rule: 'B5.5' }));
    await setTemplate('{{activity_subject}}');
  });

  it('B5.6 a task from Salesforce is not decorated: its new name goes out plain', async () => {
    await setTemplate('[Tandem] {{activity_subject}}');
    const recordId = await mara.insert({ Subject: 'Written by hand' });
    await mara.sync();
    const task = await mara.taskOf(recordId);
    await mara.edit(task?.id ?? '', { name: 'Written by both' });
    await mara.sync();
    expect((await mara.record(recordId)).Subject).toBe('Written by both');
    await setTemplate('{{activity_subject}}');
  });

  it('B5.7 a new template rewrites nothing by itself', async () => {
    const { id, recordId } = await crossed({ name: 'As it was made' });
    await setTemplate('New: {{activity_subject}}');
    await mara.sync();
    await mara.edit(id, { details: 'an edit of something else' });
    await mara.sync();
    expect(await mara.record(recordId)).toMatchObject({
      Subject: 'As it was made',
      Description: 'an edit of something else',
    });
    await setTemplate('{{activity_subject}}');
  });
});
