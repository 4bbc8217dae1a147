import type { Instant, SalesforceId } from '@tandem/engine';

export interface ConnectionKey {
  readonly workspaceId: string;
  readonly connectionId: string;
}

/**
 * One person's Salesforce account in one org. `connected` is about the authorisation, `status` about
 * sync: a connection can be connected and `off` (B6.1), and loses both when disconnected (B7.1).
 */
export interface ConnectionView extends ConnectionKey {
  readonly userId: string;
  readonly orgId: string;
  readonly orgName: string;
  readonly salesforceUserId: SalesforceId;
  readonly username: string;
  readonly displayName: string;
  readonly instanceUrl: string;
  readonly loginUrl: string;
  readonly connected: boolean;
  readonly status: 'on' | 'off' | 'needs_sign_in';
  /** B11.8: whatever `status` is; ends with the next sign-in. */
  readonly signInNeeded: boolean;
  readonly connectedAt: Instant;
  readonly switchedOnAt: Instant | null;
  /** Whether the org has the unique creation-key field (R7); null until probed. */
  readonly creationKeyField: boolean | null;
  /** When picklists and key field were last read from the org; null before. */
  readonly orgReadAt: Instant | null;
  /** When all that is parked was last tried again, as happens once a day (B11.2); null before. */
  readonly parkedTriedAt: Instant | null;
}

/** What a finished OAuth round tells. `tokens` are encrypted before they come here (B12.2). */
export interface NewConnection {
  readonly orgId: string;
  readonly orgName: string;
  readonly salesforceUserId: SalesforceId;
  readonly username: string;
  readonly displayName: string;
  readonly instanceUrl: string;
  readonly loginUrl: string;
  readonly tokens: Uint8Array;
}

export type SaveConnectionResult =
  | { readonly kind: 'ok'; readonly connection: ConnectionView }
  /** Another person of the workspace is connected as the same Salesforce user (B8.3 needs one each). */
  | { readonly kind: 'salesforce_user_taken'; readonly byUserId: string }
  /** From the workspace, while the person was at Salesforce. */
  | { readonly kind: 'removed' };
