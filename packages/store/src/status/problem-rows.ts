import { FAULT_VARIANTS, type Instant } from '@tandem/engine';
import { type RawBuilder, sql } from 'kysely';
import type { Actor } from '../actor.ts';
import { visibleTo } from '../tasks/visible.ts';

export interface ProblemRow {
  readonly id: string;
  readonly kind: 'parked' | 'skipped';
  readonly taskId: string | null;
  readonly salesforceId: string | null;
  readonly instanceUrl: string | null;
  readonly name: string;
  readonly ownerId: string;
  readonly code: string;
  readonly cause: string;
  readonly message: string;
  readonly since: Instant;
  readonly retryAt: Instant | null;
  readonly isTrying: boolean;
}

/**
 * Parked tasks that the actor may see, and what the actor's own accounts left out; either those that somebody said
 * "Ignore" to, or the others. The parked ones are found in links_parked_list.
 */
export function problemRows(actor: Actor, ignored: boolean): RawBuilder<unknown> {
  return sql`(${parked(actor, ignored)} union all ${skipped(actor, ignored)})`;
}

function parked(actor: Actor, ignored: boolean): RawBuilder<unknown> {
  const code = sql<string>`(l.parked ->> 'code')`;
  const message = sql<string>`coalesce(l.parked ->> 'message', '')`;
  return sql`
    select 'link:' || l.link_id as id, 'parked' as kind, t.task_id as "taskId",
      l.salesforce_id as "salesforceId", c.instance_url as "instanceUrl", t.name,
      t.owner_id as "ownerId", ${code} as code, ${causeOf(code, message)} as cause,
      ${message} as message,
      coalesce((l.parked ->> 'since')::timestamptz(3), l.created_at) as since,
      l.retry_at as "retryAt", l.dirty_since is not null as "isTrying"
    from tandem.links l
    join tandem.tasks t on t.workspace_id = l.workspace_id and t.task_id = l.task_id
    join tandem.connections c
      on c.workspace_id = l.workspace_id and c.connection_id = l.connection_id
    where ${visibleTo(actor)} and l.workspace_id = ${actor.workspaceId}
      and l.parked is not null and l.ignored = ${ignored} and l.state <> 'dead'
  `;
}

function skipped(actor: Actor, ignored: boolean): RawBuilder<unknown> {
  return sql`
    select 'skip:' || s.connection_id || ':' || s.salesforce_id, 'skipped', null::uuid,
      s.salesforce_id, c.instance_url, coalesce(s.subject, ''), c.user_id, s.reason, s.reason, '',
      s.at, null::timestamptz, false
    from tandem.skipped s
    join tandem.connections c using (workspace_id, connection_id)
    where s.workspace_id = ${actor.workspaceId} and c.user_id = ${actor.userId}
      and s.ignored = ${ignored}
  `;
}

/** The engine's `causeOf`, for grouping where the rows are. */
function causeOf(code: RawBuilder<string>, message: RawBuilder<string>): RawBuilder<string> {
  const cases = FAULT_VARIANTS.map(
    (each) =>
      sql`when ${code} ~* ${each.code} and ${message} ~* ${each.message} then ${each.cause}`,
  );
  return sql<string>`case ${sql.join(cases, sql` `)} else ${code} end`;
}
