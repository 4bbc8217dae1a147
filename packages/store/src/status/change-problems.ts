import type { Instant } from '@tandem/engine';
import { type RawBuilder, sql } from 'kysely';
import type { Actor } from '../actor.ts';
import type { Database } from '../database.ts';
import { notify } from '../events/notify.ts';
import { visibleTo } from '../tasks/visible.ts';
import { type Executor, inTransaction } from '../transaction.ts';
import { isUuid } from '../uuid.ts';
import { wakeAfterEdit } from '../wake/wake.ts';
import { problemRows } from './problem-rows.ts';

export type ProblemAction = 'retry' | 'ignore' | 'put_back';

export interface ChangedProblems {
  readonly ids: readonly string[];
  /** There are more of the cause. */
  readonly more: boolean;
}

/** One transaction that people wait for. */
const AT_ONCE = 1_000;

/**
 * "Retry": parked links are planned again at once. "Ignore": off the list, until something else is wrong;
 * `put_back` takes that back. A skipped record has nothing to retry. Only what the actor may see is changed, and
 * what is no problem any more is left out.
 */
export async function changeProblems(
  db: Database,
  actor: Actor,
  action: ProblemAction,
  ids: readonly string[],
  at: Instant,
): Promise<readonly string[]> {
  const links = ids.flatMap((id) => linkOf(id) ?? []);
  const skips = action === 'retry' ? [] : ids.flatMap((id) => skipOf(id) ?? []);
  return inTransaction(db, async (trx) => [
    ...(await changeLinks(trx, actor, action, links, at)),
    ...(await changeSkips(trx, actor, action === 'ignore', skips)),
  ]);
}

/** All of one cause, at most a thousand at a time. What is being tried already is not asked for again. */
export async function changeCause(
  db: Database,
  actor: Actor,
  action: ProblemAction,
  of: { readonly kind: 'parked' | 'skipped'; readonly cause: string },
  at: Instant,
): Promise<ChangedProblems> {
  const { rows } = await sql<{ id: string }>`
    select id from ${problemRows(actor, action === 'put_back')} problem
    where kind = ${of.kind} and cause = ${of.cause}
      and ${action === 'retry' ? sql`not "isTrying"` : sql`true`}
    order by id collate "C"
    limit ${AT_ONCE + 1}
  `.execute(db.kysely);
  const ids = rows.slice(0, AT_ONCE).map(({ id }) => id);
  return { ids: await changeProblems(db, actor, action, ids, at), more: rows.length > AT_ONCE };
}

/** Locks the tasks before their links, in the order of every bulk edit. */
async function changeLinks(
  trx: Executor,
  actor: Actor,
  action: ProblemAction,
  links: readonly string[],
  at: Instant,
): Promise<readonly string[]> {
  if (links.length === 0) return [];
  const { workspaceId } = actor;
  const chosen = sql`l.workspace_id = ${workspaceId} and l.link_id = any(${[...links]}::uuid[])`;
  const { rows } = await sql<{
    id: string;
    link_id: string;
    task_id: string;
    owner_id: string;
    connection_id: string;
  }>`
    with seen as (
      select t.workspace_id, t.task_id, t.owner_id from tandem.tasks t
      where ${visibleTo(actor)} and t.task_id in (select l.task_id from tandem.links l where ${chosen})
      order by t.task_id
      for no key update
    )
    update tandem.links l set ${settingOf(action, at)} from seen
    where l.workspace_id = seen.workspace_id and l.task_id = seen.task_id and ${chosen}
      and l.parked is not null and l.state <> 'dead'
    returning 'link:' || l.link_id as id, l.link_id, seen.task_id, seen.owner_id, l.connection_id
  `.execute(trx);
  if (rows.length === 0) return [];
  const linkIds = rows.map((row) => row.link_id);
  if (action === 'retry') await giveUpDoubtedBirths(trx, workspaceId, linkIds);
  await notify(trx, {
    type: 'tasks',
    workspaceId,
    userIds: [...new Set(rows.map((row) => row.owner_id))],
    taskIds: rows.map((row) => row.task_id),
  });
  if (action === 'retry') {
    await wakeAfterEdit(trx, workspaceId, [...new Set(rows.map((row) => row.connection_id))]);
  }
  return rows.map(({ id }) => id);
}

/**
 * A create of which nobody can tell whether it took place is sent again: its place in doubt is given up, because
 * a person has looked (R8).
 */
function settingOf(action: ProblemAction, at: Instant): RawBuilder<unknown> {
  if (action !== 'retry') return sql`ignored = ${action === 'ignore'}`;
  const inDoubt = sql`l.parked ->> 'code' = 'OUTCOME_UNKNOWN'`;
  return sql`dirty_since = coalesce(l.dirty_since, ${at}::timestamptz), ignored = false,
    parked = case when ${inDoubt} then null else l.parked end,
    retry_at = case when ${inDoubt} then null else l.retry_at end,
    whose_move = case when ${inDoubt} then null else l.whose_move end`;
}

async function giveUpDoubtedBirths(
  trx: Executor,
  workspaceId: string,
  linkIds: readonly string[],
): Promise<void> {
  await sql`
    delete from tandem.intents i using tandem.links l
    where i.workspace_id = ${workspaceId} and i.link_id = any(${[...linkIds]}::uuid[])
      and i.kind = 'create' and l.workspace_id = i.workspace_id and l.link_id = i.link_id
      and l.salesforce_id is null and l.parked is null
  `.execute(trx);
}

async function changeSkips(
  trx: Executor,
  actor: Actor,
  ignored: boolean,
  skips: readonly (readonly [connectionId: string, salesforceId: string])[],
): Promise<readonly string[]> {
  if (skips.length === 0) return [];
  const { rows } = await sql<{ id: string }>`
    update tandem.skipped s set ignored = ${ignored}
    from unnest(${skips.map(([id]) => id)}::uuid[], ${skips.map(([, id]) => id)}::text[])
      as wanted (connection_id, salesforce_id), tandem.connections c
    where s.workspace_id = ${actor.workspaceId} and s.connection_id = wanted.connection_id
      and s.salesforce_id = wanted.salesforce_id and c.workspace_id = s.workspace_id
      and c.connection_id = s.connection_id and c.user_id = ${actor.userId}
    returning 'skip:' || s.connection_id || ':' || s.salesforce_id as id
  `.execute(trx);
  if (rows.length > 0) {
    const { workspaceId, userId } = actor;
    await notify(trx, { type: 'sync', workspaceId, userIds: [userId] });
  }
  return rows.map(({ id }) => id);
}

const SKIP_ID =
  /^skip:([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}):([a-zA-Z0-9]{18})$/;

function skipOf(id: string): readonly [readonly [string, string]] | null {
  const found = SKIP_ID.exec(id);
  return found === null ? null : [[found[1] ?? '', found[2] ?? '']];
}

function linkOf(id: string): string | null {
  const linkId = id.startsWith('link:') ? id.slice('link:'.length) : '';
  return isUuid(linkId) ? linkId : null;
}
