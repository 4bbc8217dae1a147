import type { Instant } from '@tandem/engine';
import { sql } from 'kysely';
import type { Actor } from '../actor.ts';
import { decodeCursor, encodeCursor, withCursor } from '../cursor.ts';
import type { Database } from '../database.ts';
import { InvalidValue } from '../errors.ts';
import { inTransaction, violatedConstraint } from '../transaction.ts';

/** Filters and a sort under a name (B9.1); each person has their own, and nobody else sees them. */
export interface SavedView {
  readonly viewId: string;
  readonly name: string;
  /** The outside contract's words; only the server reads them. */
  readonly query: Readonly<Record<string, unknown>>;
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
}

export interface SavedViewChange {
  readonly name?: string | undefined;
  readonly query?: Readonly<Record<string, unknown>> | undefined;
}

const LIST = 'views';

const viewColumns = [
  'view_id as viewId',
  'name',
  'query',
  'created_at as createdAt',
  'updated_at as updatedAt',
] as const;

/** Throws InvalidValue when the name is taken, or when the person has `max` views already. */
export async function createView(
  db: Database,
  actor: Actor,
  view: Pick<SavedView, 'name' | 'query'>,
  max: number,
  at: Instant,
): Promise<SavedView> {
  const { workspaceId, userId } = actor;
  return inTransaction(db, async (trx) => {
    // The member's row is the turnstile: two views made at once are counted one after the other.
    await sql`select from tandem.members where workspace_id = ${workspaceId} and user_id = ${userId}
      for update`.execute(trx);
    const { count } = await trx
      .selectFrom('tandem.saved_views')
      .select(({ fn }) => fn.countAll<number>().as('count'))
      .where('workspace_id', '=', workspaceId)
      .where('user_id', '=', userId)
      .executeTakeFirstOrThrow();
    if (count >= max) {
      throw new InvalidValue('name', `would be one view more than ${max}; delete one first`);
    }
    return trx
      .insertInto('tandem.saved_views')
      .values({
        workspace_id: workspaceId,
        user_id: userId,
        name: view.name,
        query: JSON.stringify(view.query),
        created_at: at,
        updated_at: at,
      })
      .returning(viewColumns)
      .executeTakeFirstOrThrow();
  }).catch(nameTaken);
}

/** The actor's own, oldest first: a new one comes last, where the eye expects it. */
export async function listViews(
  db: Database,
  actor: Actor,
  page: { readonly limit: number; readonly cursor?: string | undefined },
): Promise<{ readonly views: readonly SavedView[]; readonly nextCursor: string | null }> {
  const after = decodeCursor(LIST, page.cursor, 2);
  const all = db.kysely
    .selectFrom('tandem.saved_views')
    .select(viewColumns)
    .where('workspace_id', '=', actor.workspaceId)
    .where('user_id', '=', actor.userId);
  const rest =
    after === null
      ? all
      : all.where(
          sql<boolean>`(created_at, view_id) > (${after[0]}::timestamptz, ${after[1]}::uuid)`,
        );
  const rows = await withCursor(after, () =>
    rest
      .orderBy('created_at')
      .orderBy('view_id')
      .limit(page.limit + 1)
      .execute(),
  );
  const views = rows.slice(0, page.limit);
  const last = views.at(-1);
  const more = rows.length > page.limit && last !== undefined;
  return { views, nextCursor: more ? encodeCursor(LIST, [last.createdAt, last.viewId]) : null };
}

/** Null when the actor has no such view. Throws InvalidValue when another one has the name. */
export async function patchView(
  db: Database,
  actor: Actor,
  viewId: string,
  { name, query }: SavedViewChange,
  at: Instant,
): Promise<SavedView | null> {
  const changed = await db.kysely
    .updateTable('tandem.saved_views')
    .set({
      updated_at: at,
      ...(name === undefined ? {} : { name }),
      ...(query === undefined ? {} : { query: JSON.stringify(query) }),
    })
    .where('workspace_id', '=', actor.workspaceId)
    .where('user_id', '=', actor.userId)
    .where('view_id', '=', viewId)
    .returning(viewColumns)
    .executeTakeFirst()
    .catch(nameTaken);
  return changed ?? null;
}

/** False when the actor has no such view. */
export async function deleteView(db: Database, actor: Actor, viewId: string): Promise<boolean> {
  const gone = await db.kysely
    .deleteFrom('tandem.saved_views')
    .where('workspace_id', '=', actor.workspaceId)
    .where('user_id', '=', actor.userId)
    .where('view_id', '=', viewId)
    .returning('view_id')
    .executeTakeFirst();
  return gone !== undefined;
}

function nameTaken(error: unknown): never {
  throw violatedConstraint(error) === 'saved_views_one_per_name'
    ? new InvalidValue('name', 'is the name of another view of yours')
    : error;
}
