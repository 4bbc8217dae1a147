import type { EndpointContract } from './endpoints.ts';
import * as sf from './salesforce.ts';

const V1 = '/api/v1';

/** How tasks sync, where that stands, and what needs somebody. Part of ENDPOINTS. */
export const SYNC_ENDPOINTS = {
  getSettings: {
    method: 'GET',
    path: `${V1}/sync/settings`,
    tag: 'Sync',
    summary: 'How your tasks sync',
    who: 'member',
    reply: sf.syncSettings,
  },
  putSettings: {
    method: 'PUT',
    path: `${V1}/sync/settings`,
    tag: 'Sync',
    summary: 'Save settings; fields left out stay. `mode: "on"` starts the first sync (B6.3)',
    who: 'member',
    body: sf.syncSettingsUpdate,
    reply: sf.syncSettings,
    problems: [
      'not_allowed',
      'not_connected',
      'confirm_status_map',
      'salesforce_sign_in',
      'salesforce_unavailable',
    ],
  },
  getTeamSync: {
    method: 'GET',
    path: `${V1}/sync/team`,
    tag: 'Sync',
    summary: 'How everybody’s tasks sync, and the API calls that takes (B6.1)',
    who: 'admin',
    reply: sf.teamSync,
  },
  putTeamSync: {
    method: 'PUT',
    path: `${V1}/sync/team`,
    tag: 'Sync',
    summary: 'Switch sync on or off for everybody, now and when they connect, and lock it (B6.1)',
    who: 'admin',
    body: sf.teamSyncUpdate,
    reply: sf.teamSync,
  },
  previewSync: {
    method: 'POST',
    path: `${V1}/sync/preview`,
    tag: 'Sync',
    summary: 'What Save would do; writes nothing (B6.2)',
    who: 'member',
    body: sf.previewRequest,
    reply: sf.preview,
    problems: ['not_connected', 'salesforce_sign_in', 'salesforce_unavailable'],
  },
  syncStatus: {
    method: 'GET',
    path: `${V1}/sync/status`,
    tag: 'Sync',
    summary: 'Where sync stands, and the progress of the first import',
    who: 'member',
    reply: sf.syncStatus,
  },
  syncHealth: {
    method: 'GET',
    path: `${V1}/sync/health`,
    tag: 'Sync',
    summary: 'Whether sync moves, how quick it is and what it costs, over 24 hours (B11.6, B11.7)',
    who: 'member',
    reply: sf.syncHealth,
  },
  syncNow: {
    method: 'POST',
    path: `${V1}/sync/now`,
    tag: 'Sync',
    summary: 'Look at Salesforce now instead of at the next poll',
    who: 'member',
    reply: null,
    problems: ['not_connected', 'sync_is_off'],
  },
  compareNow: {
    method: 'POST',
    path: `${V1}/sync/compare`,
    tag: 'Sync',
    summary: 'Compare all tasks with Salesforce now instead of once a day (R13)',
    who: 'member',
    reply: null,
    problems: ['not_connected', 'sync_is_off'],
  },
  answerBrake: {
    method: 'POST',
    path: `${V1}/sync/brake`,
    tag: 'Sync',
    summary:
      'Answer the question of `brake` in the status: go on, or keep what would be deleted (B11.5)',
    who: 'member',
    body: sf.brakeAnswer,
    reply: null,
    problems: ['not_connected', 'nothing_asked'],
  },
} as const satisfies Record<string, EndpointContract>;
