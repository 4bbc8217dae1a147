import type { SalesforceTask, SfValues } from './salesforce-task.ts';
import type { AppValues, Instant, SalesforceId, SyncedField } from './task.ts';

/**
 * Per field the pair of values both sides last agreed on. A pair, not one value, because some
 * agreements are lossy: `open` in the app agrees with `In Progress` in Salesforce (B3.2), and a name
 * agrees with whatever its rendered Subject was (B5).
 */
export type Base = {
  readonly [F in SyncedField]: { readonly app: AppValues[F]; readonly sf: SfValues[F] };
};

/** What the app side looks like now. */
export type AppState =
  | {
      readonly kind: 'live';
      readonly values: AppValues;
      /** When a person last changed each field, already corrected to Salesforce's clock. */
      readonly editedAt: Partial<Record<SyncedField, Instant>>;
      readonly revision: number;
    }
  /** In the app's Trash, put there by a person (or, `bySync`, by the engine). */
  | {
      readonly kind: 'trashed';
      readonly values: AppValues;
      readonly editedAt: Partial<Record<SyncedField, Instant>>;
      readonly bySync: boolean;
      /** When it went there; by Salesforce's clock, as `editedAt`. */
      readonly at: Instant;
      readonly revision: number;
    };

/** What Salesforce looked like when last seen. */
export type SfState =
  /**
   * Never seen there: a create is due, or its reply was lost. `former`: the record of the life before this one;
   * `since`: when that was made. Nothing of this life is older, but it may be of the same second.
   */
  | { readonly kind: 'unborn'; readonly since?: Instant; readonly former?: SalesforceId }
  | { readonly kind: 'seen'; readonly task: SalesforceTask; readonly seenAt: Instant }
  /** Nothing is shown under this id and there is no positive evidence of deletion (B7.2). */
  | { readonly kind: 'missing'; readonly seenAt: Instant };

/**
 * A write-ahead record of one request to Salesforce: committed before the request leaves (I8), removed
 * only when it can no longer land (R11).
 */
export interface Intent {
  readonly requestId: string;
  readonly kind: 'create' | 'update' | 'delete';
  readonly sentAt: Instant;
  /**
   * LastModifiedDate we expect to find; null for creates. Of one that a restored backup may have forgotten: since
   * when its record may have been made, by Salesforce's clock (R8).
   */
  readonly expectedRevision: Instant | null;
  /**
   * Per field: what Salesforce held, what we send, and the app value it stands for; none where that is forgotten.
   * Once Salesforce has shown what we sent, `from` is that too.
   */
  readonly fields: { readonly [F in SyncedField]?: IntentField<F> };
}

export interface IntentField<F extends SyncedField = SyncedField> {
  readonly from: SfValues[F] | null;
  readonly to: SfValues[F];
  readonly app: AppValues[F];
}

/** Where a task came into the world: an imported one is not decorated by the template (B5.6). */
export type Origin = 'app' | 'sf';

/** Why a link does not move at the moment. Codes are rows of the fault catalogue or plain outcomes. */
export interface Parked {
  readonly code: string;
  /** Salesforce's own text where there is one, else empty. */
  readonly message: string;
  readonly fields: readonly string[];
  readonly since: Instant;
  /** Intermittent faults retry by themselves; null waits for a change or for "Retry". */
  readonly retryAt: Instant | null;
  readonly attempts: number;
}

export interface Link {
  readonly id: string;
  readonly taskId: string;
  /** Null until the Salesforce record is known to exist. */
  readonly salesforceId: SalesforceId | null;
  /** Made and stored before the first send, unique (R7). */
  readonly creationKey: string;
  readonly origin: Origin;
  /** Without `owner` where that did not travel at the birth and the record was not planned since (`wholeBase`). */
  readonly base: Base | null;
  readonly sf: SfState;
  readonly intents: readonly Intent[];
  readonly parked: Parked | null;
  /** The open Status Salesforce held before it was closed, for B3.3's setting; null when unknown. */
  readonly formerOpenStatus: string | null;
  /**
   * `live`: syncing. `left`: reassigned in Salesforce to somebody who is not connected (B8.3).
   * `gone`: Salesforce shows nothing any more (B7.2). `dead`: deleted on both sides, the tombstone (R5).
   */
  readonly state: 'live' | 'left' | 'gone' | 'dead';
}
