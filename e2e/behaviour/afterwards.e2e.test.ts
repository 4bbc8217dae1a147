import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type BothSides, bothSides } from '../support/both-sides.ts';
import { eventually } from '../support/eventually.ts';
import { MARA, PRIYA, type Stack, startStack } from '../support/stack.ts';

/** B8: what else happens to a task as long as sync is on. */

let stack: Stack;
let mara: BothSides;

beforeAll(async () => {
  stack = await startStack({ worker: false, orgTime: true });
  await stack.control('POST', 'reset', { seed: 'empty' });
  mara = await bothSides(stack, MARA, 'Mara Lindqvist');
});
afterAll(() => stack?.close());

async function crossed(values: object) {
  const { id } = await mara.create(values);
  await mara.sync();
  const { sync } = await mara.task(id);
  stack.sandbox.org.clock.advance(5_000);
  return { id, recordId: sync.salesforceId ?? '' };
}

it('B8.3 given to somebody who is not connected it leaves the list, and comes back when given back', async () => {
  const { id, recordId } = await crossed({ name: 'Handed over' });
  const priya = stack.sandbox.org.userByName(PRIYA)?.Id ?? '';
  await mara.update(recordId, { OwnerId: priya });
  await mara.sync();
  expect((await mara.task(id)).sync).toMatchObject({
    state: 'not_synced',
    reason: 'reassigned_in_salesforce',
  });
  expect(await mara.history(id)).toContainEqual(
    expect.objectContaining({ kind: 'reassigned', to: priya, rule: 'B8.3' }),
  );
  stack.sandbox.org.clock.advance(5_000);
  await mara.update(recordId, { OwnerId: mara.ownerId, Description: 'with thanks' });
  await mara.sync();
  expect(await mara.task(id)).toMatchObject({
    details: 'with thanks',
    sync: { state: 'in_step', salesforceId: recordId },
  });
});

it('B8.4 the row of a series stays Salesforce’s own; its occurrences are ordinary tasks', async () => {
  const series = {
    Subject: 'Every Monday',
    IsRecurrence: true,
    RecurrenceType: 'RecursWeekly',
    RecurrenceInterval: 1,
    RecurrenceDayOfWeekMask: 2,
    RecurrenceStartDateOnly: '2026-11-30',
    RecurrenceEndDateOnly: '2026-12-14',
  };
  const row = await mara.insert(series);
  const occurrence = await mara.insert({ Subject: 'Every Monday', ActivityDate: '2026-11-30' });
  await mara.sync();
  expect(await mara.taskOf(row)).toBeUndefined();
  expect(await mara.taskOf(occurrence)).toMatchObject({ name: 'Every Monday' });
  const id = (await mara.taskOf(occurrence))?.id ?? '';
  const before = await mara.record(row);
  await mara.edit(id, { dueDate: '2026-12-01' });
  await mara.sync();
  expect((await mara.record(occurrence)).ActivityDate).toBe('2026-12-01');
  expect(await mara.record(row)).toEqual(before);
});

it('B8.5 an archived task is kept: vanishing from a plain query is no deletion', async () => {
  const { id, recordId } = await crossed({ name: 'From long ago', status: 'complete' });
  await stack.control('POST', 'archive', { ids: [recordId] });
  const plain = await mara.jsforce.query(`SELECT Id FROM Task WHERE Id = '${recordId}'`);
  expect(plain.totalSize).toBe(0);
  await mara.person.call('POST', '/api/v1/sync/compare', {});
  await mara.sync();
  await mara.sync();
  expect(await mara.task(id)).toMatchObject({ trashedAt: null, status: 'complete' });
});

it('B8.6 a completion from Salesforce tells webhooks as one made here does, with its origin', async () => {
  const told: { type: string; origin: string; task: { id: string } }[] = [];
  const receiver = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => {
      body += chunk;
    });
    request.on('end', () => {
      told.push(JSON.parse(body));
      response.writeHead(204).end();
    });
  });
  await new Promise<void>((listening) => receiver.listen(0, '127.0.0.1', listening));
  const { port } = receiver.address() as AddressInfo;
  await mara.person.call('POST', '/api/v1/webhooks', {
    name: 'Tell the planner',
    url: `http://127.0.0.1:${port}/`,
    events: ['task.completed'],
  });
  const here = await crossed({ name: 'Completed here' });
  const there = await crossed({ name: 'Completed there' });
  await mara.edit(here.id, { status: 'complete' });
  await mara.update(there.recordId, { Status: 'Completed' });
  await mara.sync();
  const server = await stack.startAnother({ worker: true });
  await eventually(
    async () => told.length,
    (count) => count >= 2,
    30_000,
  );
  expect(told.map(({ type, origin, task }) => [type, origin, task.id]).sort()).toEqual(
    [
      ['task.completed', 'app', here.id],
      ['task.completed', 'sf', there.id],
    ].sort(),
  );
  await server.close();
  receiver.closeAllConnections();
  await new Promise((closed) => receiver.close(closed));
});
