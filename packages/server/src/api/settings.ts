import { ENDPOINTS, type SyncSettings } from '@tandem/api';
import { CREATION_KEY_FIELD, type Salesforce } from '@tandem/salesforce';
import {
  type Actor,
  type ConnectionView,
  getSettings,
  getTeamSync,
  putSettings,
  putTeamSync,
  type SyncSettingsChange,
  type SyncSettingsView,
  savePicklists,
  startWaiting,
  switchOff,
  switchOn,
  teamSyncOf,
} from '@tandem/store';
import { windowStart } from '@tandem/sync';
import type { FastifyInstance } from 'fastify';
import { answerOf } from '../connect/gateway.ts';
import { noteAccess } from '../connect/read-org.ts';
import { withSalesforce } from '../connect/with-salesforce.ts';
import { endpoint } from '../http/endpoint.ts';
import { invalidField, Refusal } from '../http/refusal.ts';
import type { Services } from '../services.ts';

/** How a person's tasks sync (B6.1); maps and the conflict rule are the workspace's (B3.4, B10.2). */
export function registerSettings(app: FastifyInstance, services: Services): void {
  const { db, clock } = services;

  const present = async (actor: Actor): Promise<SyncSettings> => {
    const settings = await getSettings(db, actor);
    if (settings !== null) return presentSettings(settings);
    return { ...NOT_CONNECTED, team: presentTeam(await teamSyncOf(db, actor)) };
  };

  endpoint(app, ENDPOINTS.getSettings, async ({ actor }) => present(actor));

  endpoint(app, ENDPOINTS.putSettings, async ({ actor, body: { mode, ...change } }) => {
    const before = await getSettings(db, actor);
    if (before === null) throw new Refusal('not_connected');
    refuseTeamChange(actor, before, change);
    refuseLocked(actor, before, mode);
    const maps = {
      statusMap: change.statusMap ?? before.statusMap,
      priorityMap: change.priorityMap ?? before.priorityMap,
    };
    // What waits for the map begins with it, also where its admin does not sync.
    const isNewMap = !sameJson(maps.statusMap, before.statusMap);
    if (isNewMap || (!before.statusMapConfirmed && isDecided(change))) {
      refuseHalfMap(maps.statusMap);
    }
    if (mode === 'off' && before.mode === 'on') await switchOff(db, actor, clock.now());
    // Settings first: the first sync starts at once and reads them.
    if (mode === 'on' && before.mode === 'off') {
      refuseHalfMap(maps.statusMap);
      const serverTime = await withSalesforce(services, actor, readPicklists);
      await refuseProposedMap(actor, change);
      await putSettings(db, actor, change, clock.now());
      const window = change.importWindow ?? before.importWindow;
      const result = await switchOn(db, actor, windowStart(window, serverTime), clock.now());
      if (result.kind !== 'ok') throw new Refusal(result.kind);
    } else if (Object.keys(change).length > 0) {
      await putSettings(db, actor, change, clock.now());
    }
    if (!before.statusMapConfirmed) {
      await startWaiting(db, actor, windowStart, clock.now());
    }
    return present(actor);
  });

  /** B3.4: the org lacks a standard status, and what its own mean is a guess until an admin has said so. */
  const refuseProposedMap = async (actor: Actor, change: SyncSettingsChange): Promise<void> => {
    if (isDecided(change)) return;
    const read = await getSettings(db, actor);
    if (read?.statusMapConfirmed === false) throw new Refusal('confirm_status_map');
  };

  endpoint(app, ENDPOINTS.getTeamSync, async ({ actor }) => getTeamSync(db, actor));

  endpoint(app, ENDPOINTS.putTeamSync, async ({ actor, body }) => {
    await putTeamSync(db, actor, body, windowStart, clock.now());
    return getTeamSync(db, actor);
  });

  /** B3.4: read live; the same call tells Salesforce's own clock, which the window is counted by (B6.4). */
  const readPicklists = async (
    salesforce: Salesforce,
    connection: ConnectionView,
  ): Promise<string> => {
    const [read, described] = await Promise.all([
      salesforce.picklists(),
      salesforce.describeTask(CREATION_KEY_FIELD),
    ]);
    const { value: picklists, serverTime } = answerOf(read);
    // An admin may have added the field since the account was connected (R7).
    const task = answerOf(described).value;
    const creationKeyField = task.keyField.kind === 'usable';
    const { workspaceId, orgId } = connection;
    await savePicklists(db, workspaceId, orgId, { picklists, creationKeyField }, clock.now());
    await noteAccess(services, connection, task);
    return serverTime;
  };
}

