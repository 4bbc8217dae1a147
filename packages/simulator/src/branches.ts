/**
 * What a long enough series of runs must have seen, as it shows from outside: journal entries as
 * kind/rule/side, what happened to a task or a link, what was sent, what Salesforce answered. A zero among
 * these counters is a hole in the proof.
 */

const IN_BOTH_PHASES = [
  'adopted/R8/sf',
  'app:import',
  'app:patch',
  'app:restore',
  'app:trash',
  'conflict/B10.2/app',
  'conflict/B10.2/sf',
  'conflict/R10/sf',
  'deleted/B10.3/app',
  'deleted/B10.3/sf',
  'deleted/B8.1/app',
  'deleted/B8.2/sf',
  'gone/B7.2/sf',
  'imported/B6.4/sf',
  'intent:create',
  'intent:delete',
  'intent:update',
  'link:dead>live',
  'link:left>dead',
  'link:left>live',
  'link:live>dead',
  'link:live>gone',
  'link:live>left',
  'link:new>live',
  'parked:FIELD_CUSTOM_VALIDATION_EXCEPTION',
  'parked:JSON_PARSER_ERROR',
  'parked:UNABLE_TO_LOCK_ROW',
  'pulled/B2/sf',
  'pushed/B2/app',
  'pushed/B5.4/app',
  'reassigned/B8.3/sf',
  'refused/B11.1/sf',
  'restored/B8.2/sf',
  'result:duplicate',
  'result:gone',
  'result:stale',
  'send:create',
  'send:delete',
  'send:update:bulk',
  'send:update:guarded',
  'sent/B8.1/app',
  'sf:missing',
  'unmapped/B3.2/sf',
  'unmapped/B3.5/sf',
  'unmapped/B4.1/sf',
  'unmapped/B5.4/sf',
] as const;

const WHILE_FAULTS_GO_ON = [
  'late_overwrite/B10.3/sf',
  'late_overwrite/R9/sf',
  'parked:INSUFFICIENT_ACCESS_OR_READONLY',
  'parked:INVALID_FIELD_FOR_INSERT_UPDATE',
  'parked:INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST',
] as const;

const ONCE_FAULTS_STOPPED = [
  'end:dead',
  'end:gone',
  'end:left',
  'end:live',
  'end:parked:FIELD_CUSTOM_VALIDATION_EXCEPTION',
  'end:parked:JSON_PARSER_ERROR',
  'end:parked:OUTCOME_UNKNOWN',
  'parked:OUTCOME_UNKNOWN',
  'refused/R8/engine',
] as const;

export const BRANCHES: readonly string[] = [
  ...IN_BOTH_PHASES.flatMap((name) => [`${name}/safety`, `${name}/liveness`]),
  ...WHILE_FAULTS_GO_ON.map((name) => `${name}/safety`),
  ...ONCE_FAULTS_STOPPED.map((name) => `${name}/liveness`),
];
