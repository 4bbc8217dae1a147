import { z } from 'zod';
import { cursor, historyPageQuery } from './paging.ts';

/** The task as every program and page sees it. Names and shapes are a public contract. */

const isCalendarDate = (text: string) => {
  const [year = 0, month = 0, day = 0] = text.split('-').map(Number);
  if (month < 1 || month > 12 || day < 1) return false;
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const days = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] ?? 0;
  return day <= days;
};

/** A calendar date without time or zone (B1.1); checked without a clock type. */
export const plainDate = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/, 'must be a date like 2026-11-24')
  .refine(isCalendarDate, 'is not a day of the calendar');

export const instant = z.iso.datetime();
export const salesforceId = z
  .string()
  .regex(/^[a-zA-Z0-9]{18}$/, 'must be an 18-character Salesforce id');

export const taskType = z.enum(['email', 'call', 'inmail', 'custom']);
export const taskStatus = z.enum(['open', 'complete']);
export const taskPriority = z.enum(['normal', 'high']);

export const recordRef = z.object({
  id: salesforceId,
  type: z.string().min(1).max(80),
  name: z.string().max(255),
});

export const campaign = z.object({
  name: z.string().min(1).max(255),
  day: z.int().min(1).max(1000).nullable(),
  step: z.int().min(1).max(1000).nullable(),
});

/** B9.3: the words of a row's sync state. */
export const syncState = z.enum([
  'in_step',
  'sending',
  'waiting',
  'needs_you',
  'needs_admin',
  'not_synced',
]);

export const faultClass = z.enum(['authentication', 'access', 'intermittent', 'other']);

/** What holds a parked task up (B11.1): it stands in GET sync/problems under this id, and is tried again by it. */
export const taskProblem = z.object({
  id: z.string(),
  class: faultClass,
  since: instant,
  /** When Tandem tries again by itself; null: not by the clock. */
  retryAt: instant.nullable(),
  /** Somebody has asked to try again, and that is under way. */
  isTrying: z.boolean(),
});

export const taskSync = z.object({
  state: syncState,
  /** A stable reason code for texts and filters; null when in step. */
  reason: z.string().nullable(),
  /** Salesforce's own words where it gave some. */
  message: z.string().nullable(),
  problem: taskProblem.nullable(),
  salesforceId: salesforceId.nullable(),
  salesforceUrl: z.url().nullable(),
  salesforceStatus: z.string().nullable(),
  salesforcePriority: z.string().nullable(),
  lastSyncedAt: instant.nullable(),
});

export const task = z.object({
  id: z.uuid(),
  name: z.string(),
  type: taskType,
  status: taskStatus,
  priority: taskPriority,
  dueDate: plainDate.nullable(),
  details: z.string(),
  ownerId: z.string(),
  person: recordRef.nullable(),
  related: recordRef.nullable(),
  campaign: campaign.nullable(),
  callOutcome: z.string().nullable(),
  callReason: z.string().nullable(),
  sync: taskSync,
  createdAt: instant,
  updatedAt: instant,
  completedAt: instant.nullable(),
  /** Set while the task is in Trash (30 days, B1.2). */
  trashedAt: instant.nullable(),
});
export type Task = z.infer<typeof task>;
export type TaskSync = z.infer<typeof taskSync>;
export type SyncStateName = z.infer<typeof syncState>;

const name = z.string().trim().min(1, 'must not be empty').max(255);
const details = z.string().max(32_000);
const shortText = z.string().trim().max(255).nullable();

export const newTask = z.strictObject({
  name,
  type: taskType.default('custom'),
  priority: taskPriority.default('normal'),
  status: taskStatus.default('open'),
  dueDate: plainDate.nullable().default(null),
  details: details.default(''),
  ownerId: z.string().optional(),
  person: recordRef.nullable().default(null),
  related: recordRef.nullable().default(null),
  campaign: campaign.nullable().default(null),
  callOutcome: shortText.default(null),
  callReason: shortText.default(null),
});
export type NewTask = z.input<typeof newTask>;

export const taskPatch = z
  .strictObject({
    name,
    type: taskType,
    priority: taskPriority,
    status: taskStatus,
    dueDate: plainDate.nullable(),
    details,
    ownerId: z.string(),
    person: recordRef.nullable(),
    related: recordRef.nullable(),
    campaign: campaign.nullable(),
    callOutcome: shortText,
    callReason: shortText,
  })
  .partial()
  .refine((patch) => Object.keys(patch).length > 0, 'must name at least one field');
