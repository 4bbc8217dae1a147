import type { SyncedField } from './task.ts';

/** One line of a task's history, as a decision leaves it: never localised, never a sentence. */
export interface JournalDraft {
  readonly kind: JournalKind;
  readonly field: SyncedField | null;
  /** The side the change came from; `engine` for decisions of its own. */
  readonly side: 'app' | 'sf' | 'engine';
  readonly from: unknown;
  readonly to: unknown;
  /** The value that lost a conflict or was overwritten; `undefined` when nothing was lost. */
  readonly lost?: unknown;
  /** The behaviour or engine rule that decided, `B10.2`. */
  readonly rule: string;
  /** Extra facts for the sentence: a fault code, a shortened length, … */
  readonly data?: Readonly<Record<string, unknown>>;
}

export type JournalKind =
  | 'created' // a task was made by a person in the app
  | 'imported' // came from Salesforce
  | 'sent' // its Salesforce record was created
  | 'adopted' // a lost create was found and bound instead of repeated (R8)
  | 'edited' // a person's edit in the app
  | 'pulled' // a value came from Salesforce
  | 'pushed' // a value reached Salesforce
  | 'conflict' // both sides changed the same field (B10.2)
  | 'unmapped' // Salesforce holds a value the app does not know (B3.2, B4.1)
  | 'shortened' // the subject was cut to 255 characters (B5.5)
  | 'deleted'
  | 'restored'
  | 'reassigned'
  | 'refused' // Salesforce did not accept a write
  | 'late_overwrite' // a foreign change was found to lie under a bulk write of ours
  | 'gone' // no longer in Salesforce, without evidence of deletion
  | 'archived'
  | 'retried'
  | 'skipped';
