import { ENDPOINTS, type SyncSettings } from '@tandem/api';
import { CREATION_KEY_FIELD, type Salesforce } from '@tandem/salesforce';
import {
  type Actor,
  type ConnectionView,
  getSettings,
  putSettings,
  type SyncSettingsChange,
  type SyncSettingsView,
  savePicklists,
  switchOff,
  switchOn,
} from '@tandem/store';
import { windowStart } from '@tandem/sync';
import type { FastifyInstance } from 'fastify';
import { answerOf } from '../connect/gateway.ts';
import { withSalesforce } from '../connect/with-salesforce.ts';
import { endpoint } from '../http/endpoint.ts';
import { invalidField, Refusal } from '../http/refusal.ts';
import type { Services } from '../services.ts';

/** How a person's tasks sync (B6.1); maps and the conflict rule are the workspace's (B3.4, B10.2). */
export function registerSettings(app: FastifyInstance, services: Services): void {
  const { db, clock } = services;

  endpoint(app, ENDPOINTS.getSettings, async ({ actor }) =>
    presentSettings(await getSettings(db, actor)),
  );

  endpoint(app, ENDPOINTS.putSettings, async ({ actor, body: { mode, ...change } }) => {
    const before = await getSettings(db, actor);
    if (before === null) throw new Refusal('not_connected');
    refuseTeamChange(actor, before, change);
    const maps = {
      statusMap: change.statusMap ?? before.statusMap,
      priorityMap: change.priorityMap ?? before.priorityMap,
    };
    if (mode === 'off' && before.mode === 'on') await switchOff(db, actor, clock.now());
    // Settings first: the first sync starts at once and reads them.
    if (mode === 'on' && before.mode === 'off') {
      refuseHalfMap(maps.statusMap);
      const serverTime = await withSalesforce(services, actor, readPicklists);
      await putSettings(db, actor, change, clock.now());
      const window = change.importWindow ?? before.importWindow;
      const result = await switchOn(db, actor, windowStart(window, serverTime), clock.now());
      if (result.kind !== 'ok') throw new Refusal(result.kind);
    } else if (Object.keys(change).length > 0) {
      await putSettings(db, actor, change, clock.now());
    }
    return presentSettings(await getSettings(db, actor));
  });

  /** B3.4: read live; the same call tells Salesforce's own clock, which the window is counted by (B6.4). */
  const readPicklists = async (
    salesforce: Salesforce,
    connection: ConnectionView,
  ): Promise<string> => {
    const [read, probe] = await Promise.all([
      salesforce.picklists(),
      salesforce.probeKeyField(CREATION_KEY_FIELD),
    ]);
    const { value: picklists, serverTime } = answerOf(read);
    // An admin may have added the field since the account was connected (R7).
    const creationKeyField = answerOf(probe).value.kind === 'usable';
    const { workspaceId, orgId } = connection;
    await savePicklists(db, workspaceId, orgId, { picklists, creationKeyField }, clock.now());
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
type Change = Pick<SyncSettingsChange, (typeof TEAM_FIELDS)[number]>;

/** Pages save the whole form, so only a real change of an admin's setting is refused. */
function refuseTeamChange(actor: Actor, before: SyncSettingsView, change: Change): void {
  if (actor.role === 'admin') return;
  for (const field of TEAM_FIELDS) {
    const value = change[field];
    if (value === undefined || sameJson(value, before[field])) continue;
    throw new Refusal('not_allowed', 'Only an admin of the workspace may change this.', [
      { field, message: 'only an admin may change this' },
    ]);
  }
}

/** B3.4: without a partner for both app values no status could cross, so sync does not start. */
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

function presentSettings(settings: SyncSettingsView | null): SyncSettings {
  if (settings === null) return NOT_CONNECTED;
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
  };
}

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
};
