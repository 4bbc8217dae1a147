import { createMailbox, type Mailbox } from '@tandem/mailbox';
import { type TestDatabase, testDatabase } from '@tandem/store/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type RunningTandem, startTestServer, type TestClient } from '../testing/index.ts';

/** Real SMTP, caught on this machine. */

const FROM = 'Tandem <tandem@tandem.example>';
let mailbox: Mailbox;
let database: TestDatabase;
let tandem: RunningTandem;
let admin: TestClient;

beforeAll(async () => {
  mailbox = await createMailbox();
  database = await testDatabase();
  tandem = await startTestServer({
    databaseUrl: database.url,
    mail: { smtpUrl: mailbox.smtpUrl, from: FROM },
  });
  admin = tandem.client();
  await admin.signUp('Ada Quint');
  await admin.send('PATCH', '/api/v1/workspace', { name: 'Aldermoor & Sons' });
});
afterAll(async () => {
  await tandem?.close();
  await database?.drop();
  await mailbox?.close();
});

const invite = async (body: object) => (await admin.send('POST', '/api/v1/invitations', body)).json;
const mailTo = (email: string) => mailbox.mails().find(({ to }) => to === email);

describe('an invitation with an address', () => {
  test('B12.1 goes there by mail, and the link in it lets that person in', async () => {
    const made = await invite({ role: 'manager', email: 'bo@tandem.example' });
    expect(made).toMatchObject({ mailed: true, mailFault: null });
    const mail = mailTo('bo@tandem.example');
    expect(mail?.subject).toBe('Ada Quint invites you to Aldermoor & Sons');
    expect(mail?.text).toContain('Your role there: manager.');
    expect(mail?.html).toContain('Aldermoor &amp; Sons');
    const link = /http\S+\/join#(\S+)/.exec(mail?.text ?? '');
    expect(link?.[1]).toBe(made.token);
    const bo = tandem.client();
    const joined = await bo.send('POST', '/api/auth/invitation/accept', {
      token: link?.[1],
      name: 'Bo Quint',
      email: 'bo@tandem.example',
      password: 'correct-horse',
    });
    expect(joined.status).toBe(200);
    expect((await bo.get('/api/v1/me')).json).toMatchObject({ role: 'manager' });
  });

  test('B12.1 is written in the language of the person who invites', async () => {
    await admin.send('PATCH', '/api/v1/me', { locale: 'zh-CN', timeZone: 'Asia/Shanghai' });
    await invite({ role: 'rep', email: 'lin@tandem.example' });
    await admin.send('PATCH', '/api/v1/me', { locale: 'en' });
    const mail = mailTo('lin@tandem.example');
    expect(mail?.subject).toBe('Ada Quint 邀请你加入 Aldermoor & Sons');
    expect(mail?.text).toContain('你在其中的角色是：销售');
    expect(mail?.html).toContain('lang="zh-CN"');
  });

  test('B12.1 stands although the mail server refuses, and the answer says so', async () => {
    const made = await invite({ role: 'rep', email: 'refused@nobody.invalid' });
    expect(made).toMatchObject({ mailed: false, mailFault: expect.stringMatching(/^E[A-Z]+ 5/) });
    const shown = await tandem.client().send('POST', '/api/auth/invitation', { token: made.token });
    expect(shown.json).toMatchObject({ email: 'refused@nobody.invalid' });
  });
});

test('B12.1 an invitation without an address goes nowhere by itself', async () => {
  const before = mailbox.mails().length;
  expect(await invite({ role: 'rep' })).toMatchObject({ mailed: false, mailFault: null });
  expect(mailbox.mails()).toHaveLength(before);
});
