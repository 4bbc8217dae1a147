import { ENDPOINTS, type EndpointContract, type EndpointName, problem } from '@tandem/api';
import { type TestDatabase, testDatabase } from '@tandem/store/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { BAD_REMINDERS } from '../testing/bad-reminders.ts';
import { BAD_TEAM } from '../testing/bad-team.ts';
import { fingerprint } from '../testing/fingerprint.ts';
import { GOOD_BODY } from '../testing/good-requests.ts';
import { type RunningTandem, startTestServer, type TestClient } from '../testing/index.ts';

/** What is sent and which field the answer must name. `path` replaces `{id}`, `query` is appended. */
interface Bad {
  readonly body?: unknown;
  readonly query?: string;
  readonly path?: string;
  readonly field: string;
}

const UNKNOWN_ID = '00000000-0000-4000-8000-000000000000';
const long = (length: number) => 'x'.repeat(length);
const taskBodies: Bad[] = [
  { body: { name: long(256) }, field: 'name' },
  { body: { name: '   ' }, field: 'name' },
  { body: { name: 7 }, field: 'name' },
  { body: { name: 'a', type: 'fax' }, field: 'type' },
  { body: { name: 'a', status: 'Completed' }, field: 'status' },
  { body: { name: 'a', priority: 'Low' }, field: 'priority' },
  { body: { name: 'a', dueDate: '2026-02-30' }, field: 'dueDate' },
  { body: { name: 'a', dueDate: '2026-11-24T00:00:00Z' }, field: 'dueDate' },
  { body: { name: 'a', dueDate: 'tomorrow' }, field: 'dueDate' },
  { body: { name: 'a', details: long(32_001) }, field: 'details' },
  { body: { name: 'a', ownerId: 'nobody-here' }, field: 'ownerId' },
  { body: { name: 'a', person: { id: 'short', type: 'Lead', name: '' } }, field: 'person.id' },
  { body: { name: 'a', related: 'Account' }, field: 'related' },
  { body: { name: 'a', campaign: { name: 'c', day: 0, step: 1 } }, field: 'campaign.day' },
  { body: { name: 'a', callOutcome: long(256) }, field: 'callOutcome' },
  { body: { name: 'a', callReason: 1 }, field: 'callReason' },
];
const noTask: Bad[] = [{ path: 'not-an-id', field: 'id' }];
/** No input of its own: what every endpoint refuses is enough (below). */
const nothing: Bad[] = [];

const badPages: Bad[] = [
  { query: 'limit=0', field: 'limit' },
  { query: 'limit=201', field: 'limit' },
  { query: 'cursor=nonsense', field: 'cursor' },
];
const webhookBodies: Bad[] = [
  { body: { name: '', url: 'https://a.example' }, field: 'name' },
  { body: { name: 'a', url: 'a.example' }, field: 'url' },
  { body: { name: 'a', url: 'http://a.example' }, field: 'url' },
  { body: { name: 'a', url: 'https://me:secret@a.example' }, field: 'url' },
  { body: { name: 'a', url: 'https://127.0.0.1/' }, field: 'url' },
  { body: { name: 'a', url: 'https://[::ffff:10.0.0.1]/' }, field: 'url' },
  { body: { name: 'a', url: 'https://2130706433/' }, field: 'url' },
  { body: { name: 'a', url: 'https://tandem.localhost/' }, field: 'url' },
  { body: { name: 'a', url: 'https://a.example', events: ['task.moved'] }, field: 'events.0' },
];

const viewBodies: Bad[] = [
  { body: { name: '', query: {} }, field: 'name' },
  { body: { name: long(61), query: {} }, field: 'name' },
  { body: { name: 'a', query: { view: 'someday' } }, field: 'query.view' },
  { body: { name: 'a', query: { view: 'today', from: '2026-11-24' } }, field: 'query.from' },
  { body: { name: 'a', query: { limit: 5 } }, field: 'query.limit' },
  { body: { name: 'a', query: { text: long(201) } }, field: 'query.text' },
];

