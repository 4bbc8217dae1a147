import { type Instant, shift } from '@tandem/engine';
import { sql } from 'kysely';
import type { Actor } from '../actor.ts';
import { appendAudit } from '../audit/append-audit.ts';
import type { Database } from '../database.ts';
import { notify } from '../events/notify.ts';
import { inTransaction } from '../transaction.ts';
import { awaitsConfirmation, type StoredOrg } from './maps.ts';
import type { ImportWindow, TeamSync } from './settings-types.ts';
import { switchOff, switchOn } from './switch.ts';
import { type CallEstimate, estimateCalls } from './team-estimate.ts';
import { teamOf } from './team-of.ts';

/** B6.1: the choice for everybody of the workspace, with what it comes to. That only admins may is the caller's. */
export interface TeamSyncView extends TeamSync {
  readonly accounts: number;
  readonly on: number;
  /** API calls a day, all accounts on. */
  readonly estimate: CallEstimate;
  /** What Tandem keeps to in these orgs; null before each has told its limit. */
  readonly allowance: number | null;
}

export async function getTeamSync(db: Database, actor: Actor): Promise<TeamSyncView> {
  const { rows } = await sql<OrgRow>`
    select count(*)::int as accounts,
      count(*) filter (where c.status <> 'off')::int as "on",
      count(*) filter (where c.feed_at is not null) > 0 as "sharesFeed",
      (select floor(g.api_share * (x.usage ->> 'max')::numeric)::int
       from tandem.connections x
       join tandem.orgs g on g.workspace_id = x.workspace_id and g.org_id = x.org_id
       where x.workspace_id = c.workspace_id and x.org_id = c.org_id and x.usage is not null
       order by x.usage ->> 'at' desc nulls last limit 1) as allowance
    from tandem.connections c
    where c.workspace_id = ${actor.workspaceId} and c.connected
    group by c.workspace_id, c.org_id
  `.execute(db.kysely);
  const sum = (of: (row: OrgRow) => number) => rows.reduce((total, row) => total + of(row), 0);
  return {
    ...(await teamSyncOf(db, actor)),
    accounts: sum((row) => row.accounts),
    on: sum((row) => row.on),
    estimate: estimateCalls(rows),
    allowance: rows.some((row) => row.allowance === null) ? null : sum((row) => row.allowance ?? 0),
  };
}

interface OrgRow {
  readonly accounts: number;
  readonly on: number;
  readonly sharesFeed: boolean;
  readonly allowance: number | null;
}

export async function teamSyncOf(db: Database, { workspaceId }: Actor): Promise<TeamSync> {
  const row = await db.kysely
    .selectFrom('tandem.workspaces')
    .select(['team_sync', 'team_sync_locked', 'team_import_window'])
    .where('workspace_id', '=', workspaceId)
    .executeTakeFirstOrThrow();
  return teamOf(row);
}

type TeamSyncChange = Omit<TeamSync, 'importWindow'> & {
  readonly importWindow?: ImportWindow | undefined;
};

/**
 * Accounts that are already as wanted keep what they have: nothing is imported twice. A window that is not given
 * stays as it was.
 */
export async function putTeamSync(
  db: Database,
  actor: Actor,
  { mode, locked, importWindow }: TeamSyncChange,
  windowStart: WindowStart,
  at: Instant,
): Promise<void> {
  const { workspaceId } = actor;
  const window = importWindow ?? (await teamSyncOf(db, actor)).importWindow;
  await inTransaction(db, async (trx) => {
    const wanted = mode === 'each' ? null : mode;
    const { rows } = await sql`
      update tandem.workspaces set team_sync = ${wanted}, team_sync_locked = ${locked},
        team_import_window = ${window}
      where workspace_id = ${workspaceId}
        and (team_sync, team_sync_locked, team_import_window)
          is distinct from (${wanted}::text, ${locked}::boolean, ${window}::text)
      returning 1
    `.execute(trx);
    if (rows.length === 0) return;
    const data = { mode, locked, importWindow: window };
    await appendAudit(trx, actor, { action: 'team_sync_changed', data }, at);
    await notify(trx, { type: 'settings', workspaceId });
  });
  const accounts = mode === 'each' ? [] : await accountsOf(db, workspaceId);
  if (mode === 'on') return startAccounts(db, actor, accounts, { window, of: windowStart }, at);
  for (const { user_id } of accounts) {
    await switchOff(db, { workspaceId, userId: user_id, role: 'rep' }, at, actor.userId);
  }
}

/** Once the map of an org is confirmed: accounts that waited for it follow the team; who was on before has chosen. */
export async function startWaiting(
  db: Database,
  actor: Actor,
  windowStart: WindowStart,
  at: Instant,
): Promise<void> {
  const { mode, importWindow } = await teamSyncOf(db, actor);
  if (mode !== 'on') return;
  const accounts = await accountsOf(db, actor.workspaceId);
  const waiting = accounts.filter((account) => account.switched_on_at === null);
  await startAccounts(db, actor, waiting, { window: importWindow, of: windowStart }, at);
}

async function startAccounts(
  db: Database,
  { workspaceId, userId: by }: Actor,
  accounts: readonly AccountRow[],
  start: { readonly window: ImportWindow; readonly of: WindowStart },
  at: Instant,
): Promise<void> {
  for (const { user_id, clock_offset_ms, ...org } of accounts) {
    // B3.4: an org whose map nobody has confirmed does not start.
    if (awaitsConfirmation(org)) continue;
    // B6.4: by Salesforce's own clock.
    const from = start.of(start.window, shift(at, Number(clock_offset_ms)));
    await switchOn(db, { workspaceId, userId: user_id, role: 'rep' }, from, at, by);
  }
}

type WindowStart = (window: ImportWindow, serverTime: Instant) => Instant | null;

interface AccountRow extends Pick<StoredOrg, 'status_map' | 'statuses'> {
  readonly user_id: string;
  readonly clock_offset_ms: number;
  readonly switched_on_at: Instant | null;
}

async function accountsOf(db: Database, workspaceId: string): Promise<readonly AccountRow[]> {
  const rows = await db.kysely
    .selectFrom('tandem.connections as c')
    .innerJoin('tandem.orgs as g', (join) =>
      join.onRef('g.workspace_id', '=', 'c.workspace_id').onRef('g.org_id', '=', 'c.org_id'),
    )
    .select(['c.user_id', 'c.clock_offset_ms', 'c.switched_on_at', 'g.status_map', 'g.statuses'])
    .where('c.workspace_id', '=', workspaceId)
    .where('c.connected', '=', true)
    .orderBy('c.connection_id')
    .execute();
  return rows as unknown as readonly AccountRow[];
}
