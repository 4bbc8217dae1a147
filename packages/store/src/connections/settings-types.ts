import type { ConflictRule, Instant, TaskPriority, TaskStatus } from '@tandem/engine';
import type { NewStatus } from './maps.ts';

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
  /** False: the org lacks a standard status, and nothing syncs before an admin has confirmed the map (B3.4). */
  readonly statusMapConfirmed: boolean;
  /** Statuses the org has gained since an admin last decided (B3.4). */
  readonly newStatuses: readonly NewStatus[];
  readonly team: TeamSync;
}

/** B6.1: what an admin has set for everybody. */
export interface TeamSync {
  readonly mode: 'each' | 'on' | 'off';
  /** Only admins may choose otherwise. */
  readonly locked: boolean;
  /** What comes in first for accounts that this switches on, now and when they connect. */
  readonly importWindow: ImportWindow;
}

/** `mode` is not here: switchOn and switchOff do that. */
export interface SyncSettingsChange {
  readonly importWindow?: ImportWindow | undefined;
  readonly conflictRule?: ConflictRule | undefined;
  readonly reopenToFormerStatus?: boolean | undefined;
  readonly statusMap?: Readonly<Record<string, TaskStatus | null>> | undefined;
  readonly priorityMap?: Readonly<Record<string, TaskPriority | null>> | undefined;
  readonly apiShare?: number | undefined;
  /** An admin has looked at the map: as it is or as given here it holds. */
  readonly confirmStatusMap?: true | undefined;
}