/** A new endpoint without a line here does not compile. */
const BAD: Record<EndpointName, readonly Bad[]> = {
  listTasks: [
    { query: 'view=someday', field: 'view' },
    { query: 'view=range&from=2026-13-01', field: 'from' },
    { query: 'from=2026-11-24', field: 'from' },
    { query: 'to=2026-11-24', field: 'to' },
    { query: 'limit=0', field: 'limit' },
    { query: 'limit=501', field: 'limit' },
    { query: 'limit=many', field: 'limit' },
    { query: 'sort=colour', field: 'sort' },
    { query: 'type=fax', field: 'type' },
    { query: 'priority=low', field: 'priority' },
    { query: 'syncState=lost', field: 'syncState' },
    { query: 'personId=12', field: 'personId' },
    { query: `text=${long(201)}`, field: 'text' },
    { query: 'cursor=nonsense', field: 'cursor' },
    { query: 'owner=nobody-here', field: 'owner' },
    { query: 'ownerId=me', field: 'ownerId' },
  ],
  createTask: [...taskBodies, { body: {}, field: 'name' }],
  countTasks: [
    { query: 'owner=nobody-here', field: 'owner' },
    { query: 'view=today', field: 'view' },
    { query: 'type=fax', field: 'type' },
    { query: 'personId=12', field: 'personId' },
  ],
  listTaskPeople: [
    { query: `q=${long(101)}`, field: 'q' },
    { query: 'personId=12', field: 'personId' },
    { query: 'owner=nobody-here', field: 'owner' },
  ],
  listViews: badPages,
  createView: [{ body: { name: 'a' }, field: 'query' }, ...viewBodies],
  patchView: [...noTask, { body: {}, field: 'body' }, ...viewBodies],
  deleteView: noTask,
  bulkTasks: [
    { body: { ids: [], action: 'delete' }, field: 'ids' },
    { body: { ids: ['x'], action: 'delete' }, field: 'ids.0' },
    { body: { ids: Array(501).fill(UNKNOWN_ID), action: 'delete' }, field: 'ids' },
    { body: { ids: [UNKNOWN_ID], action: 'explode' }, field: 'action' },
    { body: { ids: [UNKNOWN_ID], action: 'patch' }, field: 'patch' },
    { body: { ids: [UNKNOWN_ID], action: 'delete', patch: { name: 'a' } }, field: 'patch' },
    { body: { ids: [UNKNOWN_ID], action: 'patch', patch: { name: '' } }, field: 'patch.name' },
    { body: { ids: [UNKNOWN_ID], action: 'patch', patch: { ownerId: 'x' } }, field: 'ownerId' },
  ],
  getTask: noTask,
  patchTask: [...noTask, ...taskBodies, { body: {}, field: 'body' }],
  trashTask: noTask,
  taskHistory: [...noTask, ...badPages],
  taskSides: noTask,
  listHistory: [
    ...badPages,
    { query: 'owner=nobody-here', field: 'owner' },
    { query: 'kind=gossip', field: 'kind' },
    { query: 'side=left', field: 'side' },
    { query: `text=${long(201)}`, field: 'text' },
  ],
  exportTasks: [
    { query: 'view=range', field: 'view' },
    { query: 'type=fax', field: 'type' },
    { query: 'owner=nobody-here', field: 'owner' },
  ],
  importTasks: [
    { body: {}, field: 'csv' },
    { body: { csv: '' }, field: 'csv' },
    { body: { csv: 'name', dryRun: 'yes' }, field: 'dryRun' },
  ],
  restoreTask: [
    ...noTask,
    { body: { entryId: 5 }, field: 'entryId' },
    { body: { entryId: 'no-such-entry' }, field: 'entryId' },
  ],
  sendTask: noTask,
  getConnection: nothing,
  startConnection: nothing,
  disconnect: nothing,
  salesforceAccess: nothing,
  searchRecords: [
    { query: '', field: 'q' },
    { query: 'q=a', field: 'q' },
    { query: `q=${long(101)}`, field: 'q' },
    { query: 'q=ada&kind=pet', field: 'kind' },
  ],
  getSettings: nothing,
  putSettings: [
    { body: { mode: 'maybe' }, field: 'mode' },
    { body: { importWindow: '2d' }, field: 'importWindow' },
    { body: { conflictRule: 'mine' }, field: 'conflictRule' },
    { body: { reopenToFormerStatus: 'yes' }, field: 'reopenToFormerStatus' },
    { body: { statusMap: { Started: 'closed' } }, field: 'statusMap.Started' },
    { body: { priorityMap: [] }, field: 'priorityMap' },
    { body: { apiShare: 4 }, field: 'apiShare' },
    { body: { apiShare: 101 }, field: 'apiShare' },
    { body: { apiShare: 12.5 }, field: 'apiShare' },
    { body: { confirmStatusMap: false }, field: 'confirmStatusMap' },
  ],
  getTeamSync: nothing,
  putTeamSync: [
    { body: {}, field: 'mode' },
    { body: { mode: 'all' }, field: 'mode' },
    { body: { mode: 'on', locked: 'yes' }, field: 'locked' },
    { body: { mode: 'each', locked: true }, field: 'locked' },
    { body: { mode: 'on', importWindow: '1y' }, field: 'importWindow' },
  ],
  previewSync: [{ body: { importWindow: '1y' }, field: 'importWindow' }],
  syncStatus: nothing,
  syncHealth: nothing,
  syncNow: nothing,
  compareNow: nothing,
  answerBrake: [
    { body: {}, field: 'answer' },
    { body: { answer: 'maybe' }, field: 'answer' },
    { body: { answer: 'keep', count: 0 }, field: 'count' },
  ],
  listProblems: [
    { query: 'limit=201', field: 'limit' },
    { query: 'cursor=nonsense', field: 'cursor' },
    { query: 'kind=lost', field: 'kind' },
    { query: 'ignored=perhaps', field: 'ignored' },
  ],
  problemCauses: nothing,
  exportProblems: nothing,
  changeProblems: [
    { body: {}, field: 'action' },
    { body: { action: 'explode', ids: ['x'] }, field: 'action' },
    { body: { action: 'retry' }, field: 'ids' },
    { body: { action: 'retry', ids: [] }, field: 'ids' },
    { body: { action: 'retry', ids: Array(501).fill('x') }, field: 'ids' },
    { body: { action: 'retry', ids: ['x'], kind: 'parked', cause: 'y' }, field: 'ids' },
    { body: { action: 'retry', kind: 'lost', cause: 'y' }, field: 'kind' },
  ],
  retryProblem: nothing,
  ignoreProblem: nothing,
  getTemplate: nothing,
  putTemplate: [
    { body: {}, field: 'template' },
    { body: { template: long(1001) }, field: 'template' },
    { body: { template: '{{nonsense}}' }, field: 'template' },
    { body: { template: 'open {{activity_subject' }, field: 'template' },
  ],
  previewTemplate: [
    { body: { template: 5 }, field: 'template' },
    { body: { template: '}}' }, field: 'template' },
  ],
  getMe: nothing,
  patchMe: [
    { body: {}, field: 'body' },
    { body: { timeZone: 'Mars/Olympus' }, field: 'timeZone' },
    { body: { locale: 'fr' }, field: 'locale' },
    { body: { role: 'admin' }, field: 'role' },
  ],
  listMembers: badPages,
  listTokens: badPages,
  listWebhooks: badPages,
  createWebhook: [{ body: { url: 'https://a.example' }, field: 'name' }, ...webhookBodies],
  getWebhook: nothing,
  patchWebhook: [{ body: {}, field: 'body' }, ...webhookBodies],
  deleteWebhook: nothing,
  rotateWebhookSecret: nothing,
  pingWebhook: nothing,
  listDeliveries: badPages,
  sendAgain: nothing,
  createToken: [
    { body: {}, field: 'name' },
    { body: { name: '' }, field: 'name' },
    { body: { name: long(101) }, field: 'name' },
  ],
  revokeToken: nothing,
  signUp: [
    { body: { email: 'a@b.example', password: 'long-enough' }, field: 'name' },
    { body: { name: 'A', email: 'not-mail', password: 'long-enough' }, field: 'email' },
    { body: { name: 'A', email: 'a@b.example', password: 'short' }, field: 'password' },
    { body: { name: 'A', email: 'a@b.example', password: long(129) }, field: 'password' },
    { body: { name: 'A', email: 'wren@tandem.example', password: 'long-enough' }, field: 'email' },
  ],
  signIn: [
    { body: { email: 'a@b.example' }, field: 'password' },
    { body: { email: 'nobody', password: 'x' }, field: 'email' },
  ],
  forgotPassword: [
    { body: {}, field: 'email' },
    { body: { email: 'nobody' }, field: 'email' },
  ],
  resetPassword: [
    { body: { password: 'long-enough' }, field: 'token' },
    { body: { token: 'x', password: 'short' }, field: 'password' },
    { body: { token: long(201), password: 'long-enough' }, field: 'token' },
  ],
  ...BAD_REMINDERS,
  ...BAD_TEAM,
  signOut: nothing,
  getSession: nothing,
};

