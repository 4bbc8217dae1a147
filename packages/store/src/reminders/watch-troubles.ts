import type { Instant } from '@tandem/engine';
import { sql } from 'kysely';
import type { Database } from '../database.ts';
import { instantText } from '../links/instant-text.ts';
import { POLL_LATE_MS, UNSENT_LATE_MS, WORKER_LATE_MS } from '../status/stall.ts';
import { factsOf, stallIn } from '../status/sync-status.ts';
import { inTransaction } from '../transaction.ts';
import { tell } from './plan-reminders.ts';

/** A trouble that ends by itself within this time is no mail. */
const STALL_MAIL_AFTER_MS = 10 * 60_000;
/** After a day somebody has seen it on the pages, or does not care. */
const MAIL_MS = 24 * 60 * 60 * 1000;
/** Each costs a look at one account; what is more has the next round, and the banner meanwhile. */
const SUSPECTS_MAX = 50;

/**
 * What needs a person is told to the person whose move it is, once while it lasts, and taken back when it is
 * over: a refused sign-in and the brake's question to the account's own person (B11.8, B11.5), a stopped
 * webhook, a new status and accounts without a worker to the admins (B8.6, B3.4, B11.6). It compares what is
 * so with what was told, so nothing that raises a trouble has to know of it, and a crash loses nothing.
 */
export async function watchTroubles(
  db: Database,
  now: Instant,
): Promise<{ readonly raised: number; readonly settled: number }> {
  const stalls = await stallsOf(db, now);
  const late = sql`${now}::timestamptz - make_interval(secs => ${WORKER_LATE_MS / 1_000})`;
  return inTransaction(db, async (trx) => {
    const { rows } = await sql<{ w: string; u: string; raised: boolean }>`
      with admins as (
        select workspace_id, user_id from tandem.members where role = 'admin' and removed_at is null
      ), current as materialized (
        select c.workspace_id, c.user_id, 'sign_in' as kind, c.connection_id::text as occurrence,
          jsonb_build_object('name', c.org_name) as data, 0 as wait
        from tandem.connections c where c.connected and c.sign_in_needed
        union all
        select c.workspace_id, c.user_id, 'brake', c.connection_id || ':' || (c.brake ->> 'since'),
          jsonb_build_object('count', (c.brake ->> 'toTrash')::int + (c.brake ->> 'toDelete')::int
            + (c.brake ->> 'missing')::int), 0
        from tandem.connections c
        where c.connected and c.brake is not null and c.brake ->> 'allowed' is null
          and c.brake ->> 'kept' is distinct from 'true'
        union all
        select w.workspace_id, a.user_id, 'webhook_stopped', w.webhook_id::text,
          jsonb_build_object('name', w.name), 0
        from tandem.webhooks w join admins a using (workspace_id) where w.state = 'stopped'
        union all
        select g.workspace_id, a.user_id, 'new_status',
          g.org_id || ':' || (select max(s ->> 'since') from jsonb_array_elements(g.new_statuses) s),
          jsonb_build_object('values',
            (select jsonb_agg(s ->> 'value') from jsonb_array_elements(g.new_statuses) s)), 0
        from tandem.orgs g join admins a using (workspace_id)
        where g.new_statuses <> '[]' and exists (select from tandem.connections c
          where c.workspace_id = g.workspace_id and c.org_id = g.org_id and c.connected)
        union all
        select c.workspace_id, a.user_id, 'stall', 'worker',
          jsonb_build_object('stall', 'worker', 'count', count(*),
            'since', ${instantText(sql`min(coalesce(c.lease_until, w.wake_at))`)}),
          ${STALL_MAIL_AFTER_MS}
        from tandem.connections c
        left join tandem.wakes w using (workspace_id, connection_id)
        join admins a on a.workspace_id = c.workspace_id
        where c.connected and c.status = 'on' and coalesce(c.lease_until, w.wake_at) < ${late}
        group by c.workspace_id, a.user_id
        union all
        -- Nobody here can end these, so they are said and not mailed.
        select s.w, s.u, 'stall', s.occurrence, s.data, null
        from jsonb_to_recordset(${JSON.stringify(stalls)}::jsonb)
          as s (w uuid, u text, occurrence text, data jsonb)
      ), raised as (
        insert into tandem.notices (workspace_id, user_id, kind, occurrence, data, at, shown, mail,
          mail_next_at, mail_until)
        select c.workspace_id, c.user_id, c.kind, c.occurrence, c.data, ${now}::timestamptz, true,
          case when wanted then 'waiting' else 'none' end,
          case when wanted then ${now}::timestamptz + make_interval(secs => c.wait / 1000) end,
          case when wanted then ${now}::timestamptz + make_interval(secs => ${MAIL_MS / 1000}) end
        from current c
        left join tandem.reminders r using (workspace_id, user_id)
        cross join lateral (select coalesce(r.needs_you_mail, true) and c.wait is not null as wanted) x
        on conflict (workspace_id, user_id, kind, occurrence)
          where kind in ('sign_in', 'brake', 'stall', 'new_status', 'webhook_stopped')
            and settled_at is null
          do nothing
        returning workspace_id, user_id
      ), settled as (
        update tandem.notices n set settled_at = ${now}::timestamptz
        where n.settled_at is null
          and n.kind in ('sign_in', 'brake', 'stall', 'new_status', 'webhook_stopped')
          and not exists (select from current c where c.workspace_id = n.workspace_id
            and c.user_id = n.user_id and c.kind = n.kind and c.occurrence = n.occurrence)
        returning n.workspace_id, n.user_id
      )
      select workspace_id as w, user_id as u, true as raised from raised
      union all select workspace_id, user_id, false from settled
    `.execute(trx);
    await tell(trx, rows);
    const raised = rows.filter((row) => row.raised).length;
    return { raised, settled: rows.length - raised };
  });
}

/**
 * Accounts whose silence or unsent changes are a stall by the one rule for it (status/stall.ts). Suspects are
 * found by their age alone; most of the time there are none.
 */
async function stallsOf(db: Database, now: Instant) {
  const ago = (ms: number) => sql`${now}::timestamptz - make_interval(secs => ${ms / 1000})`;
  const { rows } = await sql<{ workspaceId: string; userId: string }>`
    select c.workspace_id as "workspaceId", c.user_id as "userId"
    from tandem.connections c
    where c.connected and c.status = 'on'
      and (greatest(c.last_poll_at, c.switched_on_at, c.connected_at) < ${ago(POLL_LATE_MS)}
        or exists (select from tandem.links l
          where l.workspace_id = c.workspace_id and l.connection_id = c.connection_id
            and (l.dirty_since < ${ago(UNSENT_LATE_MS)} or l.waiting_since < ${ago(UNSENT_LATE_MS)})))
    order by c.last_poll_at nulls first
    limit ${SUSPECTS_MAX}
  `.execute(db.kysely);
  const stalls = [];
  for (const { workspaceId, userId } of rows) {
    const facts = await factsOf(db, { workspaceId, userId, role: 'rep' }, now);
    const stall = stallIn(facts, now);
    if (stall === null || stall.kind === 'worker') continue;
    const data = { stall: stall.kind, since: stall.since };
    stalls.push({ w: workspaceId, u: userId, occurrence: stall.kind, data });
  }
  return stalls;
}
