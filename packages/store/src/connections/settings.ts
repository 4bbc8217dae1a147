import { isDeepStrictEqual } from 'node:util';
import type { ConflictRule, Instant } from '@tandem/engine';
import type { Actor } from '../actor.ts';
import { appendAudit } from '../audit/append-audit.ts';
import type { Database } from '../database.ts';
import { notify } from '../events/notify.ts';
import { type Executor, inTransaction } from '../transaction.ts';
import { wakeAfterEdit } from '../wake/wake.ts';
import {
  awaitsConfirmation,
  mapsOf,
  type NewStatus,
  newStatusesOf,
  priorityMapFrom,
  type StoredOrg,
  statusMapFrom,
} from './maps.ts';
import { replanParked } from './replan-parked.ts';
import type {
  ImportWindow,
  Picklists,
  SyncSettingsChange,
  SyncSettingsView,
} from './settings-types.ts';
import { teamOf } from './team-of.ts';

/** Of the connection in use, or the last one used; null when there never was one. */
export async function getSettings(db: Database, actor: Actor): Promise<SyncSettingsView | null> {
  const row = await settingsRow(db.kysely, actor);
  return row === null ? null : viewOf(row);
}

/** Only what is named changes. All but the window is the org's, and so of everybody connected to it. */
export async function putSettings(
  db: Database,
  actor: Actor,
  change: SyncSettingsChange,
  at: Instant,
): Promise<SyncSettingsView | null> {
  return inTransaction(db, async (trx) => {
    const row = await settingsRow(trx, actor);
    if (row === null) return null;
    await saveOwn(trx, actor, row.connection_id, change);
    await saveOrg(trx, actor, row, change);
    const after = await settingsRow(trx, actor);
    const fields = after === null ? [] : changedFields(viewOf(row), viewOf(after));
    if (fields.length > 0) {
      await appendAudit(trx, actor, { action: 'settings_changed', data: { fields } }, at);
    }
    await notify(trx, { type: 'settings', workspaceId: actor.workspaceId });
    if (after !== null && !sameMaps(row, after)) {
      await replanParked(trx, actor.workspaceId, { orgId: row.org_id }, at);
    }
    // B3.4: what rested until now begins.
    if (awaitsConfirmation(row)) await wakeOrg(trx, actor.workspaceId, row.org_id);
    return after === null ? null : viewOf(after);
  });
}

/** The audit log tells these by name; pages have words for each. */
const SETTINGS = [
  'apiShare',
  'conflictRule',
  'importWindow',
  'priorityMap',
  'reopenToFormerStatus',
  'statusMap',
  'statusMapConfirmed',
] as const satisfies readonly (keyof SyncSettingsView)[];

/** Pages save the whole form, so that a setting was named says nothing (B12.4). */
function changedFields(before: SyncSettingsView, after: SyncSettingsView): string[] {
  return SETTINGS.filter((name) => !isDeepStrictEqual(before[name], after[name]));
}

/** What was read live from the org (B3.4), at connect and whenever the settings are shown. */
export async function savePicklists(
  db: Database,
  workspaceId: string,
  orgId: string,
  read: { readonly picklists: Picklists; readonly creationKeyField: boolean },
  at: Instant,
): Promise<void> {
  await inTransaction(db, async (trx) => {
    const before = await orgRow(trx, workspaceId, orgId);
    const { statuses } = read.picklists;
    const news = before === undefined ? [] : newStatusesOf(before, statuses, at);
    if (news.length > (before?.new_statuses.length ?? 0)) {
      await notify(trx, { type: 'settings', workspaceId });
    }
    await trx
      .updateTable('tandem.orgs')
      .set({
        new_statuses: JSON.stringify(news),
        statuses: JSON.stringify(read.picklists.statuses),
        priorities: JSON.stringify(read.picklists.priorities),
        creation_key_field: read.creationKeyField,
        read_at: at,
      })
      .where('workspace_id', '=', workspaceId)
      .where('org_id', '=', orgId)
      .execute();
    const after = await orgRow(trx, workspaceId, orgId);
    if (before === undefined || after === undefined) return;
    // A create that named the key field can leave without it, and the other way round (R7).
    const sameKey = before.creation_key_field === after.creation_key_field;
    if (!sameKey || !sameMaps(before, after)) {
      await replanParked(trx, workspaceId, { orgId }, at);
    }
  });
}

async function orgRow(
  db: Executor,
  workspaceId: string,
  orgId: string,
): Promise<OrgRow | undefined> {
  const row = await db
    .selectFrom('tandem.orgs')
    .select([
      'status_map',
      'priority_map',
      'statuses',
      'priorities',
      'new_statuses',
      'creation_key_field',
    ])
    .where('workspace_id', '=', workspaceId)
    .where('org_id', '=', orgId)
    .forNoKeyUpdate()
    .executeTakeFirst();
  return row as OrgRow | undefined;
}

type OrgRow = StoredOrg & {
  readonly new_statuses: readonly NewStatus[];
  readonly creation_key_field: boolean | null;
};