let database: TestDatabase;
let tandem: RunningTandem;
let wren: TestClient;
let taskId: string;

beforeAll(async () => {
  database = await testDatabase();
  tandem = await startTestServer({ databaseUrl: database.url });
  wren = tandem.client();
  await wren.signUp('Wren');
  const task = await wren.send('POST', '/api/v1/tasks', { name: 'Call back' });
  taskId = task.json.id;
});
afterAll(async () => {
  await tandem?.close();
  await database?.drop();
});

const addressOf = (contract: EndpointContract, { path = taskId, query = '' }: Partial<Bad>) =>
  contract.path.replace('{id}', path).replace('{deliveryId}', UNKNOWN_ID) +
  (query === '' ? '' : `?${query}`);

/** Good enough to get past the schema, so that the one bad thing is what is answered. */
const GOOD_QUERY: Partial<Record<EndpointName, string>> = { searchRecords: 'q=ada' };

async function expectProblem(
  send: () => ReturnType<TestClient['send']>,
  status: number,
  code: string,
  field?: string,
) {
  const before = await fingerprint(database.url);
  const reply = await send();
  expect(reply.type).toContain('application/problem+json');
  const document = problem.parse(reply.json);
  expect({ status: reply.status, code: document.code }).toEqual({ status, code });
  if (field !== undefined) {
    expect(document.errors?.map((error) => error.field)).toContain(field);
    expect(document.errors?.every(({ message }) => message.length > 3)).toBe(true);
  }
  expect(reply.text).not.toMatch(/node_modules|\.ts:|at [A-Z]\w+\.|select |insert /);
  expect(await fingerprint(database.url)).toEqual(before);
}

