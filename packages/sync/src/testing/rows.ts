import type { AppValues, JournalDraft, Link, SalesforceTask } from '@tandem/engine';
import type { Comparison, SyncConnection } from '../ports.ts';

/**
 * Rows as a database gives them back: each kind with all its columns, in one order, whoever wrote it. Objects of one
 * shape are also what a JavaScript engine reads fastest, and the simulator reads them millions of times a second.
 */

export function linkRow(link: Link): Link {
  return {
    id: link.id,
    taskId: link.taskId,
    salesforceId: link.salesforceId,
    creationKey: link.creationKey,
    origin: link.origin,
    base: link.base,
    sf: link.sf,
    intents: link.intents,
    parked: link.parked,
    formerOpenStatus: link.formerOpenStatus,
    state: link.state,
  };
}

export interface JournalRow extends Omit<JournalDraft, 'data'> {
  readonly linkId: string;
  readonly data: JournalDraft['data'] | undefined;
}

export function journalRow(entry: JournalDraft, linkId: string): JournalRow {
  return {
    linkId,
    kind: entry.kind,
    field: entry.field,
    side: entry.side,
    from: entry.from,
    to: entry.to,
    lost: entry.lost,
    rule: entry.rule,
    data: entry.data,
  };
}

export function valuesRow(values: AppValues): AppValues {
  return {
    name: values.name,
    status: values.status,
    priority: values.priority,
    dueDate: values.dueDate,
    details: values.details,
    owner: values.owner,
    person: values.person,
    related: values.related,
  };
}

export function connectionRow(connection: SyncConnection): SyncConnection {
  return {
    workspaceId: connection.workspaceId,
    connectionId: connection.connectionId,
    userId: connection.userId,
    orgId: connection.orgId,
    salesforceUserId: connection.salesforceUserId,
    status: connection.status,
    policy: connection.policy,
    watermark: connection.watermark,
    import: connection.import,
    lastPollAt: connection.lastPollAt,
    usage: connection.usage,
    budget: connection.budget,
    clockOffsetMs: connection.clockOffsetMs,
    hasCreationKey: connection.hasCreationKey,
    restoredAt: connection.restoredAt,
    comparison: connection.comparison,
    brake: connection.brake,
    feed: connection.feed,
    teamFeed: connection.teamFeed,
    events: connection.events,
    teammates: connection.teammates,
  };
}

export function comparisonRow(comparison: Comparison): Comparison {
  return {
    state: comparison.state,
    why: comparison.why,
    startedAt: comparison.startedAt,
    finishedAt: comparison.finishedAt,
    cursor: comparison.cursor,
    compared: comparison.compared,
    agreed: comparison.agreed,
    missing: comparison.missing,
    held: comparison.held ?? [],
  };
}

export function recordRow(record: SalesforceTask): SalesforceTask {
  return {
    Id: record.Id,
    Subject: record.Subject,
    Status: record.Status,
    IsClosed: record.IsClosed,
    Priority: record.Priority,
    ActivityDate: record.ActivityDate,
    Description: record.Description,
    OwnerId: record.OwnerId,
    WhoId: record.WhoId,
    WhatId: record.WhatId,
    WhoName: record.WhoName,
    WhoType: record.WhoType,
    WhatName: record.WhatName,
    WhatType: record.WhatType,
    IsDeleted: record.IsDeleted,
    IsArchived: record.IsArchived,
    IsRecurrence: record.IsRecurrence,
    CreatedDate: record.CreatedDate,
    LastModifiedDate: record.LastModifiedDate,
    LastModifiedById: record.LastModifiedById,
    SystemModstamp: record.SystemModstamp,
    CreationKey: record.CreationKey,
  };
}

/** What is named in `change` becomes so in a fresh row; a spread of two objects would do it ten times slower. */
export function changed<Row extends object>(fresh: Row, change: Partial<NoInfer<Row>>): Row {
  const values: Partial<Row> = change;
  for (const key in values) fresh[key] = values[key] as Row[typeof key];
  return fresh;
}
