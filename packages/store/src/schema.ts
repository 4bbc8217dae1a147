import type { RecordRef } from '@tandem/engine';
import type { ColumnType, Generated, GeneratedAlways } from 'kysely';

/**
 * The tables as Kysely sees them. The migrations are the truth, schema-manifest.json is what they make,
 * and a test holds this file equal to it, column by column.
 */
export interface Schema {
  'auth.user': AuthUsers;
  'tandem.api_calls': ApiCalls;
  'tandem.api_tokens': ApiTokens;
  'tandem.audit': Audit;
  'tandem.connections': Connections;
  'tandem.due_words': DueWords;
  'tandem.event_feeds': EventFeeds;
  'tandem.idempotency_keys': IdempotencyKeys;
  'tandem.identity': Identity;
  'tandem.intents': Intents;
  'tandem.invitations': Invitations;
  'tandem.journal': Journal;
  'tandem.lags': Lags;
  'tandem.last_seen': LastSeen;
  'tandem.links': Links;
  'tandem.members': Members;
  'tandem.notices': Notices;
  'tandem.orgs': Orgs;
  'tandem.reminders': Reminders;
  'tandem.saved_views': SavedViews;
  'tandem.skipped': Skipped;
  'tandem.tasks': Tasks;
  'tandem.wakes': Wakes;
  'tandem.webhook_deliveries': WebhookDeliveries;
  'tandem.webhooks': Webhooks;
  'tandem.workspaces': Workspaces;
}

/** Read as a value, written as text of JSON. */
type Json<T> = ColumnType<T, string | null | undefined, string | null>;

/** The part of better-auth's table that is read here: names for members and history. */
export interface AuthUsers {
  id: string;
  name: string;
  email: string;
}

export interface Workspaces {
  workspace_id: Generated<string>;
  name: string;
  subject_template: Generated<string>;
  created_at: string;
  team_sync: 'on' | 'off' | null;
  team_sync_locked: Generated<boolean>;
  team_import_window: Generated<'24h' | '7d' | '30d' | '90d' | 'all_open'>;
}

export interface Members {
  workspace_id: string;
  user_id: string;
  role: 'admin' | 'manager' | 'rep';
  time_zone: string | null;
  locale: Generated<'en' | 'zh-CN'>;
  created_at: string;
  removed_at: string | null;
}

export interface LastSeen {
  workspace_id: string;
  user_id: string;
  at: string;
}

export interface Invitations {
  workspace_id: string;
  invitation_id: Generated<string>;
  hash: string;
  role: 'admin' | 'manager' | 'rep';
  email: string | null;
  invited_by: string;
  created_at: string;
  expires_at: string;
}

export interface Audit {
  workspace_id: string;
  entry_id: GeneratedAlways<number>;
  at: string;
  actor: string | null;
  action: string;
  target: string | null;
  data: Json<unknown>;
}

export interface Reminders {
  workspace_id: string;
  user_id: string;
  digest_at: Generated<number>;
  digest_days: Generated<number[]>;
  digest_mail: Generated<boolean>;
  digest_browser: Generated<boolean>;
  digest_when_empty: Generated<boolean>;
  due_at: Generated<number>;
  due_mail: Generated<boolean>;
  due_browser: Generated<boolean>;
  eve_at: Generated<number>;
  eve_mail: Generated<boolean>;
  eve_browser: Generated<boolean>;
  needs_you_mail: Generated<boolean>;
  decided_until: string | null;
  next_at: string | null;
  due_day: string | null;
  due_day_ends: string | null;
}

export interface DueWords {
  workspace_id: string;
  user_id: string;
  day: string;
  task_id: string;
}

export interface Notices {
  workspace_id: string;
  notice_id: Generated<string>;
  user_id: string;
  kind: string;
  occurrence: string;
  data: Json<Record<string, unknown>>;
  at: string;
  shown: boolean;
  read_at: string | null;
  settled_at: string | null;
  cleared_at: string | null;
  mail: Generated<'none' | 'waiting' | 'sent' | 'skipped' | 'failed'>;
  mail_attempts: Generated<number>;
  mail_next_at: string | null;
  mail_claimed_until: string | null;
  mail_until: string | null;
  mail_at: string | null;
  mail_fault: string | null;
}

export interface ApiCalls {
  workspace_id: string;
  org_id: string;
  hour: string;
  calls: number;
}

export interface ApiTokens {
  workspace_id: string;
  token_id: Generated<string>;
  user_id: string;
  name: string;
  hash: string;
  created_at: string;
  last_used_at: string | null;
}

export interface SavedViews {
  workspace_id: string;
  view_id: Generated<string>;
  user_id: string;
  name: string;
  query: ColumnType<Record<string, unknown>, string, string>;
  created_at: string;
  updated_at: string;
}

export interface Orgs {
  workspace_id: string;
  org_id: string;
  status_map: Json<unknown>;
  priority_map: Json<unknown>;
  statuses: Json<unknown>;
  priorities: Json<unknown>;
  creation_key_field: boolean | null;
  api_share: Generated<number>;
  conflict_rule: Generated<'latest' | 'salesforce' | 'app'>;
  reopen_to_former_status: Generated<boolean>;
  read_at: string | null;
  new_statuses: Json<unknown>;
}

