import type { Instant } from '@tandem/engine';
import { type RawBuilder, sql } from 'kysely';
import type { Actor } from '../actor.ts';
import type { Database } from '../database.ts';
import { DEFAULT_REMINDERS, type ReminderKind, type ReminderSettings } from './reminder-types.ts';

export interface RemindersView {
  readonly settings: ReminderSettings;
  /** The last mail of each kind that did not leave in time, if it was the last of its kind. */
  readonly missed: readonly { readonly kind: ReminderKind; readonly date: string }[];
}

/** The columns of one row (`r`) as settings; the same object everywhere. */
export const settingsColumn: RawBuilder<ReminderSettings> = sql`
  jsonb_build_object(
    'digest', jsonb_build_object('at', r.digest_at, 'days', r.digest_days, 'mail', r.digest_mail,
      'browser', r.digest_browser, 'whenEmpty', r.digest_when_empty),
    'due', jsonb_build_object('at', r.due_at, 'mail', r.due_mail, 'browser', r.due_browser),
    'eve', jsonb_build_object('at', r.eve_at, 'mail', r.eve_mail, 'browser', r.eve_browser),
    'needsYou', jsonb_build_object('mail', r.needs_you_mail))`;

export async function getReminders(db: Database, actor: Actor): Promise<RemindersView> {
  const own = sql`workspace_id = ${actor.workspaceId} and user_id = ${actor.userId}`;
  const { rows } = await sql<{ settings: ReminderSettings }>`
    select ${settingsColumn} as settings from tandem.reminders r where ${own}
  `.execute(db.kysely);
  const { rows: last } = await sql<{ kind: ReminderKind; date: string; mail: string }>`
    select distinct on (kind) kind, left(occurrence, 10) as date, mail from tandem.notices
    where ${own} and kind in ('digest', 'due', 'eve') and mail <> 'none'
    order by kind, at desc
  `.execute(db.kysely);
  return {
    settings: rows[0]?.settings ?? DEFAULT_REMINDERS,
    missed: last.flatMap(({ kind, date, mail }) =>
      mail === 'skipped' || mail === 'failed' ? [{ kind, date }] : [],
    ),
  };
}

/** From now on; a time of today that has passed already is tomorrow's. */
export async function putReminders(
  db: Database,
  actor: Actor,
  settings: ReminderSettings,
  nextAt: Instant | null,
  now: Instant,
): Promise<void> {
  const { digest, due, eve, needsYou } = settings;
  const columns = {
    digest_at: digest.at,
    digest_days: [...digest.days],
    digest_mail: digest.mail,
    digest_browser: digest.browser,
    digest_when_empty: digest.whenEmpty,
    due_at: due.at,
    due_mail: due.mail,
    due_browser: due.browser,
    eve_at: eve.at,
    eve_mail: eve.mail,
    eve_browser: eve.browser,
    needs_you_mail: needsYou.mail,
    decided_until: now,
    next_at: nextAt,
  };
  await db.kysely
    .insertInto('tandem.reminders')
    .values({ workspace_id: actor.workspaceId, user_id: actor.userId, ...columns })
    .onConflict((conflict) => conflict.columns(['workspace_id', 'user_id']).doUpdateSet(columns))
    .execute();
}

export type Unsubscribed = ReminderKind | 'needsYou';

/** The mails of one kind end; the browser goes on. Nobody is signed in here: the caller has checked a signature. */
export async function stopMails(
  db: Database,
  member: Pick<Actor, 'workspaceId' | 'userId'>,
  kind: Unsubscribed,
): Promise<void> {
  const column = {
    digest: 'digest_mail',
    due: 'due_mail',
    eve: 'eve_mail',
    needsYou: 'needs_you_mail',
  } as const;
  const off = { [column[kind]]: false };
  // Somebody may have left the workspace since the mail was sent.
  await sql`
    insert into tandem.reminders (workspace_id, user_id)
    select workspace_id, user_id from tandem.members
    where workspace_id = ${member.workspaceId} and user_id = ${member.userId}
      and removed_at is null
    on conflict do nothing
  `.execute(db.kysely);
  await db.kysely
    .updateTable('tandem.reminders')
    .set(off)
    .where('workspace_id', '=', member.workspaceId)
    .where('user_id', '=', member.userId)
    .execute();
}
