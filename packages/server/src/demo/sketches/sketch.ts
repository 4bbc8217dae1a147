import type { TaskPriority, TaskStatus, TaskType } from '@tandem/engine';
import type { NewTaskRow } from '@tandem/store';

/** A task of the demo before it has a date. Their customers are those of the sandbox org; all invented. */
export interface Sketch {
  readonly name: string;
  readonly type: TaskType;
  /** Due so many days from today; null is without a date. */
  readonly day: number | null;
  readonly priority?: TaskPriority;
  readonly status?: TaskStatus;
  readonly details?: string;
  readonly campaign?: NewTaskRow['campaign'];
  readonly callOutcome?: string;
  readonly callReason?: string;
}

/** Steps of one sales campaign, as they appear in each task of it. */
export function campaign(name: string) {
  return (day: number, step: number) => ({ campaign: { name, day, step } });
}
