import type { PlainDate, SalesforceId, TaskPriority, TaskStatus, TaskType } from '@tandem/engine';
import type { SyncWord, TaskView } from './task-view.ts';

/** Concrete dates only: what "today" is was decided by the caller in the person's zone (B1.3). */
export interface TaskFilter {
  /** `range` includes both ends and leaves out tasks without a date; null ends are open. */
  readonly due?:
    | { readonly kind: 'any' }
    | { readonly kind: 'none' }
    | { readonly kind: 'range'; readonly from: PlainDate | null; readonly to: PlainDate | null }
    | undefined;
  readonly status?: TaskStatus | undefined;
  /** `only` is the Trash view. Default: `hide`. */
  readonly trash?: 'hide' | 'only' | undefined;
  readonly type?: TaskType | undefined;
  readonly priority?: TaskPriority | undefined;
  readonly ownerId?: string | undefined;
  readonly personId?: SalesforceId | undefined;
  readonly syncState?: SyncWord | undefined;
  /** Found anywhere in name, details or person's name, without regard to case. */
  readonly text?: string | undefined;
  /** Tasks reassigned in Salesforce to somebody unknown leave the list (B8.3). Default: `hide`. */
  readonly reassigned?: 'hide' | 'show' | undefined;
  readonly sort: TaskSort;
  readonly limit: number;
  readonly cursor?: string | undefined;
}

export const TASK_SORTS = [
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
] as const;
export type TaskSort = (typeof TASK_SORTS)[number];

export interface TaskPage {
  readonly tasks: readonly TaskView[];
  readonly nextCursor: string | null;
}

/** All but the last two count open tasks; `next7Days` is today and the six days after it. */
export interface TaskCounts {
  readonly today: number;
  readonly tomorrow: number;
  readonly overdue: number;
  readonly next7Days: number;
  readonly noDate: number;
  readonly allOpen: number;
  readonly completed: number;
  readonly trash: number;
}
