import type { ConflictRule, Instant, TaskPriority, TaskStatus } from '@tandem/engine';

export type ImportWindow = '24h' | '7d' | '30d' | '90d' | 'all_open';

export interface OrgStatus {
  readonly value: string;
  readonly label: string;
  readonly isClosed: boolean;
}

export interface OrgPriority {
  readonly value: string;
  readonly label: string;
  readonly isHigh: boolean;
}

/** The org's own picklists as read live from it, in its own order. */
export interface Picklists {
  readonly statuses: readonly OrgStatus[];
  readonly priorities: readonly OrgPriority[];
}

export interface SyncSettingsView {
  readonly mode: 'off' | 'on';
  readonly importWindow: ImportWindow;
  readonly conflictRule: ConflictRule;
  readonly reopenToFormerStatus: boolean;
  /** Salesforce value → app value; null = do not sync that value (B3.4, B4.1). */
  readonly statusMap: Readonly<Record<string, TaskStatus | null>>;
  readonly priorityMap: Readonly<Record<string, TaskPriority | null>>;
  readonly orgStatuses: readonly OrgStatus[];
  readonly orgPriorities: readonly OrgPriority[];
  readonly switchedOnAt: Instant | null;
  /** Percent of the org's daily API calls that Tandem keeps to (B11.7). */
  readonly apiShare: number;
}

/** `mode` is not here: switchOn and switchOff do that. */
export interface SyncSettingsChange {
  readonly importWindow?: ImportWindow | undefined;
  readonly conflictRule?: ConflictRule | undefined;
  readonly reopenToFormerStatus?: boolean | undefined;
  readonly statusMap?: Readonly<Record<string, TaskStatus | null>> | undefined;
  readonly priorityMap?: Readonly<Record<string, TaskPriority | null>> | undefined;
  readonly apiShare?: number | undefined;
}
