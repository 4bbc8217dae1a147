import type {
  FaultClass,
  Instant,
  PlainDate,
  RecordRef,
  SalesforceId,
  TaskPriority,
  TaskStatus,
  TaskType,
} from '@tandem/engine';

export interface Campaign {
  readonly name: string;
  readonly day: number | null;
  readonly step: number | null;
}

/** A task as a person fills it in; `ownerId` is already decided. */
export interface NewTaskRow {
  readonly name: string;
  readonly type: TaskType;
  readonly status: TaskStatus;
  readonly priority: TaskPriority;
  readonly dueDate: PlainDate | null;
  readonly details: string;
  readonly ownerId: string;
  readonly person: RecordRef | null;
  readonly related: RecordRef | null;
  readonly campaign: Campaign | null;
  readonly callOutcome: string | null;
  readonly callReason: string | null;
}

/** Only the fields to change; `undefined` leaves a field alone. */
export type TaskRowPatch = { readonly [F in keyof NewTaskRow]?: NewTaskRow[F] | undefined };

/** The words of a row's sync state (B9.3). */
export type SyncWord =
  | 'in_step'
  | 'sending'
  | 'waiting'
  | 'needs_you'
  | 'needs_admin'
  | 'not_synced';

/** What holds a parked task up, by its id in the list of problems (B11.1, B11.3). */
export interface TaskProblemView {
  readonly id: string;
  readonly class: FaultClass;
  readonly since: Instant;
  readonly retryAt: Instant | null;
  readonly isTrying: boolean;
}

/** Computed from observations at each read, never stored (H3). */
export interface TaskSyncView {
  readonly state: SyncWord;
  /** Null when in step or sending; else a stable code: a reason of sync-words.ts or a fault's code. */
  readonly reason: string | null;
  /** Salesforce's own words, where it gave some. */
  readonly message: string | null;
  readonly problem: TaskProblemView | null;
  readonly salesforceId: SalesforceId | null;
  /** Base address of the org the record lives in, for the link to it. */
  readonly instanceUrl: string | null;
  readonly salesforceStatus: string | null;
  readonly salesforcePriority: string | null;
  readonly lastSyncedAt: Instant | null;
}

export interface TaskView {
  readonly id: string;
  readonly name: string;
  readonly type: TaskType;
  readonly status: TaskStatus;
  readonly priority: TaskPriority;
  readonly dueDate: PlainDate | null;
  readonly details: string;
  readonly ownerId: string;
  readonly createdBy: string | null;
  readonly person: RecordRef | null;
  readonly related: RecordRef | null;
  readonly campaign: Campaign | null;
  readonly callOutcome: string | null;
  readonly callReason: string | null;
  readonly origin: 'app' | 'sf';
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
  readonly completedAt: Instant | null;
  readonly trashedAt: Instant | null;
  readonly trashedBySync: boolean;
  readonly revision: number;
  readonly sync: TaskSyncView;
}

/** The answer to a change of one task. `not_found` also when the actor may not see it. */
export type TaskResult =
  | { readonly kind: 'ok'; readonly task: TaskView }
  | { readonly kind: 'not_found' };

/** The answer to one change of many tasks: in one transaction, all that were found. */
export interface TasksResult {
  readonly tasks: readonly TaskView[];
  readonly notFound: readonly string[];
}
