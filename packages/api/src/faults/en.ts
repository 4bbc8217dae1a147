/**
 * What went wrong between Tandem and Salesforce, by cause (packages/engine/src/faults.ts): what happened, and what
 * happens next. Shown by the pages, written into docs/ERRORS.md and into exports; a test holds all of them equal.
 */
export interface CauseText {
  readonly what: string;
  readonly next: string;
}

const RETRIES = 'Tandem tries again by itself, a little later each time.';
const SIGN_IN = 'Sign in to Salesforce again; what waits goes by itself then.';

export const FAULT_TEXTS_EN = {
  AUTHENTICATION_FAILURE: { what: 'Salesforce did not accept the sign-in.', next: SIGN_IN },
  EXPIRED_ACCESS: {
    what: 'The permission to act for you in Salesforce has expired.',
    next: SIGN_IN,
  },
  INACTIVE_ORGANIZATION: {
    what: 'Salesforce says that this org is not active.',
    next: 'A Salesforce admin can tell why. Sign in again when it is active; nothing is lost meanwhile.',
  },
  INACTIVE_USER: {
    what: 'Your Salesforce user is not active.',
    next: 'A Salesforce admin can activate it. Sign in again then; nothing is lost meanwhile.',
  },
  INVALID_GRANT: {
    what: 'Salesforce withdrew the permission to act for you, or does not allow it from this address.',
    next: 'Sign in to Salesforce again. If that is refused too, a Salesforce admin can allow Tandem’s address.',
  },
  INVALID_SESSION_ID: { what: 'The Salesforce session has ended.', next: SIGN_IN },
  API_CURRENTLY_DISABLED: {
    what: 'Salesforce has switched off API access for your user.',
    next: 'A Salesforce admin can allow “API Enabled” for your profile; then press “Retry”.',
  },
  API_DISABLED_FOR_ORG: {
    what: 'API access is switched off for this Salesforce org.',
    next: 'A Salesforce admin can say whether its edition has API access; then press “Retry”.',
  },
  CANNOT_EXECUTE_FLOW_TRIGGER: {
    what: 'A flow in Salesforce failed, and so the change was not saved.',
    next: 'A Salesforce admin can mend the flow it names; then press “Retry”.',
  },
  CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY: {
    what: 'A trigger in Salesforce failed, and so the change was not saved.',
    next: 'A Salesforce admin can mend the trigger it names; then press “Retry”.',
  },
  DUPLICATE_VALUE: {
    what: 'Salesforce already has a record with a value that may exist only once.',
    next: 'A Salesforce admin can look at the field and the record it names; then press “Retry”.',
  },
  ENTITY_IS_LOCKED: {
    what: 'The record is locked in Salesforce, for an approval perhaps.',
    next: 'Whoever approves it, or a Salesforce admin, can lift the lock; then press “Retry”.',
  },
  FIELD_CUSTOM_VALIDATION_EXCEPTION: {
    what: 'A validation rule in Salesforce did not accept this.',
    next: 'Change what it names, and the task goes by itself. If the rule is wrong, a Salesforce admin can change it.',
  },
  FIELD_FILTER_VALIDATION_EXCEPTION: {
    what: 'The person or record chosen does not pass a lookup filter in Salesforce.',
    next: 'Choose another one, and the task goes by itself.',
  },
  FIELD_INTEGRITY_EXCEPTION: {
    what: 'Two values do not go together in Salesforce.',
    next: 'Change the one it names, and the task goes by itself.',
  },
  FUNCTIONALITY_NOT_ENABLED: {
    what: 'Salesforce does not have this switched on for your org or your user.',
    next: 'A Salesforce admin can switch it on; then press “Retry”.',
  },
  INACTIVE_OWNER_OR_USER: {
    what: 'The task’s owner is no longer active in Salesforce.',
    next: 'Give the task to somebody else, and it goes by itself.',
  },
  INSUFFICIENT_ACCESS: {
    what: 'Your Salesforce user may not do this.',
    next: 'A Salesforce admin can allow it; then press “Retry”.',
  },
  INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY: {
    what: 'Your Salesforce user may not see the person or record this task belongs to.',
    next: 'A Salesforce admin can share it with you; then press “Retry”. Or choose another one here.',
  },
  INSUFFICIENT_ACCESS_OR_READONLY: {
    what: 'Your Salesforce user may not change this record.',
    next: 'A Salesforce admin can allow it; then press “Retry”.',
  },
  INVALID_CROSS_REFERENCE_KEY: {
    what: 'The person or record this task belongs to is no longer in Salesforce.',
    next: 'Remove it here or choose another one, and the task goes by itself.',
  },
  INVALID_FIELD: {
    what: 'Salesforce does not have one of the fields, or hides it from your user.',
    next: 'A Salesforce admin can show the field to your profile. Tandem notices and goes on by itself.',
  },
  INVALID_FIELD_FOR_INSERT_UPDATE: {
    what: 'Your Salesforce user may not write one of the fields.',
    next: 'A Salesforce admin can allow it in field-level security. Tandem notices and goes on by itself.',
  },
  INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST: {
    what: 'Salesforce does not know this status or priority.',
    next: 'An admin can correct the map in Settings → Salesforce; then the task goes by itself.',
  },
  INVALID_TYPE: {
    what: 'Your Salesforce user may not use tasks.',
    next: 'A Salesforce admin can give access to tasks. Tandem notices and goes on by itself.',
  },
  MALFORMED_ID: {
    what: 'The id of the person or record is not valid in Salesforce.',
    next: 'Remove the person or related record, choose it again, and the task goes by itself.',
  },
  REQUIRED_FIELD_MISSING: {
    what: 'Salesforce requires a field that Tandem does not fill.',
    next: 'A Salesforce admin can give the field a default or make it optional; then press “Retry”.',
  },
  STORAGE_LIMIT_EXCEEDED: {
    what: 'The storage of this Salesforce org is full.',
    next: 'A Salesforce admin can make room; then press “Retry”.',
  },
  STRING_TOO_LONG: {
    what: 'A text is too long for Salesforce.',
    next: 'Shorten it, and the task goes by itself.',
  },
  TXN_SECURITY_NO_ACCESS: {
    what: 'A transaction security policy in Salesforce stopped this.',
    next: 'A Salesforce admin can look at the policy; then press “Retry”.',
  },
  EVENTS_NOT_SELECTED: {
    what: 'Salesforce does not tell of changes to tasks by itself, so Tandem polls.',
    next: 'A Salesforce admin can select Task in Setup → Change Data Capture; Tandem notices within minutes.',
  },
  EVENTS_NOT_PERMITTED: {
    what: 'The Salesforce user that Tandem listens with may not follow changes to tasks, so Tandem polls.',
    next: 'A Salesforce admin can give that user “View All Data”; Tandem notices within minutes.',
  },
  EVENTS_PLACE_LOST: {
    what: 'Salesforce has forgotten where in the change events Tandem was.',
    next: 'Tandem polls for what it missed and listens from now on.',
  },
  EVENTS_LIMIT: {
    what: 'The change events of your org are used up for these 24 hours, so Tandem polls.',
    next: 'Tandem listens again by itself as soon as there are some.',
  },
  FAILED_WRITE: { what: 'Salesforce could not save just now.', next: RETRIES },
  INSERT_UPDATE_DELETE_NOT_ALLOWED_DURING_MAINTENANCE: {
    what: 'Salesforce is under maintenance and saves nothing.',
    next: RETRIES,
  },
  QUERY_TIMEOUT: { what: 'Salesforce took too long to answer a question.', next: RETRIES },
  REQUEST_LIMIT_EXCEEDED: {
    what: 'The API calls of your org are used up for these 24 hours.',
    next: 'Tandem goes on by itself as soon as there are some again. An admin can buy more, or find who else uses them.',
  },
  'REQUEST_LIMIT_EXCEEDED/concurrent': {
    what: 'Too many programs use Salesforce at the same moment.',
    next: RETRIES,
  },
  SERVER_UNAVAILABLE: { what: 'Salesforce is not available just now.', next: RETRIES },
  UNABLE_TO_LOCK_ROW: {
    what: 'Somebody else is saving the same record in Salesforce.',
    next: RETRIES,
  },
  'INVALID_FIELD/timeout': {
    what: 'Salesforce took too long to read a field.',
    next: RETRIES,
  },
  NETWORK: { what: 'Salesforce could not be reached.', next: RETRIES },
  TIMEOUT: { what: 'Salesforce did not answer in time.', next: RETRIES },
  BAD_REPLY: {
    what: 'What came back was not an answer of Salesforce’s; something in between answered.',
    next: RETRIES,
  },
  REPLY_TOO_LARGE: {
    what: 'Salesforce’s answer was larger than Tandem takes in.',
    next: 'Tell the people who run Tandem; its log says which request it was.',
  },
  CANNOT_UPDATE_CONVERTED_LEAD: {
    what: 'The lead was converted in Salesforce and cannot be used any more.',
    next: 'Choose the contact it became instead, and the task goes by itself.',
  },
  HTTP: {
    what: 'Something between Tandem and Salesforce refused the request.',
    next: 'Tell the people who run Tandem: a proxy or firewall may stand in the way. Then press “Retry”.',
  },
  UNKNOWN_EXCEPTION: {
    what: 'Salesforce met an error of its own.',
    next: 'Press “Retry”. If it comes back, an admin can ask Salesforce support with the text beside this.',
  },
  OUTCOME_UNKNOWN: {
    what: 'Salesforce’s answer was lost, and Tandem cannot tell whether the task was made there.',
    next: 'Look in Salesforce. If it is not there, press “Retry”; if it is, press “Ignore”.',
  },
  UNREADABLE_RECORD: {
    what: 'The Salesforce task holds a character or a value that Tandem cannot store.',
    next: 'Once it is changed there, the task goes on by itself.',
  },
  BROKEN_INVARIANT: {
    what: 'Tandem stopped before doing something it promises never to do, and left both sides as they are.',
    next: 'Tell the people who run Tandem; the text beside this names the promise.',
  },
} as const satisfies Record<string, CauseText>;

