import { sql } from 'kysely';
import { awaitsOutcome } from '../links/awaits-outcome.ts';

/**
 * The sync state of a task in words (B9.3), computed at each read from what was last seen of both sides,
 * never from "no jobs left" (H3). From top to bottom, the first that holds:
 *
 * | observation | state | reason |
 * |---|---|---|
 * | no living link, in Trash | not_synced | in_trash |
 * | no living link, owner not connected / sync off / on | not_synced | not_connected / sync_off / created_before_sync |
 * | link left / gone | not_synced | reassigned_in_salesforce / no_longer_in_salesforce |
 * | its connection disconnected / off | not_synced | not_connected / sync_off |
 * | its connection needs sign-in | needs_you | sign_in_again |
 * | a deletion that a brake holds back (B11.5) | needs_you | deletion_waits |
 * | parked, nobody's / the user's / the admin's move | waiting / needs_you / needs_admin | the fault's code |
 * | never seen there, missing, an open intent, or something to plan | sending | – |
 * | else | in_step | – |
 *
 * Aliases: `t` the task, `l` its living link, `c` the link's connection, `o` the owner's own connection.
 */
export const syncState = sql<string>`
  case
    when l.link_id is null or l.state <> 'live' or c.status = 'off' then 'not_synced'
    when c.status = 'needs_sign_in' then 'needs_you'
    when ${deletionWaits()} then 'needs_you'
    when l.whose_move = 'nobody' then 'waiting'
    when l.whose_move = 'user' then 'needs_you'
    when l.whose_move = 'admin' then 'needs_admin'
    when ${unsettled()} then 'sending'
    else 'in_step'
  end
`;

export const syncReason = sql<string | null>`
  case
    when l.link_id is null and t.trashed_at is not null then 'in_trash'
    when l.link_id is null and o.connection_id is null then 'not_connected'
    when l.link_id is null and o.status = 'off' then 'sync_off'
    when l.link_id is null then 'created_before_sync'
    when l.state = 'left' then 'reassigned_in_salesforce'
    when l.state = 'gone' then 'no_longer_in_salesforce'
    when not c.connected then 'not_connected'
    when c.status = 'off' then 'sync_off'
    when c.status = 'needs_sign_in' then 'sign_in_again'
    when ${deletionWaits()} then 'deletion_waits'
    else l.parked ->> 'code'
  end
`;

/**
 * Index lookups only: links_one_living_per_task, two primary keys, connections_one_connected_per_user. The
 * lateral look-up keeps it so in a young database: without statistics the planner takes a workspace for one
 * row and joins its links to its tasks, row by row (70 ms for one task among 300, 0.1 ms so).
 */
export const syncJoins = sql`
  left join lateral (
    select living.workspace_id, living.link_id, living.connection_id, living.salesforce_id,
      living.state, living.sf, living.parked, living.whose_move, living.dirty_since, living.retry_at,
      living.last_synced_at, living.created_at
    from tandem.links living
    where living.workspace_id = t.workspace_id and living.task_id = t.task_id
      and living.state <> 'dead'
    limit 1
  ) l on true
  left join tandem.connections c
    on c.workspace_id = l.workspace_id and c.connection_id = l.connection_id
  left join tandem.connections o
    on o.workspace_id = t.workspace_id and o.user_id = t.owner_id and o.connected
`;

/** One side has deleted it and the other has not followed, because a person was asked and has not answered. */
function deletionWaits() {
  return sql<boolean>`(c.brake ->> 'kind' = 'mass_deletion' and c.brake ->> 'allowed' is null
    and c.brake -> 'kept' is null and l.dirty_since is not null and l.sf ->> 'kind' = 'seen'
    and (t.trashed_at is not null or l.sf -> 'task' ->> 'IsDeleted' = 'true'))`;
}

function unsettled() {
  return sql<boolean>`(l.dirty_since is not null or l.sf ->> 'kind' <> 'seen' or exists (
    select from tandem.intents i
    where i.workspace_id = l.workspace_id and i.link_id = l.link_id and ${awaitsOutcome}))`;
}