export interface Connections {
  workspace_id: string;
  connection_id: Generated<string>;
  user_id: string;
  org_id: string;
  org_name: string;
  salesforce_user_id: string;
  username: string;
  display_name: string;
  instance_url: string;
  login_url: string;
  tokens: Buffer | null;
  connected: boolean;
  connected_at: string;
  status: Generated<'on' | 'off' | 'needs_sign_in'>;
  sign_in_needed: Generated<boolean>;
  import_window: Generated<'24h' | '7d' | '30d' | '90d' | 'all_open'>;
  switched_on_at: string | null;
  watermark: string | null;
  import: Json<unknown>;
  last_poll_at: string | null;
  usage: Json<unknown>;
  feed_at: string | null;
  feed_since: string | null;
  clock_offset_ms: Generated<number>;
  comparison: Json<unknown>;
  brake: Json<unknown>;
  lease_holder: string | null;
  lease_token: Generated<number>;
  lease_until: string | null;
  task_access: string[] | null;
  parked_tried_at: string | null;
}

export interface EventFeeds {
  workspace_id: string;
  org_id: string;
  connection_id: string;
  state: 'opening' | 'listening' | 'lost' | 'refused';
  state_since: string;
  code: string | null;
  message: string | null;
  place: Buffer | null;
  last_event_at: string | null;
  doubted_at: string | null;
  retry_at: string | null;
  lease_holder: string | null;
  lease_token: Generated<number>;
  lease_until: string | null;
}

export interface Wakes {
  workspace_id: string;
  connection_id: string;
  wake_at: string | null;
}

export interface Tasks {
  workspace_id: string;
  task_id: Generated<string>;
  owner_id: string;
  created_by: string | null;
  name: string;
  type: 'email' | 'call' | 'inmail' | 'custom';
  status: 'open' | 'complete';
  priority: 'normal' | 'high';
  due_date: string | null;
  details: string;
  person: Json<RecordRef | null>;
  related: Json<RecordRef | null>;
  campaign_name: string | null;
  campaign_day: number | null;
  campaign_step: number | null;
  call_outcome: string | null;
  call_reason: string | null;
  origin: 'app' | 'sf';
  created_at: string;
  updated_at: string;
  completed_at: string | null;
  trashed_at: string | null;
  trashed_by_sync: Generated<boolean>;
  revision: Generated<number>;
  edited_at: Json<Partial<Record<string, string>>>;
}

export interface Lags {
  workspace_id: string;
  connection_id: string;
  hour: string;
  direction: 'out' | 'in';
  counts: number[];
}

export interface Links {
  workspace_id: string;
  link_id: Generated<string>;
  task_id: string;
  org_id: string;
  connection_id: string;
  salesforce_id: string | null;
  creation_key: string;
  former_open_status: string | null;
  origin: 'app' | 'sf';
  base: Json<unknown>;
  sf: Json<unknown>;
  state: Generated<'live' | 'left' | 'gone' | 'dead'>;
  parked: Json<unknown>;
  retry_at: string | null;
  whose_move: 'nobody' | 'user' | 'admin' | null;
  ignored: Generated<boolean>;
  dirty_since: string | null;
  last_synced_at: string | null;
  created_at: string;
  waiting_since: string | null;
}

export interface Identity {
  singleton: Generated<boolean>;
  database_id: Generated<string>;
  made_at: Generated<string>;
  lift: Generated<number>;
  restored_at: string | null;
}

export interface Intents {
  workspace_id: string;
  link_id: string;
  request_id: string;
  kind: 'create' | 'update' | 'delete';
  sent_at: string;
  expected_revision: string | null;
  fields: Json<unknown>;
  position: number;
}

export interface Journal {
  workspace_id: string;
  entry_id: GeneratedAlways<number>;
  task_id: string;
  link_id: string | null;
  at: string;
  actor: string | null;
  kind: string;
  field: string | null;
  side: 'app' | 'sf' | 'engine';
  from_value: Json<unknown>;
  to_value: Json<unknown>;
  lost: Json<unknown>;
  has_lost: Generated<boolean>;
  rule: string;
  data: Json<Record<string, unknown>>;
}

export interface Skipped {
  workspace_id: string;
  connection_id: string;
  salesforce_id: string;
  subject: string | null;
  reason: string;
  at: string;
  ignored: Generated<boolean>;
}

export interface Webhooks {
  workspace_id: string;
  webhook_id: Generated<string>;
  name: string;
  url: string;
  events: Generated<string[]>;
  secret: Buffer;
  former_secret: Buffer | null;
  former_until: string | null;
  state: Generated<'on' | 'off' | 'stopped'>;
  failures: Generated<number>;
  failing_since: string | null;
  pause_until: string | null;
  created_at: string;
}

export interface WebhookDeliveries {
  workspace_id: string;
  delivery_id: Generated<string>;
  webhook_id: string;
  position: GeneratedAlways<number>;
  event_id: string;
  type: string;
  task_id: string | null;
  data: Json<unknown>;
  at: string;
  state: Generated<'waiting' | 'delivered' | 'failed'>;
  attempts: Generated<number>;
  next_at: string | null;
  claimed_until: string | null;
  last_status: number | null;
  last_fault: string | null;
  last_at: string | null;
}

export interface IdempotencyKeys {
  workspace_id: string;
  user_id: string;
  key: string;
  request_hash: string;
  created_at: string;
  status: number | null;
  reply: Buffer | null;
}
