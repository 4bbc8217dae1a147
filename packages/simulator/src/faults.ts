/** Everything that goes wrong in a simulated world; each is off in half the seeds, else of random strength. */
export const FAULTS = [
  // network
  'request_lost',
  'reply_lost',
  'lands_late',
  'half_applied',
  // change events
  'hint_duplicate',
  'hint_reordered',
  'hint_late',
  'hint_dropped',
  'hint_gap',
  // processes
  'crash',
  'crash_in_commit',
  'worker_paused',
  // Salesforce's answers
  'row_lock',
  'server_error',
  'rate_limited',
  'daily_limit',
  'token_revoked',
  // time
  'late_commit',
  'coarse_stamps',
  'clock_skew',
  'dst',
  'long_gap',
  // the org
  'trigger',
  'field_permission',
  'picklist_changed',
  'owner_changed',
  'archived',
  'purged',
  'undeleted',
  'poison_row',
  // operations
  'deploy',
  'restored_backup',
] as const;

export type Fault = (typeof FAULTS)[number];
