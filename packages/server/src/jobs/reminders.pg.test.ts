import { createMailbox, type Mailbox } from '@tandem/mailbox';
import { addMember, takeMails } from '@tandem/store';
import { type TestDatabase, testDatabase } from '@tandem/store/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createMailer } from '../mail/mailer.ts';
import { type RunningTandem, startTestServer, type TestClient } from '../testing/index.ts';
import { purgeTurn, type ReminderDeps, reminderTurn, watchTurn } from './reminder-turn.ts';

let database: TestDatabase;
let mailbox: Mailbox;
let tandem: RunningTandem;
/** A Friday in November, before breakfast in Oslo. */
let now = '2026-11-27T05:00:00.000Z';
const clock = { now: () => now };
const FROM = 'Tandem <tandem@aldermoor.example>';

beforeAll(async () => {
  database = await testDatabase();
  mailbox = await createMailbox();
  tandem = await startTestServer({
    databaseUrl: database.url,
    clock,
    mail: { smtpUrl: mailbox.smtpUrl, from: FROM },
    // The turns here are all there are: a mail that the server's own loop has taken is not there yet when ours ends.
    reminders: false,
  });
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

/** Somebody in Oslo of whom something is planned. */
async function member(timeZone = 'Europe/Oslo', locale = 'en'): Promise<Member> {
  count += 1;
  const client = tandem.client();
  const { email, userId } = await client.signUp(`Person ${count}`);
  await client.send('PATCH', '/api/v1/me', { timeZone, locale });
  await watchTurn(tandem.services);
  return { client, email, userId };
}

const task = (one: Member, name: string, dueDate: string) =>
  one.client.send('POST', '/api/v1/tasks', { name, dueDate });
const mailsTo = ({ email }: Member) => mailbox.mails().filter(({ to }) => to === email);
const noticesOf = async ({ client }: Member) => (await client.get('/api/v1/notices')).json;
const everythingIsPlanned = () => reminderTurn(tandem.services);
const workerWith = (mailer: ReminderDeps['mailer']): ReminderDeps => ({
  ...tandem.services,
  mailer,
});

describe('a daily digest', () => {
  test('B13.1 comes by mail and in the browser, at eight, with what is overdue, today and tomorrow', async () => {
    now = '2026-11-27T05:00:00.000Z';
    const mara = await member();
    await task(mara, 'Ring Osterly', '2026-11-20');
    await task(mara, 'Send the offer', '2026-11-27');
    await task(mara, 'Visit Marlow', '2026-11-28');
    await task(mara, 'Much later', '2026-12-28');
    now = '2026-11-27T06:59:59.000Z';
    await everythingIsPlanned();
    expect(mailsTo(mara)).toHaveLength(0);
    now = '2026-11-27T07:00:00.000Z';
    await everythingIsPlanned();
    const [mail] = mailsTo(mara);
    expect(mail?.subject).toBe('Your day: 1 overdue, 1 due today, 1 tomorrow');
    for (const name of ['Ring Osterly', 'Send the offer', 'Visit Marlow']) {
      expect(mail?.text).toContain(name);
      expect(mail?.html).toContain(name);
    }
    expect(mail?.text).not.toContain('Much later');
    expect(mail?.text).toMatch(/http:\/\/127\.0\.0\.1:\d+\/\?task=[0-9a-f-]{36}/);
    const { notices, unread } = await noticesOf(mara);
    expect(unread).toBe(1);
    expect(notices).toMatchObject([
      { kind: 'digest', data: { date: '2026-11-27', overdue: 1, today: 1, tomorrow: 1 } },
    ]);
  });

  test('B13.1 says nothing when there is nothing, unless that is wanted', async () => {
    now = '2026-11-27T05:00:00.000Z';
    const quiet = await member();
    const wanted = await member();
    const { settings } = (await wanted.client.get('/api/v1/reminders')).json;
    const digest = { ...settings.digest, whenEmpty: true };
    await wanted.client.send('PUT', '/api/v1/reminders', { ...settings, digest });
    now = '2026-11-27T07:10:00.000Z';
    await everythingIsPlanned();
    expect(mailsTo(quiet)).toHaveLength(0);
    expect(mailsTo(wanted)).toMatchObject([{ subject: 'Nothing is due today' }]);
  });

  test('B13.5 is Chinese for whoever reads Chinese, and its dates are too', async () => {
    now = '2026-11-26T20:00:00.000Z';
    const lin = await member('Asia/Shanghai', 'zh-CN');
    await task(lin, '致电奥斯特利', '2026-11-27');
    now = '2026-11-27T00:00:00.000Z';
    await everythingIsPlanned();
    const [mail] = mailsTo(lin);
    expect(mail?.subject).toBe('今日任务：今天到期 1 个');
    expect(mail?.text).toContain('11月27日');
    expect(mail?.text).not.toMatch(/[A-Za-z]{3,} [a-z]{2,} /);
  });

  test('B13.2 of another time zone comes at another moment, also after moving house', async () => {
    now = '2026-11-27T03:00:00.000Z';
    const tomas = await member('Asia/Kathmandu');
    await task(tomas, 'Write to Ines', '2026-11-27');
    await tomas.client.send('PATCH', '/api/v1/me', { timeZone: 'Pacific/Honolulu' });
    now = '2026-11-27T17:59:00.000Z';
    await everythingIsPlanned();
    expect(mailsTo(tomas)).toHaveLength(0);
    now = '2026-11-27T18:00:00.000Z';
    await everythingIsPlanned();
    expect(mailsTo(tomas)).toHaveLength(1);
  });
});

describe('once', () => {
  test('B13.3 two workers at the same moment send one mail each to many members', async () => {
    now = '2026-11-27T05:00:00.000Z';
    const people = [];
    for (let one = 0; one < 12; one += 1) people.push(await member());
    for (const one of people) await task(one, 'Once', '2026-11-27');
    now = '2026-11-27T07:00:00.000Z';
    const mailer = createMailer({ smtpUrl: mailbox.smtpUrl, from: FROM });
    await Promise.all([
      reminderTurn(workerWith(mailer)),
      reminderTurn(workerWith(mailer)),
      reminderTurn(tandem.services),
    ]);
    await everythingIsPlanned();
    mailer.close();
    for (const one of people) {
      expect(mailsTo(one)).toHaveLength(1);
      expect((await noticesOf(one)).notices).toHaveLength(1);
    }
  });

  test('B13.3 a worker that dies between outbox and sending is followed by another', async () => {
    now = '2026-11-27T05:00:00.000Z';
    const mara = await member();
    await task(mara, 'Survive', '2026-11-27');
    now = '2026-11-27T07:00:00.000Z';
    await reminderTurn(workerWith(null));
    // Taken, and then nothing more is heard of whoever took it.
    expect(await takeMails(tandem.services.db, now, 300_000, 100)).not.toHaveLength(0);
    now = '2026-11-27T07:04:59.000Z';
    await everythingIsPlanned();
    expect(mailsTo(mara)).toHaveLength(0);
    now = '2026-11-27T07:05:00.000Z';
    await everythingIsPlanned();
    await everythingIsPlanned();
    expect(mailsTo(mara)).toHaveLength(1);
  });

  test('B13.3 a time that is moved on the same day makes no second digest', async () => {
    now = '2026-11-27T05:00:00.000Z';
    const mara = await member();
    await task(mara, 'Again', '2026-11-27');
    now = '2026-11-27T07:00:00.000Z';
    await everythingIsPlanned();
    const { settings } = (await mara.client.get('/api/v1/reminders')).json;
    const digest = { ...settings.digest, at: '10:00' };
    await mara.client.send('PUT', '/api/v1/reminders', { ...settings, digest });
    now = '2026-11-27T09:00:00.000Z';
    await everythingIsPlanned();
    expect(mailsTo(mara)).toHaveLength(1);
  });

  test('B13.3 a mail server that is away is asked again, and after the day it is told as missed', async () => {
    now = '2026-11-27T05:00:00.000Z';
    const mara = await member();
    await task(mara, 'No way out', '2026-11-27');
    const away = createMailer({ smtpUrl: 'smtp://127.0.0.1:9', from: FROM });
    now = '2026-11-27T07:00:00.000Z';
    await reminderTurn(workerWith(away));
    now = '2026-11-27T07:01:00.000Z';
    await reminderTurn(workerWith(away));
    away.close();
    expect(mailsTo(mara)).toHaveLength(0);
    // The next local day: what was due yesterday is no use any more.
    now = '2026-11-27T23:00:00.000Z';
    await watchTurn(tandem.services);
    await everythingIsPlanned();
    expect(mailsTo(mara)).toHaveLength(0);
    const { missed } = (await mara.client.get('/api/v1/reminders')).json;
    expect(missed).toEqual([{ kind: 'digest', date: '2026-11-27' }]);
  });
});

describe('mails end where they are not wanted', () => {
  test('B13.4 by the link of the mail, without a sign-in, after asking', async () => {
    now = '2026-11-27T05:00:00.000Z';
    const mara = await member();
    await task(mara, 'Enough', '2026-11-27');
    now = '2026-11-27T07:00:00.000Z';
    await everythingIsPlanned();
    const link = /<(\S+)>/.exec(mailsTo(mara)[0]?.headers['list-unsubscribe'] ?? '')?.[1] ?? '';
    const zh = { headers: { 'accept-language': 'zh-CN' } };
    // Scanners open links; nothing happens.
    const asked = await fetch(link, zh);
    expect(await asked.text()).toContain('不再用邮件给你发送每日摘要？');
    expect((await mara.client.get('/api/v1/reminders')).json.settings.digest.mail).toBe(true);
    const form = { 'content-type': 'application/x-www-form-urlencoded' };
    const done = await fetch(link, {
      method: 'POST',
      headers: form,
      body: 'List-Unsubscribe=One-Click',
    });
    expect([done.status, await done.text()]).toEqual([200, expect.stringContaining('Done.')]);
    const { settings } = (await mara.client.get('/api/v1/reminders')).json;
    expect(settings.digest).toMatchObject({ mail: false, browser: true });
    expect(settings.needsYou.mail).toBe(true);
    const forged = await fetch(`${link.slice(0, -3)}abc`, { method: 'POST' });
    expect(forged.status).toBe(400);
  });
});

describe('what needs somebody', () => {
  test('B13.6 is told once to the person whose move it is, and is gone when it is settled', async () => {
    now = '2026-11-27T12:00:00.000Z';
    const admin = await member();
    const rep = tandem.client();
    await rep.signUp('Rep of the team');
    const { workspaceId } = (await admin.client.get('/api/v1/me')).json;
    const { services } = tandem;
    const { userId } = (await rep.get('/api/v1/me')).json;
    await services.db.pool.query('delete from tandem.members where user_id = $1', [userId]);
    await addMember(services.db, workspaceId, { userId, role: 'rep' }, now);
    const hook = await admin.client.send('POST', '/api/v1/webhooks', {
      name: 'Our warehouse',
      url: 'https://hooks.example/x',
    });
    await services.db.pool.query(
      "update tandem.webhooks set state = 'stopped' where webhook_id = $1",
      [hook.json.id],
    );
    await watchTurn(services);
    await watchTurn(services);
    await everythingIsPlanned();
    expect((await noticesOf(admin)).notices).toMatchObject([
      { kind: 'webhook_stopped', data: { name: 'Our warehouse' } },
    ]);
    expect((await rep.get('/api/v1/notices')).json.notices).toEqual([]);
    expect(mailsTo(admin)).toMatchObject([{ subject: 'A webhook was stopped' }]);
    // Put away it stays away while it lasts.
    await admin.client.send('POST', '/api/v1/notices', { mark: 'cleared' });
    await watchTurn(services);
    expect((await noticesOf(admin)).notices).toEqual([]);
    // It begins anew after it was over.
    await admin.client.send('PATCH', `/api/v1/webhooks/${hook.json.id}`, { state: 'on' });
    await watchTurn(services);
    await services.db.pool.query(
      "update tandem.webhooks set state = 'stopped' where webhook_id = $1",
      [hook.json.id],
    );
    await watchTurn(services);
    expect((await noticesOf(admin)).notices).toHaveLength(1);
    await admin.client.send('PATCH', `/api/v1/webhooks/${hook.json.id}`, { state: 'on' });
    await watchTurn(services);
    expect((await noticesOf(admin)).notices).toEqual([]);
  });
});

describe('the list of notices', () => {
  test('B13.6 is read and put away, one or all, and is one’s own', async () => {
    now = '2026-11-27T12:00:00.000Z';
    const mara = await member();
    const other = await member();
    for (let one = 0; one < 3; one += 1) await mara.client.send('POST', '/api/v1/reminders/test');
    const { notices, unread } = await noticesOf(mara);
    expect([notices.length, unread]).toEqual([3, 3]);
    const ids = [notices[0].id];
    await other.client.send('POST', '/api/v1/notices', { mark: 'cleared', ids });
    await mara.client.send('POST', '/api/v1/notices', { mark: 'read', ids });
    expect((await noticesOf(mara)).unread).toBe(2);
    await mara.client.send('POST', '/api/v1/notices', { mark: 'cleared', ids });
    expect((await noticesOf(mara)).notices).toHaveLength(2);
    const page = (await mara.client.get('/api/v1/notices?limit=1')).json;
    const next = await mara.client.get(`/api/v1/notices?limit=1&cursor=${page.nextCursor}`);
    expect(next.json.notices[0].id).not.toBe(page.notices[0].id);
    await mara.client.send('POST', '/api/v1/notices', { mark: 'cleared' });
    expect(await noticesOf(mara)).toMatchObject({ notices: [], unread: 0 });
  });

  test('B13.6 is kept thirty days, and two hundred at most', async () => {
    now = '2026-11-27T12:00:00.000Z';
    const mara = await member();
    await tandem.services.db.pool.query(
      `insert into tandem.notices (workspace_id, user_id, kind, occurrence, at, shown)
       select workspace_id, user_id, 'test', i::text, $2::timestamptz - make_interval(hours => i), true
       from tandem.members, generate_series(1, 1000) i where user_id = $1`,
      [mara.userId, now],
    );
    await purgeTurn(tandem.services);
    const count = async () => {
      const { rows } = await tandem.services.db.pool.query<{ count: string }>(
        'select count(*) from tandem.notices where user_id = $1',
        [mara.userId],
      );
      return Number(rows[0]?.count);
    };
    expect(await count()).toBe(200);
    now = '2026-12-27T11:59:59.000Z';
    await purgeTurn(tandem.services);
    expect(await count()).toBe(0);
  });
});

test('B13.1 in a team of more than a thousand everybody has settings of reminders', async () => {
  const zoe = await member();
  await zoe.client.send('PATCH', '/api/v1/me', { name: 'Zoe, the last by name' });
  const { pool } = tandem.services.db;
  await pool.query(
    `insert into auth."user" ("id", "name", "email", "emailVerified")
     select 'crowd' || i, 'Abel', 'crowd' || i || '@tandem.example', true
     from generate_series(1, 1000) i`,
  );
  await pool.query(
    `insert into tandem.members (workspace_id, user_id, role, created_at)
     select m.workspace_id, 'crowd' || i, 'rep', now()
     from tandem.members m, generate_series(1, 1000) i where m.user_id = $1`,
    [zoe.userId],
  );
  expect((await zoe.client.get('/api/v1/reminders')).status).toBe(200);
});
