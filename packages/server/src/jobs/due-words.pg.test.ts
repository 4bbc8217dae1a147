import { createMailbox, type Mailbox } from '@tandem/mailbox';
import { addMember, planReminders } from '@tandem/store';
import { type TestDatabase, testDatabase } from '@tandem/store/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dueReminders } from '../reminders/due-reminders.ts';
import { type RunningTandem, startTestServer, type TestClient } from '../testing/index.ts';
import { purgeTurn, reminderTurn, watchTurn } from './reminder-turn.ts';

/** The word on the due date and the one the evening before it, with the clock moved by hand. */

let database: TestDatabase;
let mailbox: Mailbox;
let tandem: RunningTandem;
/** A Friday in November. */
const MIDNIGHT = '2026-11-27T00:00:00.000Z';
let now = MIDNIGHT;
const clock = { now: () => now };

beforeAll(async () => {
  database = await testDatabase();
  mailbox = await createMailbox();
  tandem = await startTestServer({
    databaseUrl: database.url,
    clock,
    mail: { smtpUrl: mailbox.smtpUrl, from: 'Tandem <tandem@aldermoor.example>' },
    // The turns of `at` are all there are, so that all is said when they have ended.
    reminders: false,
  });
});
afterAll(async () => {
  await tandem?.close();
  await mailbox?.close();
  await database?.drop();
});

interface Member {
  readonly client: TestClient;
  readonly email: string;
  readonly userId: string;
}

let count = 0;

/** Told of what is due only, on the day and the evening before it, by mail and in the browser. */
async function member(timeZone: string, locale = 'en', team?: Member): Promise<Member> {
  count += 1;
  const client = tandem.client();
  const { email, userId } = await client.signUp(`Person ${count}`);
  if (team !== undefined) await join(userId, team);
  await client.send('PATCH', '/api/v1/me', { timeZone, locale });
  const { settings } = (await client.get('/api/v1/reminders')).json;
  const both = { mail: true, browser: true };
  const changed = await client.send('PUT', '/api/v1/reminders', {
    ...settings,
    digest: { ...settings.digest, mail: false, browser: false },
    due: { ...settings.due, ...both },
    eve: { ...settings.eve, ...both },
  });
  expect(changed.status).toBe(200);
  return { client, email, userId };
}

async function join(userId: string, { client }: Member): Promise<void> {
  const { db } = tandem.services;
  const { workspaceId } = (await client.get('/api/v1/me')).json;
  await db.pool.query('delete from tandem.members where user_id = $1', [userId]);
  await addMember(db, workspaceId, { userId, role: 'rep' }, now);
}

async function task(by: Member, name: string, dueDate: string, owner: Member = by) {
  const body = { name, dueDate, ownerId: owner.userId };
  return (await by.client.send('POST', '/api/v1/tasks', body)).json;
}
const mailsTo = ({ email }: Member) => mailbox.mails().filter(({ to }) => to === email);
const wordsTo = async ({ client }: Member) =>
  (await client.get('/api/v1/notices')).json.notices.map(
    ({ kind, data }: { kind: string; data: object }) => ({ kind, ...data }),
  );

/** As it is at that moment in every process, of which there are three. */
async function at(moment: string): Promise<void> {
  now = moment;
  const processes = [tandem.services, { ...tandem.services }, { ...tandem.services }];
  await Promise.all(processes.map(watchTurn));
  await Promise.all(processes.map(reminderTurn));
}

