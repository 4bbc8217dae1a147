import { createMailbox, type Mailbox } from '@tandem/mailbox';
import { type TestDatabase, testDatabase } from '@tandem/store/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  eventually,
  type RunningTandem,
  startTestServer,
  type TestClient,
} from '../testing/index.ts';

let database: TestDatabase;
let mailbox: Mailbox;
let tandem: RunningTandem;

beforeAll(async () => {
  database = await testDatabase();
  mailbox = await createMailbox();
  const mail = { smtpUrl: mailbox.smtpUrl, from: 'Tandem <tandem@aldermoor.example>' };
  tandem = await startTestServer({ databaseUrl: database.url, mail });
});
afterAll(async () => {
  await tandem?.close();
  await mailbox?.close();
  await database?.drop();
});

let count = 0;
interface Member {
  readonly client: TestClient;
  readonly email: string;
  readonly userId: string;
}

async function member(): Promise<Member> {
  count += 1;
  const client = tandem.client();
  return { client, ...(await client.signUp(`Person ${count}`)) };
}

const mailsTo = ({ email }: Member) => mailbox.mails().filter(({ to }) => to === email);

describe('a new password by mail', () => {
  test('B12.1 works once, ends every session, and tells nobody whether an address is known', async () => {
    const mara = await member();
    const nobody = tandem.client();
    const ask = (email: string) => nobody.send('POST', '/api/auth/forgot-password', { email });
    const known = await ask(mara.email);
    const unknown = await ask('stranger@aldermoor.example');
    expect([known.status, known.text]).toEqual([unknown.status, unknown.text]);
    const mail = await eventually(async () => {
      const [first] = mailsTo(mara);
      if (first === undefined) throw new Error('not yet');
      return first;
    });
    expect(mail.subject).toBe('Choose a new password');
    expect(mailbox.mails().some(({ to }) => to === 'stranger@aldermoor.example')).toBe(false);
    const token = /reset-password#(\S+)/.exec(mail.text)?.[1];
    const password = 'another long password';
    const reset = () => nobody.send('POST', '/api/auth/reset-password', { token, password });
    expect((await reset()).status).toBe(204);
    expect((await reset()).json.code).toBe('link_used');
    expect((await mara.client.get('/api/v1/me')).status).toBe(401);
    const signIn = (word: string) =>
      nobody.send('POST', '/api/auth/sign-in/email', { email: mara.email, password: word });
    expect((await signIn('correct-horse')).status).toBe(401);
    expect((await signIn(password)).status).toBe(200);
  });

  test('B12.6 one that was set, by a link or in a browser, makes every other link of before worthless', async () => {
    const mara = await member();
    const nobody = tandem.client();
    const links = async (count: number): Promise<string[]> => {
      const had = mailsTo(mara).length;
      for (let asked = 0; asked < count; asked += 1) {
        await nobody.send('POST', '/api/auth/forgot-password', { email: mara.email });
      }
      return eventually(async () => {
        const fresh = mailsTo(mara).slice(0, -had || undefined);
        expect(fresh).toHaveLength(count);
        return fresh.map(({ text }) => /reset-password#(\S+)/.exec(text)?.[1] ?? '');
      });
    };
    const reset = async (token = '', password = 'a new long password') =>
      (await nobody.send('POST', '/api/auth/reset-password', { token, password })).status;
    const [first, second] = await links(2);
    expect(await reset(first)).toBe(204);
    expect(await reset(second)).toBe(410);
    const [third] = await links(1);
    const { email } = mara;
    const password = 'a new long password';
    await mara.client.send('POST', '/api/auth/sign-in/email', { email, password });
    const change = { currentPassword: password, newPassword: 'battery-staple' };
    expect((await mara.client.send('POST', '/api/v1/me/password', change)).status).toBe(204);
    expect(await reset(third)).toBe(410);
  });

  test('B12.4 is in the audit log', async () => {
    const mara = await member();
    await tandem.client().send('POST', '/api/auth/forgot-password', { email: mara.email });
    const token = await eventually(async () => {
      const found = /reset-password#(\S+)/.exec(mailsTo(mara)[0]?.text ?? '')?.[1];
      expect(found).toBeDefined();
      return found;
    });
    const body = { token, password: 'a new long password' };
    await tandem.client().send('POST', '/api/auth/reset-password', body);
    const { email } = mara;
    await mara.client.send('POST', '/api/auth/sign-in/email', { email, password: body.password });
    const { entries } = (await mara.client.get('/api/v1/audit?action=password_reset')).json;
    expect(entries).toMatchObject([{ actorId: mara.userId }]);
    expect(JSON.stringify(entries)).not.toContain(token);
  });
});
