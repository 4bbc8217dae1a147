import type { Instant, JournalDraft } from '@tandem/engine';
import { sql } from 'kysely';
import type { Executor } from '../transaction.ts';

export interface JournalRow {
  readonly taskId: string;
  readonly linkId: string | null;
  /** App user id for the app's side, Salesforce user id for the other; null for the engine. */
  readonly actor: string | null;
  readonly draft: Omit<JournalDraft, 'kind' | 'field'> & {
    readonly kind: JournalDraft['kind'];
    /** Besides the synced fields people also change some that stay in the app, `campaign`. */
    readonly field: string | null;
  };
}

/** In the transaction of what it tells (R4), in the order given. */
export async function appendJournal(
  db: Executor,
  workspaceId: string,
  at: Instant,
  rows: readonly JournalRow[],
): Promise<void> {
  if (rows.length === 0) return;
  const records = rows.map(({ taskId, linkId, actor, draft }) => ({
    task_id: taskId,
    link_id: linkId,
    actor,
    kind: draft.kind,
    field: draft.field,
    side: draft.side,
    from_value: draft.from,
    to_value: draft.to,
    lost: draft.lost,
    has_lost: draft.lost !== undefined,
    rule: draft.rule,
    data: draft.data ?? {},
  }));
  await sql`
    insert into tandem.journal (workspace_id, task_id, link_id, at, actor, kind, field, side,
      from_value, to_value, lost, has_lost, rule, data)
    select ${workspaceId}, r.task_id, r.link_id, ${at}::timestamptz, r.actor, r.kind, r.field,
      r.side, r.from_value, r.to_value, r.lost, r.has_lost, r.rule, r.data
    from rows from (jsonb_to_recordset(${JSON.stringify(records)}::jsonb) as (task_id uuid,
      link_id uuid, actor text, kind text, field text, side text, from_value jsonb, to_value jsonb,
      lost jsonb, has_lost boolean, rule text, data jsonb)) with ordinality as r
    order by r.ordinality
  `.execute(db);
}
