import { type TestDatabase, testDatabase } from '@tandem/store/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type RunningTandem, startTestServer, type TestClient } from '../testing/index.ts';

/** B13.5: over real HTTP, what goes wrong is said in Chinese to whoever reads Chinese. */

const CHINESE = /[\u4e00-\u9fff]/;
const ENGLISH_SENTENCE = /\b[a-z]{2,} [a-z]{2,} [a-z]{2,}\b/;
const ZH = { 'accept-language': 'zh-CN,zh;q=0.9' };

let database: TestDatabase;
let tandem: RunningTandem;
let lin: TestClient;
let rep: TestClient;
let taskId: string;

beforeAll(async () => {
  database = await testDatabase();
  tandem = await startTestServer({ databaseUrl: database.url });
  lin = tandem.client();
  await lin.signUp('Lin');
  await lin.send('PATCH', '/api/v1/me', { locale: 'zh-CN', timeZone: 'Asia/Shanghai' });
  taskId = (await lin.send('POST', '/api/v1/tasks', { name: 'x' })).json.id;
  rep = tandem.client();
  const { userId } = await rep.signUp('Rep');
  await rep.send('PATCH', '/api/v1/me', { locale: 'zh-CN' });
  await tandem.services.db.pool.query("update tandem.members set role = 'rep' where user_id = $1", [
    userId,
  ]);
});
afterAll(async () => {
  await tandem?.close();
  await database?.drop();
});

const NOWHERE = '/api/v1/tasks/00000000-0000-4000-8000-000000000000';
type Case = [string, number, () => ReturnType<TestClient['send']>];
const cases: Case[] = [
  [
    'invalid_input',
    400,
    () => lin.send('POST', '/api/v1/tasks', { name: '', dueDate: '2026-02-30' }),
  ],
  ['invalid_input', 400, () => lin.send('POST', '/api/v1/tasks', { colour: 'red' })],
  ['invalid_input', 400, () => lin.send('POST', '/api/v1/tasks', '{"name"')],
  ['invalid_input', 400, () => lin.get('/api/v1/tasks?limit=many&cursor=nonsense')],
  ['invalid_input', 400, () => lin.get('/api/v1/tokens?cursor=nonsense')],
  ['invalid_input', 400, () => lin.send('PATCH', '/api/v1/me', { timeZone: 'Mars/Olympus' })],
  ['invalid_template', 400, () => lin.send('PUT', '/api/v1/template', { template: '{{nothing}}' })],
  ['not_found', 404, () => lin.get(NOWHERE)],
  ['not_found', 404, () => lin.send('GET', '/api/v1/nowhere', undefined, ZH)],
  ['method_not_allowed', 405, () => lin.send('PUT', NOWHERE, {}, ZH)],
  ['not_signed_in', 401, () => tandem.client().send('GET', '/api/v1/me', undefined, ZH)],
  [
    'not_signed_in',
    401,
    () => tandem.client().send('GET', '/api/v1/me', undefined, { ...ZH, authorization: 'Basic x' }),
  ],
  ['not_allowed', 403, () => rep.send('PUT', '/api/v1/template', { template: 'x' })],
  [
    'cross_site',
    403,
    () => lin.send('DELETE', NOWHERE, undefined, { ...ZH, 'sec-fetch-site': 'cross-site' }),
  ],
  ['not_connected', 409, () => lin.send('POST', `/api/v1/tasks/${taskId}/send`)],
  [
    'unsupported_media_type',
    415,
    () => lin.send('POST', '/api/v1/tasks', 'name=x', { 'content-type': 'text/plain' }),
  ],
  [
    'too_large',
    413,
    () => lin.send('POST', '/api/v1/tasks', JSON.stringify({ name: 'x'.repeat(2 ** 21) })),
  ],
  [
    'wrong_credentials',
    401,
    () =>
      tandem
        .client()
        .send(
          'POST',
          '/api/auth/sign-in/email',
          { email: 'a@b.example', password: 'nonsense' },
          ZH,
        ),
  ],
  [
    'mail_off',
    409,
    () => tandem.client().send('POST', '/api/auth/forgot-password', { email: 'a@b.example' }, ZH),
  ],
  [
    'link_used',
    410,
    () =>
      tandem
        .client()
        .send('POST', '/api/auth/reset-password', { token: 'x', password: 'long-enough' }, ZH),
  ],
];

describe('to a member who reads Chinese', () => {
  test.each(cases)(
    'B13.5 %s (%i) is said in Chinese, with what to do (%#)',
    async (code, status, ask) => {
      const reply = await ask();
      expect([reply.status, reply.json.code]).toEqual([status, code]);
      const { title, detail, next, errors = [] } = reply.json;
      for (const text of [
        title,
        detail,
        next,
        ...errors.map((one: { message: string }) => one.message),
      ]) {
        expect(text).toMatch(CHINESE);
        expect(text).not.toMatch(ENGLISH_SENTENCE);
      }
      expect(reply.headers.get('content-language')).toBe('zh-CN');
    },
  );

  test('B13.5 faults of a CSV file are too, and its columns are known in either language', async () => {
    const send = (csv: string) => lin.send('POST', '/api/v1/tasks/import', { csv, dryRun: true });
    const { errors } = (
      await send('名称,到期日,负责人\r\nx,2026-02-30,\r\ny,,nobody@b.example\r\n')
    ).json;
    expect(errors).toMatchObject([
      { line: 2, column: 'dueDate', message: '不是日历上的日期' },
      { line: 3, column: 'owner', message: expect.stringContaining('不是你可以分配任务的人') },
    ]);
    const exported = (await lin.get('/api/v1/tasks/export')).text;
    expect(exported).toContain('编号,名称,类型');
    expect((await send(exported)).json).toMatchObject({ unchanged: 1, errors: [] });
  });

  test('B13.5 an English reader is spoken to in English, whatever the browser asks for', async () => {
    const ada = tandem.client();
    await ada.signUp('Ada');
    const reply = await ada.send('GET', NOWHERE, undefined, ZH);
    expect(reply.json).toMatchObject({ title: 'There is nothing here.', next: expect.any(String) });
  });
});
