/**
 * The words both sides share. "app" is Tandem's side, "sf" is Salesforce's side; a link ties one
 * app task to one Salesforce Task. Everything here is plain data.
 */

export type TaskType = 'email' | 'call' | 'inmail' | 'custom';
export type TaskStatus = 'open' | 'complete';
export type TaskPriority = 'normal' | 'high';

/** A calendar date `YYYY-MM-DD`. It never passes through a clock type on any layer (B1.1). */
export type PlainDate = string;

/** An instant as ISO 8601 in UTC with milliseconds, `2026-11-24T08:30:00.000Z`. */
export type Instant = string;

/** An 18-character Salesforce id. */
export type SalesforceId = string;

/** A person (Contact or Lead) or related record as the app shows it. `name` is a copy for display only. */
export interface RecordRef {
  readonly id: SalesforceId;
  /** Salesforce object name: `Contact`, `Lead`, `Account`, `Opportunity`, … */
  readonly type: string;
  readonly name: string;
}

/** The values of an app task that take part in sync (B2). */
export interface AppValues {
  readonly name: string;
  readonly status: TaskStatus;
  readonly priority: TaskPriority;
  readonly dueDate: PlainDate | null;
  readonly details: string;
  /** App user id. */
  readonly owner: string;
  readonly person: RecordRef | null;
  readonly related: RecordRef | null;
}

export type SyncedField = keyof AppValues;

/** In the order in which history shows them. */
export const SYNCED_FIELDS = [
  'name',
  'status',
  'priority',
  'dueDate',
  'details',
  'owner',
  'person',
  'related',
] as const satisfies readonly SyncedField[];

/** What the subject template reads besides the name (B5). */
export interface TaskContext {
  readonly type: TaskType;
  readonly campaignName: string | null;
  readonly campaignDay: number | null;
  readonly campaignStep: number | null;
  readonly callOutcome: string | null;
  readonly callReason: string | null;
}

/** Limits of the app's own fields (B1.1). Lengths are counted in UTF-16 code units, as Salesforce does. */
export const TASK_LIMITS = { nameMax: 255, detailsMax: 32_000 } as const;
