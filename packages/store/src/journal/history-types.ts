import type { Instant } from '@tandem/engine';
import type { TaskView } from '../tasks/task-view.ts';

/** One line of a task's history, newest first. */
export interface HistoryEntryView {
  readonly id: string;
  readonly at: Instant;
  readonly kind: string;
  readonly field: string | null;
  readonly side: 'app' | 'sf' | 'engine';
  /** An app user's name, a Salesforce user id, or null for the engine. */
  readonly actor: string | null;
  /** The app user's id; null for others, and for who is not of this workspace any more. */
  readonly actorId: string | null;
  readonly from: unknown;
  readonly to: unknown;
  readonly lost: unknown;
  readonly hasLost: boolean;
  readonly rule: string;
  readonly data: Readonly<Record<string, unknown>>;
}

export interface HistoryPage {
  readonly entries: readonly HistoryEntryView[];
  readonly nextCursor: string | null;
}

/** Whose tasks, and which lines of their histories. */
export interface TeamHistoryFilter {
  /** Undefined: everybody's that the actor may see. */
  readonly ownerId?: string | undefined;
  readonly kind?: 'conflicts' | 'deletions' | 'refusals' | 'edits' | undefined;
  readonly side?: 'app' | 'sf' | 'engine' | undefined;
  /** Anywhere in the task's name, without regard to case. */
  readonly text?: string | undefined;
  readonly limit?: number | undefined;
  readonly cursor?: string | undefined;
}

export interface TeamHistoryPage {
  readonly entries: readonly (HistoryEntryView & {
    readonly task: {
      readonly id: string;
      readonly name: string;
      readonly ownerId: string;
      readonly isInTrash: boolean;
    };
  })[];
  /** Not null on a short page too: how far one page looks for a text is bounded. */
  readonly nextCursor: string | null;
}

export type RestoreValueResult =
  | { readonly kind: 'ok'; readonly task: TaskView }
  | { readonly kind: 'not_found' }
  /** The entry holds no lost value, or one that the app's field cannot take. */
  | { readonly kind: 'nothing_to_restore' };
