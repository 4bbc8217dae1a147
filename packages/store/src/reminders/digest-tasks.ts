import type { PlainDate } from '@tandem/engine';
import { sql } from 'kysely';
import type { Actor } from '../actor.ts';
import type { Database } from '../database.ts';
import { notLeft } from '../tasks/list-tasks.ts';

export interface DigestTask {
  readonly id: string;
  readonly name: string;
  readonly dueDate: PlainDate;
  readonly personName: string | null;
}

/** The first few of each day, and how many there are. */
export interface DigestSection {
  readonly count: number;
  readonly tasks: readonly DigestTask[];
}

export type DigestDay = 'overdue' | 'today' | 'tomorrow';
export type Digest = Readonly<Record<DigestDay, DigestSection>>;

/** A mail of more is not read. */
export const SECTION_TASKS_MAX = 15;

/** The open tasks of one person up to tomorrow: theirs alone, also for a manager who sees everybody's. */
export async function digestOf(
  db: Database,
  { workspaceId, userId }: Pick<Actor, 'workspaceId' | 'userId'>,
  today: PlainDate,
): Promise<Digest> {
  const { rows } = await sql<DigestTask & { day: DigestDay; count: number }>`
    select id, name, "dueDate", "personName", day, count from (
      select t.task_id as id, t.name, t.due_date as "dueDate", t.person ->> 'name' as "personName",
        d.day, count(*) over (partition by d.day)::int as count,
        row_number() over (partition by d.day
          order by t.due_date, t.priority = 'high' desc, t.created_at, t.task_id) as place
      from tandem.tasks t
      cross join lateral (select case when t.due_date < ${today}::date then 'overdue'
        when t.due_date = ${today}::date then 'today' else 'tomorrow' end as day) d
      where t.workspace_id = ${workspaceId} and t.owner_id = ${userId}
        and t.status = 'open' and t.trashed_at is null
        and coalesce(t.due_date, 'infinity'::date) <= ${today}::date + 1 and ${notLeft}
    ) x
    where place <= ${SECTION_TASKS_MAX}
    order by place
  `.execute(db.kysely);
  const section = (day: DigestDay): DigestSection => {
    const tasks = rows.filter((row) => row.day === day);
    return {
      count: tasks[0]?.count ?? 0,
      tasks: tasks.map(({ id, name, dueDate, personName }) => ({ id, name, dueDate, personName })),
    };
  };
  return { overdue: section('overdue'), today: section('today'), tomorrow: section('tomorrow') };
}
