import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connectSalesforce, eventually } from '../testing/index.ts';
import { MARA, type OneRep, startOneRep } from '../testing/one-rep.ts';
import { asUser, sandboxControl } from '../testing/sandbox-control.ts';

/** The full comparison through all layers, against an org with a Recycle Bin of its own. */

let one: OneRep;
let sandbox: OneRep['sandbox'];
let tandem: OneRep['tandem'];
let mara: OneRep['mara'];

beforeAll(async () => {
  one = await startOneRep();
  ({ sandbox, tandem, mara } = one);
});
afterAll(() => one?.close());

const comparison = async () => (await mara.get('/api/v1/sync/status')).json.comparison;
const put = (body: object) => mara.send('PUT', '/api/v1/sync/settings', body);
const allTasks = async (): Promise<{ id: string; name: string; sync: Record<string, string> }[]> =>
  (await mara.get('/api/v1/tasks?view=all&sort=name')).json.tasks;

async function taskNamed(name: string) {
  const found = (await allTasks()).find((task) => task.name === name);
  if (found === undefined) throw new Error(`No task ${name}`);
  return found;
}

describe('a full comparison', () => {
  test('R13 needs a connection that is on', async () => {
    const asked = await mara.send('POST', '/api/v1/sync/compare');
    expect(asked.json.code).toBe('not_connected');
    await connectSalesforce(mara, tandem.url, MARA);
    const again = await mara.send('POST', '/api/v1/sync/compare');
    expect(again.json.code).toBe('sync_is_off');
  });

  test('R13 B11.6 says how many of how many agree', async () => {
    for (const Subject of ['Edited', 'Deleted', 'Purged', 'Quiet']) {
      const fields = { Subject, Status: 'Not Started', Priority: 'Normal' };
      sandbox.org.insert('Task', fields, asUser(sandbox, MARA.username));
    }
    await put({ mode: 'on', importWindow: '24h' });
    await eventually(async () => expect(await allTasks()).toHaveLength(4));
    expect(await comparison()).toBeNull();
    expect((await mara.send('POST', '/api/v1/sync/compare')).status).toBe(204);
    await eventually(async () => {
      expect(await comparison()).toEqual({
        state: 'done',
        compared: 4,
        agreed: 4,
        missing: 0,
        startedAt: expect.any(String),
        finishedAt: expect.any(String),
      });
    });
  });

  test('B7.2 L4 off and on again: edits merge, what is in the bin goes to Trash, what was purged is kept and marked', async () => {
    const ids = new Map(
      (await allTasks()).map(({ name, sync }) => [name, sync.salesforceId ?? '']),
    );
    const id = (name: string) => ids.get(name) ?? '';
    await put({ mode: 'off' });
    const ctx = asUser(sandbox, MARA.username);
    sandbox.org.update('Task', id('Edited'), { Description: 'Theirs' }, ctx);
    sandbox.org.remove('Task', id('Purged'), ctx);
    await sandboxControl(sandbox, 'bin', { action: 'empty' });
    sandbox.org.remove('Task', id('Deleted'), ctx);

    await put({ mode: 'on', importWindow: '24h' });
    await eventually(async () => {
      expect(await comparison()).toMatchObject({ state: 'done', missing: 1 });
      expect((await taskNamed('Purged')).sync.reason).toBe('no_longer_in_salesforce');
      expect((await allTasks()).map(({ name }) => name)).toEqual(['Edited', 'Purged', 'Quiet']);
      const { id: edited } = await taskNamed('Edited');
      expect((await mara.get(`/api/v1/tasks/${edited}`)).json.details).toBe('Theirs');
    });
    // Marked once, it is no part of what agrees or not.
    await mara.send('POST', '/api/v1/sync/compare');
    await eventually(async () => {
      expect(await comparison()).toMatchObject({ state: 'done', compared: 2, agreed: 2 });
    });
  });
});
