import type { Instant, SalesforceId } from '@tandem/engine';
import type { EventsView } from '../change-events/event-feed-view.ts';
import type { Stall } from './stall.ts';

export interface ImportProgressView {
  readonly state: 'running' | 'done';
  readonly found: number | null;
  readonly imported: number;
  readonly linked: number;
  readonly skipped: number;
  readonly remaining: number | null;
}

/**
 * R13: both sides side by side, task by task. While `wanted` the numbers are those of the last one; while
 * `running` they go up.
 */
export interface ComparisonView {
  readonly state: 'wanted' | 'running' | 'done';
  readonly compared: number;
  readonly agreed: number;
  /** Salesforce does not show these any more. */
  readonly missing: number;
  readonly startedAt: Instant | null;
  readonly finishedAt: Instant | null;
}

/** B11.6: health is progress. */
export interface SyncStatusView {
  readonly state:
    | 'off'
    | 'importing'
    | 'in_step'
    | 'catching_up'
    | 'needs_sign_in'
    | 'needs_answer'
    | 'needs_map'
    | 'stalled';
  readonly unsent: number;
  readonly oldestUnsentAt: Instant | null;
  readonly lastPollAt: Instant | null;
  /** Whether changes there are told by events (B8.2). */
  readonly events: EventsView;
  readonly linked: number;
  readonly needsAttention: number;
  readonly import: ImportProgressView | null;
  /** Null before the first one. */
  readonly comparison: ComparisonView | null;
  readonly apiUsage: { readonly used: number; readonly max: number } | null;
  /** Null before Salesforce first told its limit. */
  readonly apiBudget: ApiBudgetView | null;
  /** A question to the person (B11.5); null when nothing is asked. */
  readonly brake: BrakeView | null;
  /** What stands still, since when, and who can mend it; null while all moves. */
  readonly stall: Stall | null;
}

/** B11.7. */
export interface ApiBudgetView {
  /** Tandem's own calls to the org in the last 24 hours. */
  readonly spent: number;
  /** How many of the org's daily calls Tandem keeps to. */
  readonly allowance: number;
  /** Calls a day at the present pace. */
  readonly forecast: number;
}

export interface BrakeView {
  readonly kind: 'mass_deletion' | 'empty_feed';
  readonly since: Instant;
  /** Tasks that would go to Trash here, tasks that would be deleted in Salesforce, tasks it shows no more. */
  readonly toTrash: number;
  readonly toDelete: number;
  readonly missing: number;
  readonly links: number;
}

/** A parked or skipped task by name (B11.3). */
export interface SyncProblemView {
  readonly id: string;
  readonly kind: 'parked' | 'skipped';
  readonly taskId: string | null;
  readonly salesforceId: SalesforceId | null;
  /** Base address of the org, for the link to the record. */
  readonly instanceUrl: string | null;
  readonly name: string;
  readonly ownerId: string;
  readonly code: string;
  /** The row of the catalogue; of a skipped one its reason. */
  readonly cause: string;
  readonly class: 'authentication' | 'access' | 'intermittent' | 'other' | 'skipped';
  readonly whoseMove: 'nobody' | 'user' | 'admin';
  readonly message: string;
  readonly since: Instant;
  readonly retryAt: Instant | null;
  /** To be planned again: somebody asked, or one of the sides changed. */
  readonly isTrying: boolean;
}

export interface ProblemCausesView {
  readonly causes: readonly (Pick<
    SyncProblemView,
    'kind' | 'cause' | 'class' | 'whoseMove' | 'since'
  > & {
    readonly count: number;
    /** The actor's own tasks among them. */
    readonly own: number;
  })[];
  /** How many wait for the actor. */
  readonly toAct: number;
  readonly ignored: number;
}

export interface SyncProblemPage {
  readonly problems: readonly SyncProblemView[];
  readonly nextCursor: string | null;
}
