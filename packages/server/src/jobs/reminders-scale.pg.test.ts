import { planReminders } from '@tandem/store';
import { type TestDatabase, testDatabase } from '@tandem/store/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { dueReminders } from '../reminders/due-reminders.ts';
import { type RunningTandem, startTestServer } from '../testing/index.ts';

/** Ten thousand people whose digests come due at the same moment. */
const MEMBERS = 10_000;
const STEP = 200;
const EIGHT = '2026-11-27T08:00:00.000Z';

let database: TestDatabase;
let tandem: RunningTandem;

beforeAll(async () => {
  database = await testDatabase();
  // Its own clock stands still before it all, so that only this test decides.
  const clock = { now: () => '2026-11-26T08:00:00.000Z' };
  tandem = await startTestServer({ databaseUrl: database.url, clock });
  const { pool } = tandem.services.db;
  await pool.query(`
    insert into tandem.workspaces (workspace_id, name, created_at)
      values ('00000000-0000-4000-8000-000000000001', 'Many', now());
    insert into auth."user" ("id", "name", "email", "emailVerified")
      select 'u' || i, 'Person ' || i, 'u' || i || '@aldermoor.example', true
      from generate_series(1, ${MEMBERS}) i;
    insert into tandem.members (workspace_id, user_id, role, time_zone, created_at)
      select '00000000-0000-4000-8000-000000000001', 'u' || i, 'rep',
        case when i % 2 = 0 then 'Europe/London' else 'UTC' end, now()
      from generate_series(1, ${MEMBERS}) i;
    insert into tandem.tasks (workspace_id, owner_id, name, type, status, priority, details, origin,
        due_date, created_at, updated_at)
      select '00000000-0000-4000-8000-000000000001', 'u' || i, 'x', 'call', 'open', 'normal', '', 'app',
        '2026-11-27'::date - d, now(), now()
      from generate_series(1, ${MEMBERS}) i, generate_series(0, 2) d;
    insert into tandem.reminders (workspace_id, user_id, decided_until, next_at)
      select workspace_id, user_id, '2026-11-26T08:00:00Z', '${EIGHT}' from tandem.members;
    analyze;
  `);
});
afterAll(async () => {
  await tandem?.close();
  await database?.drop();
});

test('B13.3 ten thousand digests are decided in bounded steps by two at once, one each', async () => {
  const { db } = tandem.services;
  const begun = performance.now();
  const worker = async () => {
    let said = 0;
    for (;;) {
      const step = await planReminders(db, EIGHT, (one) => dueReminders(EIGHT, one), STEP);
      expect(step.taken).toBeLessThanOrEqual(STEP);
      said += step.said;
      if (step.taken === 0) return said;
    }
  };
  const said = await Promise.all([worker(), worker()]);
  expect(said[0] + said[1]).toBe(MEMBERS);
  // About ten seconds on two cores, and ten times that on busy ones.
  expect(performance.now() - begun).toBeLessThan(100_000);
  const { rows } = await db.pool.query(
    "select count(*)::int as n, count(distinct user_id)::int as u from tandem.notices where mail = 'waiting'",
  );
  expect(rows).toEqual([{ n: MEMBERS, u: MEMBERS }]);
}, 300_000);

test('B13.3 who is due, and what waits to be mailed, are read from indexes that hold nothing else', async () => {
  const { pool } = tandem.services.db;
  await pool.query('analyze tandem.reminders, tandem.notices');
  const plan = async (statement: string) => {
    const { rows } = await pool.query<{ 'QUERY PLAN': string }>(`explain ${statement}`);
    return rows.map((row) => row['QUERY PLAN']).join('\n');
  };
  const due = `select user_id from tandem.reminders where next_at <= '${EIGHT}' order by next_at limit ${STEP}`;
  expect(await plan(due)).toContain('reminders_due');
  const mails = `select notice_id from tandem.notices where mail = 'waiting'
    and mail_next_at <= '${EIGHT}' order by mail_next_at limit 100`;
  expect(await plan(mails)).toContain('notices_to_mail');
});
