import type { OrgSettings } from './org.ts';

export const DEFAULT_SETTINGS: OrgSettings = {
  creationKeyField: true,
  refreshTokenRotation: false,
  activityAccess: 'private',
  parentAccess: 'public',
  // Task.Status and Task.Priority of a fresh org take unknown values.
  restrictedPicklists: [],
  // A Developer Edition's allowance.
  dailyApiRequests: 15_000,
  sessionTimeoutMinutes: 120,
  // An org selects none by itself; this one is made ready, as it is with the key field.
  changeEventEntities: ['Task'],
  dailyEventDeliveries: 50_000,
};