describe.each(Object.entries(ENDPOINTS) as [EndpointName, EndpointContract][])(
  'bad input to %s',
  (name, contract) => {
    const { method } = contract;
    const query = GOOD_QUERY[name] ?? '';

    test.each(BAD[name])(
      'B12.3 %j is refused, the field is named, nothing changes',
      async (bad) => {
        const code =
          name.endsWith('Template') &&
          typeof (bad.body as { template?: unknown })?.template === 'string' &&
          String((bad.body as { template: string }).template).length <= 1000
            ? 'invalid_template'
            : 'invalid_input';
        await expectProblem(
          () => wren.send(method, addressOf(contract, bad), bad.body),
          400,
          code,
          bad.field,
        );
      },
    );

    test('B12.3 an unknown query parameter is refused by name', async () => {
      const address = addressOf(contract, {
        query: [query, 'surprise=1'].filter(Boolean).join('&'),
      });
      await expectProblem(
        () => wren.send(method, address, GOOD_BODY[name]),
        400,
        'invalid_input',
        'surprise',
      );
    });

    if (method === 'GET') return;

    test('B12.3 an unknown body field is refused by name', async () => {
      const address = addressOf(contract, { query });
      await expectProblem(
        () => wren.send(method, address, { ...GOOD_BODY[name], surprise: 1 }),
        400,
        'invalid_input',
        'surprise',
      );
    });

    test('B12.3 broken JSON, another type and too much are refused', async () => {
      const address = addressOf(contract, { query });
      await expectProblem(
        () => wren.send(method, address, '{"name": '),
        400,
        'invalid_input',
        'body',
      );
      await expectProblem(
        () => wren.send(method, address, 'name=a', { 'content-type': 'text/plain' }),
        415,
        'unsupported_media_type',
      );
      await expectProblem(
        () =>
          wren.send(
            method,
            address,
            JSON.stringify({ name: long((contract.bodyBytesMax ?? 2 ** 20) + 1) }),
          ),
        413,
        'too_large',
      );
    });
  },
);

test('the OpenAPI document lists exactly these endpoints and the event stream', async () => {
  const { json } = await wren.get('/api/openapi.json');
  const listed = Object.entries(json.paths as Record<string, object>).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
  );
  const known = Object.values(ENDPOINTS).map(({ method, path }) => `${method} ${path}`);
  expect(listed.sort()).toEqual([...known, 'GET /api/v1/events'].sort());
  expect(json.openapi).toBe('3.1.0');
});
