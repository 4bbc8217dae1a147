import { type RawBuilder, sql } from 'kysely';
import type { Actor } from '../actor.ts';

/** The tasks (`t`) an actor may see and change: of the workspace (I13), and for a rep the own ones, whoever made them. */
export function visibleTo(actor: Actor): RawBuilder<boolean> {
  const inWorkspace = sql<boolean>`t.workspace_id = ${actor.workspaceId}`;
  if (actor.role !== 'rep') return inWorkspace;
  return sql<boolean>`${inWorkspace} and t.owner_id = ${actor.userId}`;
}
