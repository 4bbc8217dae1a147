import type { JournalDraft } from './journal.ts';
import type { AppState, Base, Link } from './link.ts';
import type { Policy } from './policy.ts';
import type { SfValues } from './salesforce-task.ts';
import type { AppValues, Instant, TaskContext } from './task.ts';

export interface PlanInput {
  readonly link: Link;
  readonly app: AppState;
  readonly context: TaskContext;
  readonly policy: Policy;
  /** False when the task has another, living link besides this one. */
  readonly soleLink: boolean;
  /** When the database was last put back to an older backup, by Salesforce's clock; what it knows of may be old. */
  readonly restoredAt?: Instant | null;
  /** Salesforce has just said that a deletion of ours was carried out. */
  readonly deletedByUs?: boolean;
  /** What Salesforce holds has not been compared with that backup yet. */
  readonly recovering?: boolean;
}

/** What `plan()` decides for one link. Nothing in it is executed yet. */
export interface Plan {
  /** Applied with base, journal and link state in one transaction. */
  readonly app: AppAction;
  /** The record is gone by our own deletion, which a person took back meanwhile: see `reborn()`. */
  readonly rebirth: boolean;
  /** Sent after that transaction committed, under an intent. */
  readonly sf: SfAction;
  readonly base: Base | null;
  /** Intents that are still open after this plan; a closed one has landed or can no longer land. */
  readonly intents: Link['intents'];
  readonly state: Link['state'];
  readonly formerOpenStatus: string | null;
  readonly journal: readonly JournalDraft[];
}

export type AppAction =
  | { readonly kind: 'none' }
  | { readonly kind: 'patch'; readonly values: Partial<AppValues> }
  | { readonly kind: 'trash' }
  | { readonly kind: 'restore'; readonly values: Partial<AppValues> };

export type SfAction =
  | { readonly kind: 'none' }
  /** Only fields that travel (a create) or change (an update, R3). `app`: the app value each one stands for. */
  | {
      readonly kind: 'create' | 'update';
      readonly values: Partial<SfValues>;
      readonly app: Partial<AppValues>;
      /** The subject's full length where it had to be shortened (B5.5). */
      readonly subject: { readonly cutFrom: number | null };
    }
  | { readonly kind: 'delete' };

/** A new task born from a Salesforce record, or the reason why it is left out (B3.5, B6.2). */
export type ImportDecision =
  | {
      readonly kind: 'import';
      readonly values: AppValues;
      readonly context: TaskContext;
      readonly base: Base;
      readonly journal: readonly JournalDraft[];
    }
  | { readonly kind: 'skip'; readonly reason: SkipReason };

export type SkipReason =
  | 'outside_window' // B6.4
  | 'unmapped_closed_status' // B3.5
  | 'series' // B8.4
  | 'deleted'
  | 'archived'
  | 'not_yours'
  | 'unreadable'; // it holds a value that the app cannot store (L3)