describe('on the due date and the evening before it', () => {
  test.each([
    {
      timeZone: 'Europe/Oslo',
      locale: 'en',
      nine: '2026-11-27T08:00:00.000Z',
      six: '2026-11-27T17:00:00.000Z',
      subjects: ['1 task is due tomorrow', '2 tasks are due today'],
      heading: 'Due today, Friday 27 November',
    },
    {
      timeZone: 'Asia/Shanghai',
      locale: 'zh-CN',
      nine: '2026-11-27T01:00:00.000Z',
      six: '2026-11-27T10:00:00.000Z',
      subjects: ['明天有 1 个任务到期', '今天有 2 个任务到期'],
      heading: '今天到期 · 11月27日星期五',
    },
  ])(
    'B13.1 B13.2 in $timeZone each comes at its hour, by mail and as a notice, and once',
    async (where) => {
      const { timeZone, locale, nine, six, subjects, heading } = where;
      now = MIDNIGHT;
      const mara = await member(timeZone, locale);
      for (const [name, date] of [
        ['Ring Osterly', '2026-11-27'],
        ['Send the offer', '2026-11-27'],
        ['Visit Marlow', '2026-11-28'],
        ['Long overdue', '2026-11-20'],
      ] as const)
        await task(mara, name, date);
      await at(new Date(Date.parse(nine) - 1_000).toISOString());
      expect([await wordsTo(mara), mailsTo(mara)]).toEqual([[], []]);
      await at(nine);
      const due = { kind: 'due', date: '2026-11-27', count: 2 };
      expect(await wordsTo(mara)).toEqual([due]);
      expect(mailsTo(mara)).toHaveLength(1);
      const [onTheDay] = mailsTo(mara);
      expect(onTheDay?.subject).toBe(subjects[1]);
      expect(onTheDay?.text).toContain(heading);
      expect(onTheDay?.text).toContain('Ring Osterly');
      expect(onTheDay?.html).toContain('Send the offer');
      expect(onTheDay?.text).not.toMatch(/Visit Marlow|Long overdue/);
      await at(new Date(Date.parse(six) - 1_000).toISOString());
      expect(mailsTo(mara)).toHaveLength(1);
      await at(six);
      await at(new Date(Date.parse(six) + 3_600_000).toISOString());
      expect(await wordsTo(mara)).toEqual([{ kind: 'eve', date: '2026-11-28', count: 1 }, due]);
      expect(mailsTo(mara)).toHaveLength(2);
      expect(mailsTo(mara).map(({ subject }) => subject)).toEqual(subjects);
      const theEveBefore = mailsTo(mara)[0];
      expect(theEveBefore?.text).toContain('Visit Marlow');
      expect(theEveBefore?.text).not.toMatch(/Ring Osterly|Long overdue/);
    },
  );

  test('B13.1 nothing is due: nothing is said; and no mail speaks of what was done before it left', async () => {
    now = MIDNIGHT;
    const idle = await member('Europe/Oslo');
    const quick = await member('Europe/Oslo');
    const { id } = await task(quick, 'Done at once', '2026-11-27');
    // Written down, and not sent yet.
    const nine = '2026-11-27T08:00:00.000Z';
    await planReminders(tandem.services.db, nine, (one) => dueReminders(nine, one), 100);
    await quick.client.send('PATCH', `/api/v1/tasks/${id}`, { status: 'complete' });
    await at('2026-11-27T17:00:00.000Z');
    expect(await wordsTo(idle)).toEqual([]);
    expect(await wordsTo(quick)).toEqual([{ kind: 'due', date: '2026-11-27', count: 1 }]);
    expect([...mailsTo(idle), ...mailsTo(quick)]).toEqual([]);
  });
});

