import { faultOf, type Instant } from '@tandem/engine';
import { type RawBuilder, sql } from 'kysely';
import type { Actor } from '../actor.ts';
import { decodeCursor, encodeCursor, withCursor } from '../cursor.ts';
import type { Database } from '../database.ts';
import { notify } from '../events/notify.ts';
import { visibleTo } from '../tasks/visible.ts';
import { type Executor, inTransaction } from '../transaction.ts';
import { isUuid } from '../uuid.ts';
import { wakeAfterEdit } from '../wake/wake.ts';
import type { SyncProblemPage, SyncProblemView } from './status-types.ts';

/** A screenful, with what a person scrolls at once. */
const PROBLEMS_PAGE = 100;
const LIST = 'problems';

interface ProblemRow {
  readonly id: string;
  readonly kind: 'parked' | 'skipped';
  readonly taskId: string | null;
  readonly salesforceId: string | null;
  readonly name: string;
  readonly code: string;
  readonly message: string;
  readonly since: Instant;
}

/**
 * Every parked and every skipped task by name (B11.3), but those somebody said "Ignore" to, in the order
 * of ids. Parked ones of the tasks the actor may see, skipped ones of the actor's own connections.
 */
export async function listProblems(
  db: Database,
  actor: Actor,
  cursor?: string,
  limit: number = PROBLEMS_PAGE,
): Promise<SyncProblemPage> {
  const after = decodeCursor(LIST, cursor, 1);
  const { rows } = await withCursor(after, () =>
    sql<ProblemRow>`
      select id, kind, "taskId", "salesforceId", name, code, message, since
      from (${parked(actor)} union all ${skipped(actor)}) problem
      where ${after === null ? sql`true` : sql`id collate "C" > ${after[0]}`}
      order by id collate "C"
      limit ${limit + 1}
    `.execute(db.kysely),
  );
  const problems = rows.slice(0, limit).map(viewOf);
  const last = problems.at(-1);
  const more = rows.length > limit && last !== undefined;
  return { problems, nextCursor: more ? encodeCursor(LIST, [last.id]) : null };
}

function parked(actor: Actor): RawBuilder<unknown> {
  return sql`
    select 'link:' || l.link_id as id, 'parked' as kind, t.task_id as "taskId",
      l.salesforce_id as "salesforceId", t.name, l.parked ->> 'code' as code,
      coalesce(l.parked ->> 'message', '') as message,
      coalesce((l.parked ->> 'since')::timestamptz(3), l.created_at) as since
    from tandem.links l
    join tandem.tasks t on t.workspace_id = l.workspace_id and t.task_id = l.task_id
    where ${visibleTo(actor)} and l.workspace_id = ${actor.workspaceId}
      and l.parked is not null and not l.ignored and l.state <> 'dead'
  `;
}

function skipped(actor: Actor): RawBuilder<unknown> {
  return sql`
    select 'skip:' || s.connection_id || ':' || s.salesforce_id, 'skipped', null::uuid,
      s.salesforce_id, coalesce(s.subject, ''), s.reason, '', s.at
    from tandem.skipped s
    join tandem.connections c using (workspace_id, connection_id)
    where s.workspace_id = ${actor.workspaceId} and c.user_id = ${actor.userId} and not s.ignored
  `;
}

function viewOf(row: ProblemRow): SyncProblemView {
  if (row.kind === 'skipped') return { ...row, class: 'skipped', whoseMove: 'nobody' };
  const { class: faultClass, whoseMove } = faultOf(row.code, row.message);
  return { ...row, class: faultClass, whoseMove };
}

export type ProblemResult = { readonly kind: 'ok' } | { readonly kind: 'not_found' };

/**
 * "Retry": the parked link is planned again at once. A create of which nobody can tell whether it took place
 * is sent again: its place in doubt is given up, because a person has looked (R8). A skipped record has
 * nothing to retry.
 */
export async function retryProblem(
  db: Database,
  actor: Actor,
  id: string,
  at: Instant,
): Promise<ProblemResult> {
  const inDoubt = sql`l.parked ->> 'code' = 'OUTCOME_UNKNOWN'`;
  return changeLink(
    db,
    actor,
    linkOf(id),
    sql`dirty_since = coalesce(l.dirty_since, ${at}::timestamptz), ignored = false,
      parked = case when ${inDoubt} then null else l.parked end,
      retry_at = case when ${inDoubt} then null else l.retry_at end,
      whose_move = case when ${inDoubt} then null else l.whose_move end`,
    (trx, linkId) =>
      sql`
      delete from tandem.intents i using tandem.links l
      where i.workspace_id = ${actor.workspaceId} and i.link_id = ${linkId} and i.kind = 'create'
        and l.workspace_id = i.workspace_id and l.link_id = i.link_id and l.salesforce_id is null
        and l.parked is null
    `.execute(trx),
  );
}

/** "Ignore": off the list, until something else is wrong with it. */
export async function ignoreProblem(
  db: Database,
  actor: Actor,
  id: string,
  _at: Instant,
): Promise<ProblemResult> {
  const skip = SKIP_ID.exec(id);
  if (skip === null) return changeLink(db, actor, linkOf(id), sql`ignored = true`);
  const { rows } = await sql`
    update tandem.skipped s set ignored = true from tandem.connections c
    where s.workspace_id = ${actor.workspaceId} and s.connection_id = ${skip[1]}
      and s.salesforce_id = ${skip[2]} and c.workspace_id = s.workspace_id
      and c.connection_id = s.connection_id and c.user_id = ${actor.userId}
    returning 1
  `.execute(db.kysely);
  return { kind: rows.length > 0 ? 'ok' : 'not_found' };
}

const SKIP_ID =
  /^skip:([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}):([a-zA-Z0-9]{18})$/;

function linkOf(id: string): string | null {
  const linkId = id.startsWith('link:') ? id.slice('link:'.length) : '';
  return isUuid(linkId) ? linkId : null;
}

/** Locks the task before its link, as every edit does. */
async function changeLink(
  db: Database,
  actor: Actor,
  linkId: string | null,
  set: RawBuilder<unknown>,
  after: (trx: Executor, linkId: string) => Promise<unknown> = async () => {},
): Promise<ProblemResult> {
  if (linkId === null) return { kind: 'not_found' };
  const { workspaceId } = actor;
  return inTransaction(db, async (trx): Promise<ProblemResult> => {
    const { rows } = await sql<{ task_id: string; owner_id: string; connection_id: string }>`
      with seen as (
        select t.workspace_id, t.task_id, t.owner_id from tandem.tasks t
        where ${visibleTo(actor)} and t.task_id = (
          select l.task_id from tandem.links l
          where l.workspace_id = ${workspaceId} and l.link_id = ${linkId})
        for no key update
      )
      update tandem.links l set ${set} from seen
      where l.workspace_id = seen.workspace_id and l.task_id = seen.task_id
        and l.link_id = ${linkId} and l.parked is not null and l.state <> 'dead'
      returning seen.task_id, seen.owner_id, l.connection_id
    `.execute(trx);
    const [row] = rows;
    if (row === undefined) return { kind: 'not_found' };
    await after(trx, linkId);
    await notify(trx, {
      type: 'tasks',
      workspaceId,
      userIds: [row.owner_id],
      taskIds: [row.task_id],
    });
    await wakeAfterEdit(trx, workspaceId, [row.connection_id]);
    return { kind: 'ok' };
  });
}
