import type { Instant } from '@tandem/engine';
import { sql } from 'kysely';
import type { Database } from '../database.ts';
import { notLeft } from '../tasks/list-tasks.ts';
import { inTransaction } from '../transaction.ts';
import { tell } from './plan-reminders.ts';

/** What comes in one go is told in one word, and what was a slip is not told at all. */
export const LATE_DUE_SETTLES_MS = 60_000;
/** A flood goes in steps; what is more has the next turn. */
const NEWS_MAX = 1_000;

/**
 * B13.3: tasks that became due today after the hour at which the day was told, through somebody else or through
 * Salesforce. Which ones a member knows of is kept in due_words, whose key makes it once with any number of
 * processes. Own doing is no news, and is kept there in silence.
 */
export async function sayLateDue(db: Database, now: Instant): Promise<{ readonly said: number }> {
  return inTransaction(db, async (trx) => {
    const { rows } = await sql<{ w: string; u: string }>`
      with news as materialized (
        select r.workspace_id, r.user_id, r.due_day as day, r.due_day_ends as ends, t.task_id,
          t.updated_at, r.due_mail, r.due_browser,
          coalesce((
            -- Whoever had the last word on its owner, its date or its being there.
            select j.side = 'app' and j.actor = r.user_id from tandem.journal j
            where j.workspace_id = t.workspace_id and j.task_id = t.task_id
              and (j.side = 'sf' or j.actor is not null)
              and (j.field in ('dueDate', 'owner', 'status')
                or j.kind in ('created', 'imported', 'restored'))
            order by j.entry_id desc limit 1), false) as own
        from tandem.reminders r
        join tandem.members m using (workspace_id, user_id)
        join tandem.tasks t on t.workspace_id = r.workspace_id and t.owner_id = r.user_id
          and t.status = 'open' and t.trashed_at is null
          and coalesce(t.due_date, 'infinity'::date) = r.due_day and ${notLeft}
        where r.due_day_ends > ${now}::timestamptz and (r.due_mail or r.due_browser)
          and m.removed_at is null
          and not exists (select from tandem.due_words d where d.workspace_id = r.workspace_id
            and d.user_id = r.user_id and d.day = r.due_day and d.task_id = t.task_id)
        order by t.updated_at
        limit ${NEWS_MAX}
      ), settled as (
        select workspace_id, user_id from news group by workspace_id, user_id
        having min(updated_at) <= ${now}::timestamptz
          - make_interval(secs => ${LATE_DUE_SETTLES_MS / 1000})
      ), known as (
        insert into tandem.due_words (workspace_id, user_id, day, task_id)
        select workspace_id, user_id, day, task_id from news join settled using (workspace_id, user_id)
        -- Two at once wait for each other in one order.
        order by workspace_id, user_id, task_id
        on conflict do nothing
        returning workspace_id, user_id, day, task_id
      )
      insert into tandem.notices (workspace_id, user_id, kind, occurrence, data, at, shown, mail,
        mail_next_at, mail_until)
      select n.workspace_id, n.user_id, 'due', n.day || ' ' || gen_random_uuid(),
        jsonb_build_object('date', n.day, 'count', count(*), 'more', exists (
          select from tandem.due_words d where d.workspace_id = n.workspace_id
            and d.user_id = n.user_id and d.day = n.day)),
        ${now}::timestamptz, n.due_browser,
        case when n.due_mail then 'waiting' else 'none' end,
        case when n.due_mail then ${now}::timestamptz end, case when n.due_mail then n.ends end
      from news n join known using (workspace_id, user_id, day, task_id)
      where not n.own
      group by n.workspace_id, n.user_id, n.day, n.ends, n.due_mail, n.due_browser
      returning workspace_id as w, user_id as u
    `.execute(trx);
    await tell(trx, rows);
    return { said: rows.length };
  });
}

const FORGOTTEN_AFTER_DAYS = 3;

/** Days that are over everywhere on earth. */
export async function forgetDueWords(db: Database, now: Instant): Promise<void> {
  await sql`
    delete from tandem.due_words
    where day < (${now}::timestamptz at time zone 'UTC')::date - ${FORGOTTEN_AFTER_DAYS}::int
  `.execute(db.kysely);
}
