import type { Link, Policy, SalesforceTask } from '@tandem/engine';
import { sql } from 'kysely';
import type { Actor } from '../actor.ts';
import { mapsOf, type StoredOrg } from '../connections/maps.ts';
import type { Database } from '../database.ts';
import { isUuid } from '../uuid.ts';
import { visibleTo } from './visible.ts';

/** What Salesforce was last seen to hold of a task, and the maps it is read by. */
export interface SalesforceSideView {
  readonly task: SalesforceTask;
  readonly seenAt: string;
  readonly origin: Link['origin'];
  readonly policy: Pick<Policy, 'status' | 'priority' | 'owners' | 'subjectTemplate'>;
  /** The app's user who is connected as the record's owner. */
  readonly ownerName: string | null;
}

interface SideRow extends StoredOrg {
  readonly sf: Link['sf'];
  readonly origin: Link['origin'];
  readonly subject_template: string;
  readonly owners: readonly { user: string; sf: string }[] | null;
  readonly owner_name: string | null;
}

/**
 * `null`: no task the actor may see; `unseen`: it has no record that was ever seen; `missing`: Salesforce does not
 * show it any more. The record of a task that was deleted on both sides counts too.
 */
export async function readSides(
  db: Database,
  actor: Actor,
  taskId: string,
): Promise<SalesforceSideView | 'unseen' | 'missing' | null> {
  if (!isUuid(taskId)) return null;
  const { rows } = await sql<Partial<SideRow>>`
    select l.sf, l.origin, w.subject_template, g.status_map, g.priority_map, g.statuses, g.priorities,
      (select jsonb_agg(jsonb_build_object('user', x.user_id, 'sf', x.salesforce_user_id))
       from tandem.connections x where x.workspace_id = l.workspace_id and x.org_id = l.org_id
         and x.connected) as owners,
      (select u.name from tandem.connections x join auth."user" u on u.id = x.user_id
       where x.workspace_id = l.workspace_id and x.org_id = l.org_id
         and x.salesforce_user_id = l.sf #>> '{task,OwnerId}'
       order by x.connected desc, x.connection_id limit 1) as owner_name
    from tandem.tasks t
    join tandem.workspaces w using (workspace_id)
    left join lateral (
      select own.workspace_id, own.org_id, own.sf, own.origin from tandem.links own
      where own.workspace_id = t.workspace_id and own.task_id = t.task_id
      order by own.state = 'dead', own.created_at desc, own.link_id
      limit 1
    ) l on true
    left join tandem.orgs g on g.workspace_id = l.workspace_id and g.org_id = l.org_id
    where ${visibleTo(actor)} and t.task_id = ${taskId}
  `.execute(db.kysely);
  const [row] = rows;
  if (row === undefined) return null;
  if (row.sf?.kind === 'seen') return sideOf(row as SideRow, row.sf);
  return row.sf?.kind === 'missing' ? 'missing' : 'unseen';
}

function sideOf(row: SideRow, sf: Extract<Link['sf'], { kind: 'seen' }>): SalesforceSideView {
  const owners = row.owners ?? [];
  return {
    task: sf.task,
    seenAt: sf.seenAt,
    origin: row.origin,
    ownerName: row.owner_name,
    policy: {
      ...mapsOf(row),
      subjectTemplate: row.subject_template,
      owners: {
        toSf: Object.fromEntries(owners.map(({ user, sf: id }) => [user, id])),
        toApp: Object.fromEntries(owners.map(({ user, sf: id }) => [id, user])),
      },
    },
  };
}
