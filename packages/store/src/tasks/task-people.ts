import { sql } from 'kysely';
import type { Actor } from '../actor.ts';
import type { Database } from '../database.ts';
import { visibleTo } from './visible.ts';

export interface TaskPerson {
  readonly id: string;
  readonly type: string;
  readonly name: string;
  readonly openTasks: number;
}

export interface PeopleFilter {
  readonly ownerId?: string | undefined;
  readonly personId?: string | undefined;
  /** Found anywhere in the name, without regard to case. */
  readonly text?: string | undefined;
  readonly limit: number;
}

/** Whom the tasks are about that the actor may see, most open tasks first. */
export async function listTaskPeople(
  db: Database,
  actor: Actor,
  { ownerId, personId, text, limit }: PeopleFilter,
): Promise<readonly TaskPerson[]> {
  const needle = text?.replaceAll('\0', '') ?? '';
  const { rows } = await sql<TaskPerson>`
    select t.person ->> 'id' as id, max(t.person ->> 'type') as type, max(t.person ->> 'name') as name,
      count(*) filter (where t.status = 'open') as "openTasks"
    from tandem.tasks t
    where ${visibleTo(actor)} and t.trashed_at is null and t.person is not null
      and ${ownerId === undefined ? sql`true` : sql`t.owner_id = ${ownerId}`}
      and ${personId === undefined ? sql`true` : sql`t.person ->> 'id' = ${personId}`}
      and ${needle === '' ? sql`true` : sql`strpos(lower(t.person ->> 'name'), lower(${needle}::text)) > 0`}
    group by 1
    order by "openTasks" desc, name, id
    limit ${limit}
  `.execute(db.kysely);
  return rows;
}
