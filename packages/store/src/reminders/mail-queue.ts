import type { Instant } from '@tandem/engine';
import { sql } from 'kysely';
import type { Database } from '../database.ts';
import type { TakenMail } from './reminder-types.ts';

/**
 * Mails whose time has come, for `claimMs`: two workers never send the same one at once, and a worker that
 * dies gives its mails back by time.
 */
export async function takeMails(
  db: Database,
  now: Instant,
  claimMs: number,
  limit: number,
): Promise<readonly TakenMail[]> {
  const { rows } = await sql<TakenMail>`
    with next as materialized (
      select n.workspace_id, n.notice_id from tandem.notices n
      where n.mail = 'waiting' and n.mail_next_at <= ${now}::timestamptz
        and (n.mail_claimed_until is null or n.mail_claimed_until <= ${now}::timestamptz)
        and n.mail_until > ${now}::timestamptz and n.settled_at is null
      order by n.mail_next_at
      limit ${limit}
      for update skip locked
    )
    update tandem.notices n set mail_attempts = n.mail_attempts + 1,
      mail_claimed_until = ${now}::timestamptz + make_interval(secs => ${claimMs / 1000})
    from next
    join tandem.members m on m.workspace_id = next.workspace_id
    join auth."user" u on u."id" = m.user_id
    where n.workspace_id = next.workspace_id and n.notice_id = next.notice_id
      and m.user_id = n.user_id and m.removed_at is null
    returning n.workspace_id as "workspaceId", n.user_id as "userId", n.notice_id as "noticeId",
      n.kind, n.data, n.mail_until as "until", n.mail_attempts as attempts, u."email", u."name",
      m.role, m.locale, m.time_zone as "timeZone"
  `.execute(db.kysely);
  return rows;
}

export type MailOutcome =
  | { readonly kind: 'sent' }
  /** There was nothing left to say. */
  | { readonly kind: 'skipped'; readonly fault: string }
  /** Null: it was the last try. */
  | { readonly kind: 'failed'; readonly fault: string; readonly nextAt: Instant | null };

/** How it went. Somebody who took it over after our claim ran out has the word. */
export async function settleMail(
  db: Database,
  mail: Pick<TakenMail, 'workspaceId' | 'noticeId' | 'attempts'>,
  outcome: MailOutcome,
  now: Instant,
): Promise<void> {
  const nextAt = outcome.kind === 'failed' ? outcome.nextAt : null;
  await db.kysely
    .updateTable('tandem.notices')
    .set({
      mail: nextAt === null ? outcome.kind : 'waiting',
      mail_next_at: nextAt,
      mail_claimed_until: null,
      mail_at: now,
      mail_fault: outcome.kind === 'sent' ? null : outcome.fault.slice(0, 200),
    })
    .where('workspace_id', '=', mail.workspaceId)
    .where('notice_id', '=', mail.noticeId)
    .where('mail_attempts', '=', mail.attempts)
    .where('mail', '=', 'waiting')
    .execute();
}

const DROPPED_MAX = 1_000;

/** What waited until it was no use any more, or until the trouble was over. Answers how many were too late. */
export async function dropLateMails(db: Database, now: Instant): Promise<{ tooLate: number }> {
  const { rows } = await sql<{ fault: string }>`
    with late as (
      select workspace_id, notice_id from tandem.notices
      where mail = 'waiting' and (mail_until <= ${now}::timestamptz or settled_at is not null)
        and (mail_claimed_until is null or mail_claimed_until <= ${now}::timestamptz)
      limit ${DROPPED_MAX}
      for update skip locked
    )
    update tandem.notices n set mail = 'skipped', mail_next_at = null, mail_claimed_until = null,
      mail_at = ${now}::timestamptz,
      mail_fault = case when n.settled_at is not null then 'settled' else 'too_late' end
    from late
    where n.workspace_id = late.workspace_id and n.notice_id = late.notice_id
    returning n.mail_fault as fault
  `.execute(db.kysely);
  return { tooLate: rows.filter(({ fault }) => fault === 'too_late').length };
}
