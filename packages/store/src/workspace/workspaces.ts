import type { Instant } from '@tandem/engine';
import { sql } from 'kysely';
import type { Actor, Role } from '../actor.ts';
import { appendAudit } from '../audit/append-audit.ts';
import type { Database } from '../database.ts';
import { notify } from '../events/notify.ts';
import { type Executor, inTransaction } from '../transaction.ts';
import { joinWorkspace } from './join-workspace.ts';

/** As long as the column; a person's name may be longer than a workspace's. */
const NAME_MAX = 255;

/** Of which workspace somebody is, and as what. Spans workspaces, by purpose: it is how one is found. */
export async function memberOf(db: Database, userId: string): Promise<Actor | null> {
  return find(db.kysely, userId);
}

/** Somebody who was removed from a workspace and is in no other: signing in leads nowhere but an invitation. */
export async function isRemoved(db: Database, userId: string): Promise<boolean> {
  const rows = await db.kysely
    .selectFrom('tandem.members')
    .select('removed_at')
    .where('user_id', '=', userId)
    .execute();
  return rows.length > 0 && rows.every((row) => row.removed_at !== null);
}

/**
 * A person who signs up begins a workspace of their own, as its admin; a team is made by adding members.
 * Nobody is ever put into a workspace by the look of an address (B12.1). Twice at once makes one.
 */
export async function ensureWorkspace(
  db: Database,
  user: { readonly id: string; readonly name: string },
  at: Instant,
): Promise<Actor> {
  return inTransaction(db, async (trx) => {
    await sql`select pg_advisory_xact_lock(hashtextextended(${`workspace of ${user.id}`}, 0))`.execute(
      trx,
    );
    const known = await find(trx, user.id);
    if (known !== null) return known;
    const { workspace_id } = await trx
      .insertInto('tandem.workspaces')
      .values({ name: [...user.name].slice(0, NAME_MAX).join('') || 'Tandem', created_at: at })
      .returning('workspace_id')
      .executeTakeFirstOrThrow();
    return joinWorkspace(trx, workspace_id, { userId: user.id, role: 'admin' }, at);
  });
}

/** One workspace a person: somebody who is a member elsewhere cannot be added (the constraint says so). */
export async function addMember(
  db: Database,
  workspaceId: string,
  member: { readonly userId: string; readonly role: Role },
  at: Instant,
): Promise<Actor> {
  return inTransaction(db, async (trx) => {
    const actor = await joinWorkspace(trx, workspaceId, member, at);
    await notify(trx, { type: 'settings', workspaceId });
    return actor;
  });
}

export async function getWorkspace(
  db: Database,
  actor: Actor,
): Promise<{ readonly workspaceId: string; readonly name: string } | null> {
  const row = await db.kysely
    .selectFrom('tandem.workspaces')
    .select(['workspace_id as workspaceId', 'name'])
    .where('workspace_id', '=', actor.workspaceId)
    .executeTakeFirst();
  return row ?? null;
}

/** B5.1: the template of all Subjects. */
export async function getTemplate(db: Database, actor: Actor): Promise<string> {
  const row = await db.kysely
    .selectFrom('tandem.workspaces')
    .select('subject_template')
    .where('workspace_id', '=', actor.workspaceId)
    .executeTakeFirstOrThrow();
  return row.subject_template;
}

/** B5.7: rewrites nothing by itself. That only admins may is the caller's to hold. */
export async function putTemplate(
  db: Database,
  actor: Actor,
  template: string,
  at: Instant,
): Promise<void> {
  await inTransaction(db, async (trx) => {
    const { numUpdatedRows } = await trx
      .updateTable('tandem.workspaces')
      .set({ subject_template: template })
      .where('workspace_id', '=', actor.workspaceId)
      .where('subject_template', '<>', template)
      .executeTakeFirst();
    if (numUpdatedRows === 0n) return;
    await appendAudit(trx, actor, { action: 'template_changed' }, at);
    await notify(trx, { type: 'settings', workspaceId: actor.workspaceId });
  });
}

async function find(db: Executor, userId: string): Promise<Actor | null> {
  const row = await db
    .selectFrom('tandem.members')
    .select(['workspace_id as workspaceId', 'user_id as userId', 'role'])
    .where('user_id', '=', userId)
    .where('removed_at', 'is', null)
    .executeTakeFirst();
  return row ?? null;
}
