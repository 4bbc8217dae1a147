import type { PlainDate } from '@tandem/engine';
import { sql } from 'kysely';
import type { Actor } from '../actor.ts';
import type { Database } from '../database.ts';
import { syncJoins } from '../status/sync-words.ts';
import type { TaskCounts } from './filter.ts';
import { type Narrower, narrowed } from './list-tasks.ts';

/**
 * The numbers on the filters, in one pass over what the actor may see and has narrowed it to: of one
 * owner's tasks, or of everybody's. `today` is the person's (B1.3).
 */
export async function countTasks(
  db: Database,
  actor: Actor,
  today: PlainDate,
  narrower: Narrower = {},
): Promise<TaskCounts> {
  const open = sql`t.trashed_at is null and t.status = 'open'`;
  const day = sql`${today}::date`;
  const { rows } = await sql<TaskCounts>`
    select
      count(*) filter (where ${open} and t.due_date = ${day}) as today,
      count(*) filter (where ${open} and t.due_date = ${day} + 1) as tomorrow,
      count(*) filter (where ${open} and t.due_date < ${day}) as overdue,
      count(*) filter (where ${open} and t.due_date between ${day} and ${day} + 6) as "next7Days",
      count(*) filter (where ${open} and t.due_date is null) as "noDate",
      count(*) filter (where ${open}) as "allOpen",
      count(*) filter (where t.trashed_at is null and t.status = 'complete') as completed,
      count(*) filter (where t.trashed_at is not null) as trash
    from tandem.tasks t ${narrower.syncState === undefined ? sql`` : syncJoins}
    where ${narrowed(actor, narrower)}
  `.execute(db.kysely);
  const [counts] = rows;
  if (counts === undefined) throw new Error('An aggregate without groups has one row.');
  return counts;
}
