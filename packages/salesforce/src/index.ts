import type { SalesforceId } from '@tandem/engine';
import { type ChangeFeed, createChangeFeed } from './change-feed.ts';
import { type ClientOptions, createClient } from './client.ts';
import { createMetadataCalls, type MetadataCalls } from './metadata.ts';
import { createTaskCalls, type TaskCalls } from './tasks.ts';

export interface SalesforceOptions extends ClientOptions {
  /** API name of the unique key field on Activity (R7); null where the org has none. */
  readonly creationKeyField: string | null;
  /** Whose tokens these are; with it a poll learns whether it sees all of the org (E3). */
  readonly userId?: SalesforceId;
}

/** Salesforce on behalf of one connection. `SalesforcePort` of `@tandem/sync`, and what Settings reads. */
export type Salesforce = ChangeFeed & TaskCalls & MetadataCalls;

export function createSalesforce(options: SalesforceOptions): Salesforce {
  const client = createClient(options);
  return {
    ...createChangeFeed(client, options.creationKeyField, options.userId ?? null),
    ...createTaskCalls(client, options.creationKeyField),
    ...createMetadataCalls(client),
  };
}

/** The field Tandem asks admins to add to Activity: Text(40), external id, unique, case-sensitive. */
export const CREATION_KEY_FIELD = 'Tandem_Key__c';

export type { Log } from './client.ts';
export {
  type ChangeEvents,
  type ChangeEventsOptions,
  createChangeEvents,
  EventsEnded,
  type HintBatch,
} from './events/change-events.ts';
export type { EventsAddress } from './events/pubsub-client.ts';
export type { ChangeHint } from './events/read-event.ts';
export { salesforceId } from './ids.ts';
export type {
  ApiLimits,
  KeyFieldProbe,
  Organization,
  Picklists,
  PriorityValue,
  StatusValue,
  TaskAccess,
  TaskDescription,
} from './metadata.ts';
export type { Identity, OAuth, OAuthOptions, OAuthResult, Pkce, TokenGrant } from './oauth.ts';
export { createOAuth } from './oauth.ts';
export { BULK_ROWS, GUARDED_ROWS } from './tasks.ts';
export type { AccessToken, StoredTokens, Tokens, TokenVault } from './tokens.ts';
export { tokensFrom } from './tokens.ts';
