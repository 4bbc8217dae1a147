import { type TestDatabase, testDatabase } from '@tandem/store/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type RunningTandem, startTestServer } from '../testing/index.ts';

const TOKEN = 'only-for-figures-0123';
let database: TestDatabase;
let tandem: RunningTandem;
beforeAll(async () => {
  database = await testDatabase();
  tandem = await startTestServer({ databaseUrl: database.url, metricsToken: TOKEN });
});
afterAll(async () => {
  await tandem?.close();
  await database?.drop();
});

test('B12.1 with a token set, /metrics answers whoever has it', async () => {
  const program = tandem.client();
  program.token = TOKEN;
  const reply = await program.get('/metrics');
  expect(reply.status).toBe(200);
  expect(reply.text).toContain('tandem_sync_accounts{state="on"} 0');
});

test('B12.1 and nobody else, an admin without it neither', async () => {
  const admin = tandem.client();
  await admin.signUp('Ada Quint');
  const ask = (headers: Record<string, string>) =>
    admin.send('GET', '/metrics', undefined, headers);
  for (const authorization of ['', 'Bearer', `Bearer ${TOKEN}x`, `Basic ${TOKEN}`, TOKEN]) {
    const { status, json, text } = await ask({ authorization });
    expect([status, json.code]).toEqual([401, 'not_signed_in']);
    expect(text).not.toContain('tandem_sync_accounts');
  }
  const chinese = await ask({ 'accept-language': 'zh-CN' });
  expect([chinese.status, chinese.json.detail]).toEqual([
    401,
    expect.stringContaining('读取这些指标'),
  ]);
});

test('B12.1 it opens nothing but that, and health stays open', async () => {
  const program = tandem.client();
  program.token = TOKEN;
  expect((await program.get('/api/v1/me')).status).toBe(401);
  for (const path of ['/healthz', '/readyz']) {
    expect((await tandem.client().get(path)).status).toBe(200);
  }
});