/** Maps as stored, and what the org has to map. */
function sameMaps(a: StoredOrg, b: StoredOrg): boolean {
  const essence = ({ status_map, priority_map, statuses, priorities }: StoredOrg) =>
    JSON.stringify([status_map, priority_map, statuses, priorities]);
  return essence(a) === essence(b);
}

async function wakeOrg(db: Executor, workspaceId: string, orgId: string): Promise<void> {
  const rows = await db
    .selectFrom('tandem.connections')
    .select('connection_id')
    .where('workspace_id', '=', workspaceId)
    .where('org_id', '=', orgId)
    .where('status', '=', 'on')
    .execute();
  await wakeAfterEdit(
    db,
    workspaceId,
    rows.map((row) => row.connection_id),
  );
}

interface SettingsRow extends StoredOrg {
  connection_id: string;
  org_id: string;
  status: 'on' | 'off' | 'needs_sign_in';
  import_window: ImportWindow;
  conflict_rule: ConflictRule;
  reopen_to_former_status: boolean;
  switched_on_at: Instant | null;
  api_share: number;
  new_statuses: readonly NewStatus[];
  team_sync: 'on' | 'off' | null;
  team_sync_locked: boolean;
  team_import_window: ImportWindow;
}

async function settingsRow(db: Executor, actor: Actor): Promise<SettingsRow | null> {
  const row = await db
    .selectFrom('tandem.connections as c')
    .innerJoin('tandem.orgs as g', (join) =>
      join.onRef('g.workspace_id', '=', 'c.workspace_id').onRef('g.org_id', '=', 'c.org_id'),
    )
    .innerJoin('tandem.workspaces as w', 'w.workspace_id', 'c.workspace_id')
    .select([
      'c.connection_id',
      'c.org_id',
      'c.status',
      'c.import_window',
      'c.switched_on_at',
      'g.status_map',
      'g.priority_map',
      'g.statuses',
      'g.priorities',
      'g.api_share',
      'g.conflict_rule',
      'g.reopen_to_former_status',
      'g.new_statuses',
      'w.team_sync',
      'w.team_sync_locked',
      'w.team_import_window',
    ])
    .where('c.workspace_id', '=', actor.workspaceId)
    .where('c.user_id', '=', actor.userId)
    .orderBy('c.connected', 'desc')
    .orderBy('c.connected_at', 'desc')
    .orderBy('c.connection_id')
    .limit(1)
    .executeTakeFirst();
  return (row as SettingsRow | undefined) ?? null;
}

function viewOf(row: SettingsRow): SyncSettingsView {
  const maps = mapsOf(row);
  return {
    mode: row.status === 'off' ? 'off' : 'on',
    importWindow: row.import_window,
    conflictRule: row.conflict_rule,
    reopenToFormerStatus: row.reopen_to_former_status,
    statusMap: maps.status.toApp,
    priorityMap: maps.priority.toApp,
    orgStatuses: row.statuses,
    orgPriorities: row.priorities,
    switchedOnAt: row.switched_on_at,
    apiShare: Math.round(row.api_share * 100),
    statusMapConfirmed: !awaitsConfirmation(row),
    newStatuses: row.new_statuses,
    team: teamOf(row),
  };
}

async function saveOwn(
  db: Executor,
  actor: Actor,
  connectionId: string,
  change: SyncSettingsChange,
): Promise<void> {
  if (change.importWindow === undefined) return;
  await db
    .updateTable('tandem.connections')
    .set({ import_window: change.importWindow })
    .where('workspace_id', '=', actor.workspaceId)
    .where('connection_id', '=', connectionId)
    .execute();
}

async function saveOrg(
  db: Executor,
  actor: Actor,
  row: SettingsRow,
  change: SyncSettingsChange,
): Promise<void> {
  const before = mapsOf(row);
  const { priorityMap, apiShare, conflictRule, reopenToFormerStatus, confirmStatusMap } = change;
  const statusMap = change.statusMap ?? (confirmStatusMap ? before.status.toApp : undefined);
  const org = {
    ...(apiShare === undefined ? {} : { api_share: apiShare / 100 }),
    ...(conflictRule === undefined ? {} : { conflict_rule: conflictRule }),
    ...(reopenToFormerStatus === undefined
      ? {}
      : { reopen_to_former_status: reopenToFormerStatus }),
    ...(statusMap === undefined
      ? {}
      : {
          status_map: JSON.stringify(statusMapFrom(statusMap, before.status, row.statuses)),
          new_statuses: '[]',
        }),
    ...(priorityMap === undefined
      ? {}
      : {
          priority_map: JSON.stringify(
            priorityMapFrom(priorityMap, before.priority, row.priorities),
          ),
        }),
  };
  if (Object.keys(org).length === 0) return;
  await db
    .updateTable('tandem.orgs')
    .set(org)
    .where('workspace_id', '=', actor.workspaceId)
    .where('org_id', '=', row.org_id)
    .execute();
}
