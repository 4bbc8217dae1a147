import type { SalesforcePatch, SalesforceTask } from './salesforce-task.ts';
import type { Instant, SalesforceId } from './task.ts';

/**
 * What a request to Salesforce can come back with. Expected outcomes are values; `unknown` means the
 * reply was lost and the effect may have happened or may still happen.
 */
export type Reply<T> =
  | {
      readonly kind: 'ok';
      readonly value: T;
      readonly serverTime: Instant;
      readonly usage: ApiUsage | null;
    }
  | { readonly kind: 'fault'; readonly fault: SalesforceFault }
  | { readonly kind: 'unknown'; readonly message: string };

/** `Sforce-Limit-Info: api-usage=25/5000`: calls of the whole org in the rolling 24 hours. */
export interface ApiUsage {
  readonly used: number;
  readonly max: number;
}

/** A failure of a whole request, or of one row of a batch, in Salesforce's own words. */
export interface SalesforceFault {
  /** Salesforce's errorCode/statusCode, or one of ours for what never reached it (`NETWORK`, `TIMEOUT`). */
  readonly code: string;
  readonly message: string;
  readonly fields: readonly string[];
  readonly httpStatus: number | null;
}

/** One page of Salesforce tasks. `serverTime` of the first page's reply is the next watermark. */
export interface TaskPage {
  readonly tasks: readonly SalesforceTask[];
  readonly total: number;
  /** Passed back to read the next page; null at the end. */
  readonly next: string | null;
}

/** Part of a full comparison (R13): which records there are, and when each last moved. */
export interface StampPage {
  readonly stamps: readonly {
    readonly Id: SalesforceId;
    readonly SystemModstamp: Instant;
    readonly IsDeleted: boolean;
  }[];
  /** False: these were the last ones. */
  readonly more: boolean;
}

/** One page of the change feed. `seesAll`: the user was shown to read every task of the org at that moment. */
export interface ChangePage extends TaskPage {
  readonly seesAll: boolean;
}

export type RowResult =
  | {
      readonly kind: 'done';
      readonly id: SalesforceId;
      /**
       * The record as it was when the request was carried out, read in the same call: what somebody changed
       * since we last looked is seen, even though Salesforce has no way to refuse our write for it. Null for
       * a create, or where the org did not show it.
       */
      readonly before: SalesforceTask | null;
    }
  /** `duplicateOf`: the record that already carries our creation key (DUPLICATE_VALUE names it). */
  | {
      readonly kind: 'refused';
      readonly fault: SalesforceFault;
      readonly duplicateOf: SalesforceId | null;
    }
  /** 412: somebody changed the record after `ifUnmodifiedSince`. */
  | { readonly kind: 'stale' }
  /** ENTITY_IS_DELETED or not found: deleted, or out of this user's sight; only a read can tell (B7.2). */
  | { readonly kind: 'gone' }
  | { readonly kind: 'unknown'; readonly message: string };

export interface CreateRow {
  readonly creationKey: string;
  readonly body: SalesforcePatch;
}

export interface UpdateRow {
  readonly id: SalesforceId;
  readonly body: SalesforcePatch;
  /** Set: the guarded lane (24 a call). Null: the bulk lane (200 a call). */
  readonly ifUnmodifiedSince: Instant | null;
}
