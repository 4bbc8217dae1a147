import type { SalesforceId, TaskPriority, TaskStatus } from './task.ts';

/** How an org's picklist values are read: `null` = unmapped, never changes and is never overwritten. */
export interface StatusMap {
  /** Salesforce value → app status; a value that is absent or null is unmapped (B3.2, B3.4). */
  readonly toApp: Readonly<Record<string, TaskStatus | null>>;
  /** The value written when the app completes or reopens a task (B3.3). */
  readonly toSf: Readonly<Record<TaskStatus, string>>;
}

export interface PriorityMap {
  readonly toApp: Readonly<Record<string, TaskPriority | null>>;
  readonly toSf: Readonly<Record<TaskPriority, string>>;
}

/** B10.2. */
export type ConflictRule = 'latest' | 'salesforce' | 'app';

/** Everything a decision depends on besides the two sides: settings, never state. */
export interface Policy {
  readonly status: StatusMap;
  readonly priority: PriorityMap;
  /** B3.3: write the open value a task had before, instead of the mapped one. */
  readonly reopenToFormerStatus: boolean;
  readonly subjectTemplate: string;
  readonly conflict: ConflictRule;
  /** Connected users of this workspace and org, both ways (B8.3). */
  readonly owners: {
    readonly toSf: Readonly<Record<string, SalesforceId>>;
    readonly toApp: Readonly<Record<SalesforceId, string>>;
  };
}

/** The maps of a fresh org (B3.1, B4.1). */
export const STANDARD_STATUS_MAP: StatusMap = {
  toApp: { 'Not Started': 'open', Completed: 'complete' },
  toSf: { open: 'Not Started', complete: 'Completed' },
};

export const STANDARD_PRIORITY_MAP: PriorityMap = {
  toApp: { Normal: 'normal', High: 'high' },
  toSf: { normal: 'Normal', high: 'High' },
};
