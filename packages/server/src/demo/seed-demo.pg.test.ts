import { type TestDatabase, testDatabase } from '@tandem/store/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type RunningTandem, startTestServer } from '../testing/index.ts';
import { DEMO_PASSWORD, DEMO_PEOPLE } from './people.ts';
import { seedDemo } from './seed-demo.ts';

let database: TestDatabase;
let tandem: RunningTandem;
beforeAll(async () => {
  database = await testDatabase();
  tandem = await startTestServer({ databaseUrl: database.url });
});
afterAll(async () => {
  await tandem?.close();
  await database?.drop();
});

test('the demo people have one workspace and tasks of their own, made only once', async () => {
  const first = await seedDemo(tandem.services);
  expect(first.note).toBe('4 people, 60 tasks');
  expect((await seedDemo(tandem.services)).note).toBe('was there');
  for (const { email, name, role } of DEMO_PEOPLE) {
    const client = tandem.client();
    const signIn = { email, password: DEMO_PASSWORD };
    expect((await client.send('POST', '/api/auth/sign-in/email', signIn)).status).toBe(200);
    const me = (await client.get('/api/v1/me')).json;
    expect(me).toMatchObject({ name, role, workspaceName: 'Aldermoor' });
    const own = await client.get(`/api/v1/tasks?view=all&owner=${me.userId}`);
    expect(own.json.tasks).toHaveLength(15);
  }
});

test('a database that people use already gets no demo', async () => {
  const other = await testDatabase();
  const theirs = await startTestServer({ databaseUrl: other.url });
  await theirs.client().signUp('Somebody');
  expect(await seedDemo(theirs.services)).toMatchObject({ demo: null });
  await theirs.close();
  await other.drop();
});