/** A code that is newer than this catalogue. */
export const UNKNOWN_FAULT_EN: CauseText = {
  what: 'Salesforce answered something Tandem does not know yet.',
  next: 'Its own words stand beside this. Press “Retry” when the cause is gone.',
};

/** Why a Salesforce task was left out. Nothing is to be done; `next` says how it could come in. */
export const SKIP_TEXTS_EN = {
  outside_window: {
    what: 'Not changed within the import window',
    next: 'It comes in as soon as somebody changes it in Salesforce.',
  },
  unmapped_closed_status: {
    what: 'Closed with a status that is not mapped',
    next: 'It comes in when an admin maps the status and it is changed again, or when it is reopened.',
  },
  series: {
    what: 'A recurring series (its single tasks do sync)',
    next: 'Nothing is missing: each task of the series comes in by itself.',
  },
  deleted: {
    what: 'In Salesforce’s Recycle Bin',
    next: 'It comes in when it is restored there.',
  },
  archived: {
    what: 'Archived in Salesforce',
    next: 'Salesforce archives closed tasks after a year. They stay there.',
  },
  not_yours: {
    what: 'Belongs to somebody else',
    next: 'It comes in when it is given to you.',
  },
  unreadable: {
    what: 'Holds a character or a value that Tandem cannot store',
    next: 'Once it is changed in Salesforce, it comes in by itself.',
  },
  unknown: { what: 'For another reason', next: 'It comes in when it is changed in Salesforce.' },
} as const satisfies Record<string, CauseText>;