export type TaskPatch = z.input<typeof taskPatch>;

/** B9.1. `today` and friends are computed in the user's time zone, at display (B1.3). */
export const taskView = z.enum([
  'today_and_tomorrow',
  'overdue',
  'today',
  'tomorrow',
  'next_7_days',
  'no_date',
  'all_open',
  'completed',
  'range',
  'trash',
  'all',
]);
export type TaskView = z.infer<typeof taskView>;

/**
 * Whose tasks: one's own unless asked otherwise; the team's (`all`) and a colleague's (a user id) are for
 * admins and managers.
 */
export const owner = z.string().min(1).max(200).default('me');

export const taskQuery = z.strictObject({
  view: taskView.default('today_and_tomorrow'),
  /** With `view=range`: both ends included. */
  from: plainDate.optional(),
  to: plainDate.optional(),
  type: taskType.optional(),
  priority: taskPriority.optional(),
  owner,
  personId: salesforceId.optional(),
  syncState: syncState.optional(),
  text: z.string().trim().max(200).optional(),
  sort: z
    .enum([
      'dueDate',
      '-dueDate',
      'name',
      '-name',
      'createdAt',
      '-createdAt',
      'updatedAt',
      '-updatedAt',
      'priority',
      '-priority',
    ])
    .default('dueDate'),
  limit: z.coerce.number().int().min(1).max(500).default(100),
  cursor: cursor.optional(),
});
export type TaskQuery = z.input<typeof taskQuery>;

export const taskList = z.object({
  tasks: z.array(task),
  nextCursor: z.string().nullable(),
});

/** As the list would be narrowed, so that a number is what its tab shows. */
export const countQuery = z.strictObject({
  owner,
  type: taskType.optional(),
  priority: taskPriority.optional(),
  personId: salesforceId.optional(),
  syncState: syncState.optional(),
  text: z.string().trim().max(200).optional(),
});
export type CountQuery = z.input<typeof countQuery>;

/** Counts for the filter tabs, all in the user's own time zone. */
export const taskCounts = z.object({
  today: z.int(),
  tomorrow: z.int(),
  overdue: z.int(),
  next7Days: z.int(),
  noDate: z.int(),
  allOpen: z.int(),
  completed: z.int(),
  trash: z.int(),
});
export type TaskCounts = z.infer<typeof taskCounts>;

export const bulkRequest = z
  .strictObject({
    ids: z.array(z.uuid()).min(1).max(500),
    action: z.enum(['patch', 'delete', 'restore']),
    /** With `action=patch`, and only then. */
    patch: taskPatch.optional(),
  })
  .refine((request) => (request.action === 'patch') === (request.patch !== undefined), {
    path: ['patch'],
    message: 'goes with action "patch", and only with it',
  });
export type BulkRequest = z.input<typeof bulkRequest>;
export const bulkResult = z.object({
  results: z.array(
    z.object({
      id: z.uuid(),
      ok: z.boolean(),
      code: z.string().nullable(),
      message: z.string().nullable(),
    }),
  ),
});

/** One line of a task's history (B11.4); the page makes the sentence from the kind. */
export const historyEntry = z.object({
  id: z.string(),
  at: instant,
  kind: z.string(),
  field: z.string().nullable(),
  side: z.enum(['app', 'sf', 'engine']),
  /** App user's name, Salesforce user id, or null for the engine. */
  actor: z.string().nullable(),
  /** The app user's id, because names may be shared; null for others and for who has left. */
  actorId: z.string().nullable(),
  from: z.unknown(),
  to: z.unknown(),
  lost: z.unknown(),
  hasLost: z.boolean(),
  rule: z.string(),
  data: z.record(z.string(), z.unknown()),
});
export const historyQuery = historyPageQuery;
export type HistoryEntry = z.infer<typeof historyEntry>;
export const history = z.object({
  entries: z.array(historyEntry),
  nextCursor: z.string().nullable(),
});

/** POST tasks/{id}/restore: out of Trash, or (with entryId) a losing value of the history back (B10.2). */
export const restoreRequest = z.strictObject({ entryId: z.string().optional() });
