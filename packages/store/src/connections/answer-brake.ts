import type { Instant } from '@tandem/engine';
import { sql } from 'kysely';
import type { Actor } from '../actor.ts';
import { appendAudit } from '../audit/append-audit.ts';
import type { Database } from '../database.ts';
import { notify } from '../events/notify.ts';
import type { Brake } from '../links/port.ts';
import { inTransaction } from '../transaction.ts';
import { wakeAfterEdit } from '../wake/wake.ts';
import { wanted } from './want-comparison.ts';

export interface BrakeAnswer {
  readonly answer: 'go_on' | 'keep';
  /** How many the person was shown; more than that is a new question. Left out: as many as wait now. */
  readonly count?: number | undefined;
}

export type AnswerBrakeResult =
  | { readonly kind: 'ok' }
  | { readonly kind: 'not_connected' }
  | { readonly kind: 'no_brake' };

/**
 * B11.5: what a person says to a brake. Only the answer is stored; the next turn acts on it, under its lease
 * and on what is true then. So a crash in between loses nothing, and answering twice does nothing twice.
 */
export async function answerBrake(
  db: Database,
  actor: Actor,
  given: BrakeAnswer,
  at: Instant,
): Promise<AnswerBrakeResult> {
  const { workspaceId, userId } = actor;
  return inTransaction(db, async (trx): Promise<AnswerBrakeResult> => {
    const { rows } = await sql<{ connection_id: string; brake: Brake | null }>`
      select connection_id, brake from tandem.connections
      where workspace_id = ${workspaceId} and user_id = ${userId} and connected
      for no key update
    `.execute(trx);
    const [row] = rows;
    if (row === undefined) return { kind: 'not_connected' };
    if (row.brake === null) return { kind: 'no_brake' };
    const next = answered(row.brake, given);
    await sql`
      update tandem.connections set brake = ${next === null ? null : JSON.stringify(next)}::jsonb,
        -- A new one finds out: it marks what people allowed, or asks again if nothing came back.
        comparison = ${row.brake.kind === 'empty_feed' ? wanted('asked') : sql`comparison`}
      where workspace_id = ${workspaceId} and connection_id = ${row.connection_id}
    `.execute(trx);
    const data = { answer: given.answer };
    await appendAudit(trx, actor, { action: 'deletions_answered', data }, at);
    await notify(trx, { type: 'sync', workspaceId, userIds: [userId] });
    // Rows that waited for the answer say so.
    await notify(trx, { type: 'tasks', workspaceId, userIds: [userId], taskIds: [] });
    await wakeAfterEdit(trx, workspaceId, [row.connection_id]);
    return { kind: 'ok' };
  });
}

function answered(brake: Brake, { answer, count }: BrakeAnswer): Brake | null {
  const { kept: _, ...asked } = brake;
  const waiting = brake.toTrash + brake.toDelete + brake.missing;
  if (answer === 'go_on') return { ...asked, allowed: Math.min(count ?? waiting, waiting) };
  // "Keep": an empty feed is simply looked at again.
  return brake.kind === 'empty_feed' ? null : { ...asked, allowed: null, kept: true };
}
