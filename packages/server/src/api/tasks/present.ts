import type { HistoryEntry, Task } from '@tandem/api';
import { causeOf } from '@tandem/engine';
import type { HistoryEntryView, TaskView } from '@tandem/store';

/** The only way a task leaves as JSON. */
export function presentTask(task: TaskView): Task {
  const { instanceUrl, salesforceId, ...sync } = task.sync;
  return {
    id: task.id,
    name: task.name,
    type: task.type,
    status: task.status,
    priority: task.priority,
    dueDate: task.dueDate,
    details: task.details,
    ownerId: task.ownerId,
    person: task.person,
    related: task.related,
    campaign: task.campaign,
    callOutcome: task.callOutcome,
    callReason: task.callReason,
    sync: {
      state: sync.state,
      reason: sync.reason === null ? null : causeOf(sync.reason, sync.message ?? ''),
      message: sync.message,
      problem: sync.problem,
      salesforceId,
      salesforceUrl: recordUrl(instanceUrl, salesforceId),
      salesforceStatus: sync.salesforceStatus,
      salesforcePriority: sync.salesforcePriority,
      lastSyncedAt: sync.lastSyncedAt,
    },
    createdAt: task.createdAt,
    updatedAt: task.updatedAt,
    completedAt: task.completedAt,
    trashedAt: task.trashedAt,
  };
}

/** `/<id>` leads to the record in every edition and user interface of Salesforce. */
export function recordUrl(instanceUrl: string | null, salesforceId: string | null): string | null {
  return instanceUrl === null || salesforceId === null ? null : `${instanceUrl}/${salesforceId}`;
}

export function presentHistoryEntry(entry: HistoryEntryView): HistoryEntry {
  return {
    id: entry.id,
    at: entry.at,
    kind: entry.kind,
    field: entry.field,
    side: entry.side,
    actor: entry.actor,
    actorId: entry.actorId,
    from: entry.from ?? null,
    to: entry.to ?? null,
    lost: entry.lost ?? null,
    hasLost: entry.hasLost,
    rule: entry.rule,
    data: { ...entry.data },
  };
}
