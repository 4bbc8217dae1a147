import { afterAll, beforeAll, expect, test } from 'vitest';
import { eventually } from '../testing/index.ts';
import { MARA, type OneRep, startOneRepInSync } from '../testing/one-rep.ts';
import { asUser, sandboxControl } from '../testing/sandbox-control.ts';

let one: OneRep;
let sandbox: OneRep['sandbox'];
let tandem: OneRep['tandem'];
let mara: OneRep['mara'];

beforeAll(async () => {
  one = await startOneRepInSync();
  ({ sandbox, tandem, mara } = one);
});
afterAll(() => one?.close());

const inSalesforce = (fields: Record<string, unknown>) => {
  const as = asUser(sandbox, MARA.username);
  return sandbox.org.insert('Task', { OwnerId: as.userId, ...fields }, as);
};
const syncNow = () => mara.send('POST', '/api/v1/sync/now', {});

test('L3 I6 a text no database holds comes in with the one sign replaced, and does not go back', async () => {
  inSalesforce({ Subject: 'Bad \u0000 one', Description: 'half \ud83d' });
  inSalesforce({ Subject: 'Good one' });
  await syncNow();
  await eventually(async () => {
    const { rows } = await tandem.services.db.pool.query(
      'select name, details from tandem.tasks order by name',
    );
    expect(rows).toEqual([
      { name: 'Bad \ufffd one', details: 'half \ufffd' },
      { name: 'Good one', details: '' },
    ]);
  });
  const { rows } = await tandem.services.db.pool.query(
    `select kind from tandem.journal where kind not in ('imported', 'created')`,
  );
  expect(rows).toEqual([]);
});

test('R7 R8 a key field that is taken away is noticed, and tasks go out without it', async () => {
  await tandem.services.db.pool.query(`update tandem.orgs set read_at = now() - interval '1 hour'`);
  await sandboxControl(sandbox, 'settings', { creationKeyField: false });
  const { id } = (await mara.send('POST', '/api/v1/tasks', { name: 'Without a key' })).json;
  await syncNow();
  await eventually(async () => {
    const { rows } = await tandem.services.db.pool.query(
      'select creation_key_field from tandem.orgs',
    );
    expect(rows).toEqual([{ creation_key_field: false }]);
  });
  await syncNow();
  await eventually(async () => {
    expect((await mara.get(`/api/v1/tasks/${id}`)).json.sync.state).toBe('in_step');
  });
});
