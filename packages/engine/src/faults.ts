/**
 * The catalogue of what can go wrong between Tandem and Salesforce: cause, class, whose move it is (B11.1).
 * The sentences are in packages/api/src/faults; tests hold catalogue, sentences and docs/ERRORS.md equal.
 * Classes and codes follow the source product's documented error sheet; codes Salesforce documents but
 * the sheet lacks are added below their class. Where we differ on purpose, docs/SPEC.md says so.
 */
export type FaultClass = 'authentication' | 'access' | 'intermittent' | 'other';
export type Mover = 'nobody' | 'user' | 'admin';

export interface FaultEntry {
  readonly class: FaultClass;
  readonly whoseMove: Mover;
}

const authentication = { class: 'authentication', whoseMove: 'user' } as const;
const byAdmin = { class: 'access', whoseMove: 'admin' } as const;
const byUser = { class: 'access', whoseMove: 'user' } as const;
const intermittent = { class: 'intermittent', whoseMove: 'nobody' } as const;
const other = { class: 'other', whoseMove: 'admin' } as const;

export const FAULTS = {
  AUTHENTICATION_FAILURE: authentication,
  EXPIRED_ACCESS: authentication,
  INACTIVE_ORGANIZATION: { class: 'authentication', whoseMove: 'admin' },
  INACTIVE_USER: { class: 'authentication', whoseMove: 'admin' },
  INVALID_GRANT: authentication,
  INVALID_SESSION_ID: authentication,

  API_CURRENTLY_DISABLED: byAdmin,
  API_DISABLED_FOR_ORG: byAdmin,
  CANNOT_EXECUTE_FLOW_TRIGGER: byAdmin,
  CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY: byAdmin,
  DUPLICATE_VALUE: byAdmin,
  ENTITY_IS_LOCKED: byAdmin,
  FIELD_CUSTOM_VALIDATION_EXCEPTION: byUser,
  FIELD_FILTER_VALIDATION_EXCEPTION: byUser,
  FIELD_INTEGRITY_EXCEPTION: byUser,
  FUNCTIONALITY_NOT_ENABLED: byAdmin,
  INACTIVE_OWNER_OR_USER: byUser,
  INSUFFICIENT_ACCESS: byAdmin,
  INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY: byAdmin,
  INSUFFICIENT_ACCESS_OR_READONLY: byAdmin,
  INVALID_CROSS_REFERENCE_KEY: byUser,
  /** As an answer to a write: the field is not there, or hidden from this user. */
  INVALID_FIELD: byAdmin,
  INVALID_FIELD_FOR_INSERT_UPDATE: byAdmin,
  INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST: byAdmin,
  INVALID_TYPE: byAdmin,
  MALFORMED_ID: byUser,
  REQUIRED_FIELD_MISSING: byAdmin,
  STORAGE_LIMIT_EXCEEDED: byAdmin,
  STRING_TOO_LONG: byUser,
  TXN_SECURITY_NO_ACCESS: byAdmin,
  /** Ours: Task is not selected for Change Data Capture, or no connected user may follow it. */
  EVENTS_NOT_SELECTED: byAdmin,
  EVENTS_NOT_PERMITTED: byAdmin,

  FAILED_WRITE: intermittent,
  INSERT_UPDATE_DELETE_NOT_ALLOWED_DURING_MAINTENANCE: intermittent,
  QUERY_TIMEOUT: intermittent,
  /** The org's calls of 24 hours. */
  REQUEST_LIMIT_EXCEEDED: intermittent,
  /** Too many long requests at the same moment. */
  'REQUEST_LIMIT_EXCEEDED/concurrent': intermittent,
  SERVER_UNAVAILABLE: intermittent,
  UNABLE_TO_LOCK_ROW: intermittent,
  /** The one case of this code that the sheet knows. */
  'INVALID_FIELD/timeout': intermittent,
  /** Ours: the Pub/Sub API gives up on a place in the stream, or the org's event deliveries are used up. */
  EVENTS_PLACE_LOST: intermittent,
  EVENTS_LIMIT: intermittent,
  /** Ours: the request did not reach Salesforce, or the reply did not reach us. */
  NETWORK: intermittent,
  TIMEOUT: intermittent,
  /** Ours: what came back cannot be Salesforce's. */
  BAD_REPLY: intermittent,
  REPLY_TOO_LARGE: other,

  /** Choosing the contact mends it, so it is not support's move. */
  CANNOT_UPDATE_CONVERTED_LEAD: { class: 'other', whoseMove: 'user' },
  /** Ours: HTTP said no, and nothing of Salesforce's was in the body. */
  HTTP: other,
  UNKNOWN_EXCEPTION: other,
  /** Ours: a create may have happened and the org has no field to find out by. */
  OUTCOME_UNKNOWN: { class: 'other', whoseMove: 'user' },
  /** Ours: the record holds a value that the app's database cannot store. */
  UNREADABLE_RECORD: other,
  /** Ours: what was decided would have broken an invariant; nothing of it was done (H1). */
  BROKEN_INVARIANT: other,
} as const satisfies Record<string, FaultEntry>;

export type FaultCause = keyof typeof FAULTS;

/**
 * Codes that mean two things, told apart by Salesforce's text, and codes that are one thing. Regular expressions
 * that JavaScript and PostgreSQL read alike, without regard to case: lists are grouped by cause in SQL.
 */
export const FAULT_VARIANTS: readonly {
  readonly code: string;
  readonly message: string;
  readonly cause: FaultCause;
}[] = [
  { code: '^INVALID_FIELD$', message: 'timed? ?-?out', cause: 'INVALID_FIELD/timeout' },
  {
    code: '^REQUEST_LIMIT_EXCEEDED$',
    message: 'concurrent',
    cause: 'REQUEST_LIMIT_EXCEEDED/concurrent',
  },
  { code: '^HTTP_[0-9]+$', message: '', cause: 'HTTP' },
];

/** What stands in the catalogue for this code; the code itself where it means one thing, also an unknown one. */
export function causeOf(code: string, message: string): string {
  return variants.find((each) => each.code.test(code) && each.message.test(message))?.cause ?? code;
}

const variants = FAULT_VARIANTS.map(({ code, message, cause }) => ({
  code: new RegExp(code, 'i'),
  message: new RegExp(message, 'i'),
  cause,
}));

/** Codes Salesforce adds over time are neither retried blindly nor hidden: class "other". */
export function faultOf(code: string, message: string): FaultEntry {
  const entries: Readonly<Record<string, FaultEntry>> = FAULTS;
  const cause = causeOf(code, message);
  return Object.hasOwn(entries, cause) ? (entries[cause] ?? other) : other;
}

const RETRY_FIRST_MS = 5_000;
/** Longer than a lock or a busy minute, short enough that a person who waits sees it move. */
const RETRY_MAX_MS = 15 * 60_000;
/** After this many tries an intermittent fault is retried only at the slowest pace. */
const RETRY_DOUBLINGS_MAX = 8;

/** Growing delay of the n-th retry (n ≥ 1), spread by `jitter` in [0, 1) so that neighbours do not march in step. */
export function retryDelayMs(attempt: number, jitter: number): number {
  const doublings = Math.min(attempt - 1, RETRY_DOUBLINGS_MAX);
  const ceiling = Math.min(RETRY_FIRST_MS * 2 ** doublings, RETRY_MAX_MS);
  return Math.round(ceiling * (0.5 + jitter / 2));
}
