import type { Instant } from '@tandem/engine';
import { sql } from 'kysely';
import type { Database } from '../database.ts';
import { notify } from '../events/notify.ts';
import { notLeft } from '../tasks/list-tasks.ts';
import { type Executor, inTransaction } from '../transaction.ts';
import { settingsColumn } from './reminder-settings.ts';
import type { DueDay, DueMember, Occasion } from './reminder-types.ts';

/** What the caller, who knows zones and calendars, makes of a member whose moment has come. */
export type Decide = (member: DueMember) => {
  readonly occasions: readonly Occasion[];
  readonly nextAt: Instant | null;
  readonly dueDay: DueDay | null;
};

/**
 * Takes members whose moment has come, decides, and writes what is to be said and when to look again, in one
 * transaction: either all of it is there or none, so a crash repeats nothing and loses nothing. Two workers
 * take different members. Answers how many were taken; as many as `limit`: there may be more.
 * The first rows of reminders_due, then one look at the open tasks of each of them
 * (tasks_open_by_owner_and_due).
 */
export async function planReminders(
  db: Database,
  now: Instant,
  decide: Decide,
  limit: number,
): Promise<{ readonly taken: number; readonly said: number }> {
  return inTransaction(db, async (trx) => {
    const { rows: members } = await sql<DueMember & { isRemoved: boolean }>`
      select r.workspace_id as "workspaceId", r.user_id as "userId", m.time_zone as "timeZone",
        ${settingsColumn} as settings, r.decided_until as "decidedUntil",
        r.due_day as "dueDay",
        m.removed_at is not null as "isRemoved"
      from tandem.reminders r
      join tandem.members m using (workspace_id, user_id)
      where r.next_at <= ${now}::timestamptz
      order by r.next_at
      limit ${limit}
      for update of r skip locked
    `.execute(trx);
    if (members.length === 0) return { taken: 0, said: 0 };
    const decided = members.map((member) => ({ member, ...decide(member) }));
    const said = await say(
      trx,
      // Whoever was removed is told nothing, and goes on where the days are when coming back.
      decided.flatMap(({ member, occasions }) =>
        member.isRemoved ? [] : occasions.map((one) => rowOf(member, one)),
      ),
      now,
    );
    const next = decided.map(({ member, nextAt, dueDay }) => ({
      w: member.workspaceId,
      u: member.userId,
      at: nextAt,
      day: dueDay?.date ?? null,
      ends: dueDay?.until ?? null,
    }));
    await sql`
      update tandem.reminders r set decided_until = ${now}::timestamptz, next_at = n.at,
        due_day = n.day, due_day_ends = n.ends
      from jsonb_to_recordset(${JSON.stringify(next)}::jsonb) as n (w uuid, u text, at timestamptz,
        day date, ends timestamptz)
      where r.workspace_id = n.w and r.user_id = n.u
    `.execute(trx);
    return { taken: members.length, said };
  });
}

function rowOf(member: DueMember, { kind, date, until, missed }: Occasion) {
  const { mail, browser } = member.settings[kind];
  return {
    w: member.workspaceId,
    u: member.userId,
    kind,
    date,
    until,
    missed,
    mail,
    browser,
    empty: kind === 'digest' && member.settings.digest.whenEmpty,
  };
}

/**
 * Counts what there is to say at this moment, and leaves out whoever has nothing. Of which tasks a word on the due
 * date spoke is kept, of the same moment: what comes after it has a word of its own (late-due.ts).
 */
async function say(
  trx: Executor,
  rows: readonly ReturnType<typeof rowOf>[],
  now: Instant,
): Promise<number> {
  if (rows.length === 0) return 0;
  const { rows: said } = await sql<{ w: string; u: string }>`
    with said as (
    insert into tandem.notices (workspace_id, user_id, kind, occurrence, data, at, shown, mail,
      mail_next_at, mail_until, mail_fault)
    select o.w, o.u, o.kind, o.date::text,
      case o.kind
        when 'digest' then jsonb_build_object('date', o.date, 'overdue', c.overdue,
          'today', c.today, 'tomorrow', c.tomorrow)
        when 'due' then jsonb_build_object('date', o.date, 'count', c.today)
        else jsonb_build_object('date', o.date + 1, 'count', c.tomorrow) end,
      ${now}::timestamptz, o.browser and not o.missed,
      case when not o.mail then 'none' when o.missed then 'skipped' else 'waiting' end,
      case when o.mail and not o.missed then ${now}::timestamptz end,
      case when o.mail then o.until end,
      case when o.mail and o.missed then 'too_late' end
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as o (w uuid, u text, kind text, date date,
      until timestamptz, missed boolean, mail boolean, browser boolean, empty boolean)
    cross join lateral (
      select count(*) filter (where t.due_date < o.date) as overdue,
        count(*) filter (where t.due_date = o.date) as today,
        count(*) filter (where t.due_date = o.date + 1) as tomorrow
      from tandem.tasks t
      where t.workspace_id = o.w and t.owner_id = o.u and t.status = 'open' and t.trashed_at is null
        and coalesce(t.due_date, 'infinity'::date) <= o.date + 1 and ${notLeft}
    ) c
    -- What the pages alone would have said, and did not, is no use to anybody.
    where (o.mail or not o.missed) and case o.kind
      when 'digest' then o.empty or c.overdue + c.today + c.tomorrow > 0
      when 'due' then c.today > 0
      else c.tomorrow > 0 end
    on conflict (workspace_id, user_id, kind, occurrence) where kind in ('digest', 'due', 'eve')
      do nothing
    returning workspace_id, user_id, kind, occurrence, mail
    ), known as (
      insert into tandem.due_words (workspace_id, user_id, day, task_id)
      select t.workspace_id, t.owner_id, t.due_date, t.task_id from said s
      join tandem.tasks t on t.workspace_id = s.workspace_id and t.owner_id = s.user_id
        and t.status = 'open' and t.trashed_at is null
        and coalesce(t.due_date, 'infinity'::date) = s.occurrence::date and ${notLeft}
      where s.kind = 'due' and s.mail <> 'skipped'
      order by t.workspace_id, t.owner_id, t.task_id
      on conflict do nothing
    )
    select workspace_id as w, user_id as u from said
  `.execute(trx);
  await tell(trx, said);
  return said.length;
}

/** Open pages read their list of notices again. */
export async function tell(
  db: Executor,
  members: readonly { readonly w: string; readonly u: string }[],
): Promise<void> {
  const byWorkspace = new Map<string, Set<string>>();
  for (const { w, u } of members) {
    byWorkspace.set(w, (byWorkspace.get(w) ?? new Set()).add(u));
  }
  for (const [workspaceId, userIds] of byWorkspace) {
    await notify(db, { type: 'notices', workspaceId, userIds: [...userIds] });
  }
}

/** A few come a day; the rest come with the next look. */
const ADOPTED_MAX = 1_000;

/**
 * Members of whom nothing is planned yet get their row, once their browser has told the time zone. From this
 * moment on: whoever comes at noon is not told of the morning.
 */
export async function adoptMembers(db: Database, now: Instant): Promise<number> {
  const { rows } = await sql`
    insert into tandem.reminders (workspace_id, user_id, decided_until, next_at)
    select m.workspace_id, m.user_id, ${now}::timestamptz, ${now}::timestamptz
    from tandem.members m
    where m.time_zone is not null and m.removed_at is null and not exists (
      select from tandem.reminders r where r.workspace_id = m.workspace_id and r.user_id = m.user_id)
    limit ${ADOPTED_MAX}
    on conflict do nothing
    returning 1
  `.execute(db.kysely);
  return rows.length;
}
