import type { TaskSides } from '@tandem/api';
import {
  type AppValues,
  agrees,
  type RecordRef,
  type SalesforceTask,
  type SyncedField,
  type TaskContext,
  templateUsesName,
  toApp,
  UNKNOWN_STAMP,
} from '@tandem/engine';
import type { SalesforceSideView, TaskView } from '@tandem/store';

type SideState = NonNullable<TaskSides['fields']>[SyncedField];

const FIELDS = [
  'name',
  'status',
  'priority',
  'dueDate',
  'details',
  'owner',
  'person',
  'related',
] as const satisfies readonly SyncedField[];

/** Both sides of a task next to each other, compared as the engine compares them (B2). */
export function presentSides(
  task: TaskView,
  side: SalesforceSideView | 'unseen' | 'missing',
): TaskSides {
  if (side === 'unseen' || side === 'missing') {
    return { salesforce: null, isMissing: side === 'missing', fields: null };
  }
  const states = FIELDS.map((field) => [field, stateOf(field, task, side)]);
  return {
    salesforce: presentRecord(side),
    isMissing: false,
    fields: Object.fromEntries(states) as Record<SyncedField, SideState>,
  };
}

function stateOf(field: SyncedField, task: TaskView, side: SalesforceSideView): SideState {
  const { origin, task: record } = side;
  // A preview decides nothing, so how conflicts are decided does not matter here.
  const policy = { ...side.policy, reopenToFormerStatus: false, conflict: 'latest' } as const;
  if (agrees(field, valuesOf(task), record, { policy, origin, context: contextOf(task) })) {
    return 'same';
  }
  const isUnmapped = toApp(field, record, policy) === 'none';
  if (isUnmapped && field !== 'owner') return 'apart';
  const isMoving = task.sync.state !== 'in_step' && task.sync.state !== 'not_synced';
  if (field !== 'name') return isMoving ? 'on_its_way' : 'differs';
  // B5.4: Subject follows the name only where the template says so, and its own edits stay there.
  const follows = origin === 'sf' || templateUsesName(policy.subjectTemplate);
  return isMoving && follows ? 'on_its_way' : 'apart';
}

function valuesOf(task: TaskView): AppValues {
  return {
    name: task.name,
    status: task.status,
    priority: task.priority,
    dueDate: task.dueDate,
    details: task.details,
    owner: task.ownerId,
    person: task.person,
    related: task.related,
  };
}

function contextOf(task: TaskView): TaskContext {
  return {
    type: task.type,
    campaignName: task.campaign?.name ?? null,
    campaignDay: task.campaign?.day ?? null,
    campaignStep: task.campaign?.step ?? null,
    callOutcome: task.callOutcome,
    callReason: task.callReason,
  };
}

function presentRecord({ task, seenAt, ownerName }: SalesforceSideView) {
  return {
    subject: task.Subject,
    status: task.Status,
    priority: task.Priority,
    dueDate: task.ActivityDate,
    details: task.Description,
    ownerId: task.OwnerId,
    ownerName,
    person: refOf(task.WhoId, task.WhoType, task.WhoName),
    related: refOf(task.WhatId, task.WhatType, task.WhatName),
    isClosed: task.IsClosed,
    isDeleted: task.IsDeleted,
    isArchived: task.IsArchived,
    modifiedAt: task.LastModifiedDate,
    stampedAt: task.SystemModstamp === UNKNOWN_STAMP ? null : task.SystemModstamp,
    seenAt,
  };
}

function refOf(
  id: SalesforceTask['WhoId'],
  type: string | null,
  name: string | null,
): RecordRef | null {
  return id === null ? null : { id, type: type || 'Record', name: name ?? '' };
}