describe('what becomes due today after the hour', () => {
  const minutesPastNine = (minutes: number) =>
    new Date(Date.parse('2026-11-27T08:00:00.000Z') + minutes * 60_000).toISOString();

  test('B13.3 through a teammate it has one word of its own, with three processes and after restarts', async () => {
    now = MIDNIGHT;
    const boss = await member('Europe/Oslo');
    const mara = await member('Europe/Oslo', 'en', boss);
    await task(mara, 'Ring Osterly', '2026-11-27');
    await at(minutesPastNine(0));
    const first = { kind: 'due', date: '2026-11-27', count: 1 };
    expect(await wordsTo(mara)).toEqual([first]);
    now = minutesPastNine(30);
    const { id } = await task(boss, 'The boss wants it', '2026-11-27', mara);
    // A slip would be mended within the minute.
    await at(minutesPastNine(30.9));
    expect(await wordsTo(mara)).toEqual([first]);
    await at(minutesPastNine(31));
    await at(minutesPastNine(32));
    const late = { ...first, more: true };
    expect(await wordsTo(mara)).toEqual([late, first]);
    expect(mailsTo(mara)).toHaveLength(2);
    const [mail] = mailsTo(mara);
    expect(mail?.subject).toBe('Something more is due today');
    expect(mail?.text).toContain('The boss wants it');
    // Known is known: away from today and back, and the list put away.
    const due = (dueDate: string) => boss.client.send('PATCH', `/api/v1/tasks/${id}`, { dueDate });
    await due('2026-11-30');
    await at(minutesPastNine(40));
    await due('2026-11-27');
    await mara.client.send('POST', '/api/v1/notices', { mark: 'cleared' });
    await at(minutesPastNine(60));
    expect(await wordsTo(mara)).toEqual([]);
    expect(mailsTo(mara)).toHaveLength(2);
    expect(await wordsTo(boss)).toEqual([]);
  });

  test('B13.3 through Salesforce too, several in one word; what one does oneself is no news', async () => {
    now = MIDNIGHT;
    const mara = await member('Europe/Oslo');
    const tasks = [];
    for (const name of ['One', 'Two']) tasks.push(await task(mara, name, '2026-12-24'));
    await at(minutesPastNine(0));
    now = minutesPastNine(10);
    await task(mara, 'My own idea', '2026-11-27');
    await at(minutesPastNine(20));
    expect(await wordsTo(mara)).toEqual([]);
    // As a poll brings it in: the value, and the line of history with the other side’s person.
    for (const { id } of tasks)
      await tandem.services.db.pool.query(
        `with moved as (
           update tandem.tasks set due_date = '2026-11-27', updated_at = $2 where task_id = $1
           returning workspace_id, task_id)
         insert into tandem.journal (workspace_id, task_id, at, actor, kind, field, side, rule)
         select workspace_id, task_id, $2, '005000000000001', 'pulled', 'dueDate', 'sf', 'B8.1' from moved`,
        [id, minutesPastNine(20)],
      );
    await at(minutesPastNine(25));
    await at(minutesPastNine(26));
    const word = { kind: 'due', date: '2026-11-27', count: 2, more: true };
    expect(await wordsTo(mara)).toEqual([word]);
  });

  test('B13.3 where nothing was due at the hour it is the day’s first word; a server that was late tells all in one', async () => {
    now = MIDNIGHT;
    const boss = await member('Europe/Oslo');
    const mara = await member('Europe/Oslo', 'zh-CN', boss);
    const lin = await member('Europe/Oslo', 'en', boss);
    await task(lin, 'Before the hour', '2026-11-27');
    // Nobody was there at nine; then the boss had given Lin one more.
    const { id } = await task(boss, 'While it was down', '2026-11-27', lin);
    await tandem.services.db.pool.query(
      `with moved as (update tandem.tasks set updated_at = $2 where task_id = $1)
       update tandem.journal set at = $2 where task_id = $1`,
      [id, minutesPastNine(45)],
    );
    await at(minutesPastNine(60));
    await task(boss, 'For Mara', '2026-11-27', mara);
    await at(minutesPastNine(62));
    expect(await wordsTo(lin)).toEqual([{ kind: 'due', date: '2026-11-27', count: 2 }]);
    const first = { kind: 'due', date: '2026-11-27', count: 1, more: false };
    expect(await wordsTo(mara)).toEqual([first]);
    expect(mailsTo(mara)).toMatchObject([{ subject: '今天有 1 个任务到期' }]);
    // The day is over: it is overdue now, and the digest says so.
    now = '2026-11-27T22:59:30.000Z';
    await task(boss, 'Too late for today', '2026-11-27', mara);
    await at('2026-11-27T23:01:00.000Z');
    expect(await wordsTo(mara)).toEqual([first]);
    // What was known is forgotten after some days.
    now = '2026-12-02T12:00:00.000Z';
    await purgeTurn(tandem.services);
    const { rows } = await tandem.services.db.pool.query('select from tandem.due_words');
    expect(rows).toEqual([]);
  });
});