const TEAM_FIELDS = [
  'statusMap',
  'priorityMap',
  'conflictRule',
  'reopenToFormerStatus',
  'apiShare',
] as const;
type Change = Pick<SyncSettingsChange, (typeof TEAM_FIELDS)[number] | 'confirmStatusMap'>;

const isDecided = ({ statusMap, confirmStatusMap }: Change) =>
  statusMap !== undefined || confirmStatusMap === true;

/** Pages save the whole form, so only a real change of an admin's setting is refused. */
function refuseTeamChange(actor: Actor, before: SyncSettingsView, change: Change): void {
  if (actor.role === 'admin') return;
  if (change.confirmStatusMap) throw onlyAdmin('confirmStatusMap');
  for (const field of TEAM_FIELDS) {
    const value = change[field];
    if (value === undefined || sameJson(value, before[field])) continue;
    throw onlyAdmin(field);
  }
}

/** B6.1. */
function refuseLocked(
  actor: Actor,
  { mode, team }: SyncSettingsView,
  wanted: SyncSettingsView['mode'] | undefined,
): void {
  if (actor.role === 'admin' || !team.locked) return;
  if (wanted !== undefined && wanted !== mode) throw onlyAdmin('mode');
}

function onlyAdmin(field: string): Refusal {
  return new Refusal('not_allowed', 'Only an admin of the workspace may change this.', [
    { field, message: 'only an admin may change this' },
  ]);
}

/** B3.4: without a partner for both app values no status could cross. */
function refuseHalfMap(statusMap: SyncSettingsView['statusMap']): void {
  const mapped = new Set(Object.values(statusMap));
  if (!mapped.has('open')) throw invalidField('statusMap', 'must map one status to open');
  if (!mapped.has('complete')) throw invalidField('statusMap', 'must map one status to complete');
}

const canonical = (value: unknown): unknown =>
  typeof value === 'object' && value !== null
    ? Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
    : value;
const sameJson = (a: unknown, b: unknown) =>
  JSON.stringify(canonical(a)) === JSON.stringify(canonical(b));

function presentSettings(settings: SyncSettingsView): SyncSettings {
  return {
    mode: settings.mode,
    importWindow: settings.importWindow,
    conflictRule: settings.conflictRule,
    reopenToFormerStatus: settings.reopenToFormerStatus,
    statusMap: { ...settings.statusMap },
    priorityMap: { ...settings.priorityMap },
    orgStatuses: [...settings.orgStatuses],
    orgPriorities: [...settings.orgPriorities],
    switchedOnAt: settings.switchedOnAt,
    apiShare: settings.apiShare,
    statusMapConfirmed: settings.statusMapConfirmed,
    newStatuses: [...settings.newStatuses],
    team: presentTeam(settings.team),
  };
}

const presentTeam = ({ mode, locked }: SyncSettingsView['team']) => ({ mode, locked });

/** What the page shows before there is an org to ask: the defaults of B3.1, B4.1, B6.1, B6.4. */
const NOT_CONNECTED: SyncSettings = {
  mode: 'off',
  importWindow: '24h',
  conflictRule: 'latest',
  reopenToFormerStatus: false,
  statusMap: {},
  priorityMap: {},
  orgStatuses: [],
  orgPriorities: [],
  switchedOnAt: null,
  apiShare: 20,
  statusMapConfirmed: true,
  newStatuses: [],
  team: { mode: 'each', locked: false },
};
