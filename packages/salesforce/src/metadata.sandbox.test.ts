import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { connectTo, control, MARA, okOf, type Sandbox, startOrg } from '../test/sandbox-session.ts';
import { CREATION_KEY_FIELD, type Salesforce } from './index.ts';

let sandbox: Sandbox;
let salesforce: Salesforce;

beforeAll(async () => {
  sandbox = await startOrg();
  ({ salesforce } = await connectTo(sandbox));
});
afterEach(async () => {
  await control(sandbox, 'settings', { creationKeyField: true });
});
afterAll(() => sandbox.close());

test("B3.4 the org's own statuses and priorities, in its order, in one call", async () => {
  const before = sandbox.org.usage().used;
  const { statuses, priorities } = okOf(await salesforce.picklists());
  expect(sandbox.org.usage().used).toBe(before + 1);
  expect(statuses.map(({ value, isClosed, isDefault }) => [value, isClosed, isDefault])).toEqual([
    ['Not Started', false, true],
    ['In Progress', false, false],
    ['Completed', true, false],
    ['Waiting on someone else', false, false],
    ['Deferred', false, false],
  ]);
  expect(priorities.map(({ value, isHigh, isDefault }) => [value, isHigh, isDefault])).toEqual([
    ['High', true, false],
    ['Normal', false, true],
    ['Low', false, false],
  ]);
});

test('the org says who it is', async () => {
  expect(okOf(await salesforce.organization())).toEqual({
    id: sandbox.org.id,
    name: sandbox.org.name,
  });
});

const probe = async (name: string) => okOf(await salesforce.describeTask(name)).keyField;

test('R7 the key field is there, or missing, or not what is needed', async () => {
  expect(await probe(CREATION_KEY_FIELD)).toEqual({ kind: 'usable' });
  expect(await probe('Nope__c')).toEqual({ kind: 'missing' });
  expect(await probe('CallObject')).toMatchObject({
    kind: 'unusable',
    lacks: ['externalId', 'unique'],
  });
  await control(sandbox, 'settings', { creationKeyField: false });
  expect(await probe(CREATION_KEY_FIELD)).toEqual({ kind: 'missing' });
});

test('people and related records are found by any part of their name, signs taken literally', async () => {
  const as = {
    userId: sandbox.org.userByName(MARA)?.Id ?? '',
    client: null,
    source: 'control',
  } as const;
  const insert = (object: string, fields: Record<string, unknown>) => {
    const result = sandbox.org.insert(object, fields, as);
    if (!result.ok) throw new Error(JSON.stringify(result.errors));
    return result.id;
  };
  const contact = insert('Contact', { FirstName: 'Siobhan', LastName: "O'Dwyer 100%_\\" });
  const lead = insert('Lead', { LastName: "Di O'Dwyer", Company: 'Kestrel Bay', Status: 'Open' });
  const account = insert('Account', { Name: 'Kestrel "Bay" 100%' });
  insert('Account', { Name: 'Kestrel Bay 1000' });

  expect(okOf(await salesforce.searchPeople("O'DWYER"))).toEqual([
    { id: contact, type: 'Contact', name: "Siobhan O'Dwyer 100%_\\" },
    { id: lead, type: 'Lead', name: "Di O'Dwyer" },
  ]);
  expect(okOf(await salesforce.searchPeople('100%_\\'))).toMatchObject([{ id: contact }]);
  expect(okOf(await salesforce.searchRelated('" 100%'))).toMatchObject([
    { id: account, type: 'Account' },
  ]);
  expect(okOf(await salesforce.searchPeople("x' OR Name LIKE '%"))).toEqual([]);
});

test('a picker gets at most ten of each kind', async () => {
  const found = okOf(await salesforce.searchPeople(''));
  for (const type of ['Contact', 'Lead']) {
    expect(found.filter((ref) => ref.type === type).length).toBeLessThanOrEqual(10);
  }
});

test("B11.7 the org's daily calls", async () => {
  const { dailyMax, dailyRemaining } = okOf(await salesforce.limits());
  expect(dailyMax).toBe(sandbox.org.settings.dailyApiRequests);
  expect(dailyMax - dailyRemaining).toBe(sandbox.org.usage().used);
});
