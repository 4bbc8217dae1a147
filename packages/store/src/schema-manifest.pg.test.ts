import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import manifest from '../schema-manifest.json' with { type: 'json' };
import { checkSchema } from './check-schema.ts';
import { type Database, openDatabase } from './database.ts';
import { introspectSchema } from './introspect-schema.ts';
import { migrate } from './migrate.ts';
import { MIGRATIONS } from './migrations/index.ts';
import type { Schema } from './schema.ts';
import { emptyDatabase, type TestDatabase } from './testing/index.ts';

/** Every column of every table as schema.ts has it: the compiler refuses a missing and an extra one. */
const TYPED: { [T in keyof Schema]: { [C in keyof Schema[T]]: true } } = {
  'auth.user': { id: true, name: true, email: true },
  'tandem.api_tokens': {
    workspace_id: true,
    token_id: true,
    user_id: true,
    name: true,
    hash: true,
    created_at: true,
    last_used_at: true,
  },
  'tandem.audit': {
    workspace_id: true,
    entry_id: true,
    at: true,
    actor: true,
    action: true,
    target: true,
    data: true,
  },
  'tandem.invitations': {
    workspace_id: true,
    invitation_id: true,
    hash: true,
    role: true,
    email: true,
    invited_by: true,
    created_at: true,
    expires_at: true,
  },
  'tandem.last_seen': { workspace_id: true, user_id: true, at: true },
  'tandem.api_calls': { workspace_id: true, org_id: true, hour: true, calls: true },
  'tandem.due_words': { workspace_id: true, user_id: true, day: true, task_id: true },
  'tandem.event_feeds': {
    workspace_id: true,
    org_id: true,
    connection_id: true,
    state: true,
    state_since: true,
    code: true,
    message: true,
    place: true,
    last_event_at: true,
    doubted_at: true,
    retry_at: true,
    lease_holder: true,
    lease_token: true,
    lease_until: true,
  },
  'tandem.connections': {
    workspace_id: true,
    connection_id: true,
    user_id: true,
    org_id: true,
    org_name: true,
    salesforce_user_id: true,
    username: true,
    display_name: true,
    instance_url: true,
    login_url: true,
    tokens: true,
    connected: true,
    connected_at: true,
    status: true,
    sign_in_needed: true,
    import_window: true,
    switched_on_at: true,
    watermark: true,
    import: true,
    last_poll_at: true,
    usage: true,
    feed_at: true,
    feed_since: true,
    clock_offset_ms: true,
    comparison: true,
    brake: true,
    lease_holder: true,
    lease_token: true,
    lease_until: true,
    task_access: true,
    parked_tried_at: true,
  },
  'tandem.idempotency_keys': {
    workspace_id: true,
    user_id: true,
    key: true,
    request_hash: true,
    created_at: true,
    status: true,
    reply: true,
  },
  'tandem.webhooks': {
    workspace_id: true,
    webhook_id: true,
    name: true,
    url: true,
    events: true,
    secret: true,
    former_secret: true,
    former_until: true,
    state: true,
    failures: true,
    failing_since: true,
    pause_until: true,
    created_at: true,
  },
  'tandem.webhook_deliveries': {
    workspace_id: true,
    delivery_id: true,
    webhook_id: true,
    position: true,
    event_id: true,
    type: true,
    task_id: true,
    data: true,
    at: true,
    state: true,
    attempts: true,
    next_at: true,
    claimed_until: true,
    last_status: true,
    last_fault: true,
    last_at: true,
  },
  'tandem.identity': {
    singleton: true,
    database_id: true,
    made_at: true,
    lift: true,
    restored_at: true,
  },
  'tandem.intents': {
    workspace_id: true,
    link_id: true,
    request_id: true,
    kind: true,
    sent_at: true,
    expected_revision: true,
    fields: true,
    position: true,
  },
  'tandem.journal': {
    workspace_id: true,
    entry_id: true,
    task_id: true,
    link_id: true,
    at: true,
    actor: true,
    kind: true,
    field: true,
    side: true,
    from_value: true,
    to_value: true,
    lost: true,
    has_lost: true,
    rule: true,
    data: true,
  },
  'tandem.lags': {
    workspace_id: true,
    connection_id: true,
    hour: true,
    direction: true,
    counts: true,
  },
  'tandem.links': {
    workspace_id: true,
    link_id: true,
    task_id: true,
    org_id: true,
    connection_id: true,
    salesforce_id: true,
    creation_key: true,
    former_open_status: true,
    origin: true,
    base: true,
    sf: true,
    state: true,
    parked: true,
    retry_at: true,
    whose_move: true,
    ignored: true,
    dirty_since: true,
    last_synced_at: true,
    created_at: true,
    waiting_since: true,
  },
  'tandem.members': {
    workspace_id: true,
    user_id: true,
    role: true,
    time_zone: true,
    locale: true,
    created_at: true,
    removed_at: true,
  },
  'tandem.notices': {
    workspace_id: true,
    notice_id: true,
    user_id: true,
    kind: true,
    occurrence: true,
    data: true,
    at: true,
    shown: true,
    read_at: true,
    settled_at: true,
    cleared_at: true,
    mail: true,
    mail_attempts: true,
    mail_next_at: true,
    mail_claimed_until: true,
    mail_until: true,
    mail_at: true,
    mail_fault: true,
  },
  'tandem.reminders': {
    workspace_id: true,
    user_id: true,
    digest_at: true,
    digest_days: true,
    digest_mail: true,
    digest_browser: true,
    digest_when_empty: true,
    due_at: true,
    due_mail: true,
    due_browser: true,
    eve_at: true,
    eve_mail: true,
    eve_browser: true,
    needs_you_mail: true,
    decided_until: true,
    next_at: true,
    due_day: true,
    due_day_ends: true,
  },
  'tandem.orgs': {
    workspace_id: true,
    org_id: true,
    status_map: true,
    priority_map: true,
    statuses: true,
    priorities: true,
    creation_key_field: true,
    api_share: true,
    conflict_rule: true,
    reopen_to_former_status: true,
    read_at: true,
    new_statuses: true,
  },
  'tandem.saved_views': {
    workspace_id: true,
    view_id: true,
    user_id: true,
    name: true,
    query: true,
    created_at: true,
    updated_at: true,
  },
  'tandem.skipped': {
    workspace_id: true,
    connection_id: true,
    salesforce_id: true,
    subject: true,
    reason: true,
    at: true,
    ignored: true,
  },
  'tandem.tasks': {
    workspace_id: true,
    task_id: true,
    owner_id: true,
    created_by: true,
    name: true,
    type: true,
    status: true,
    priority: true,
    due_date: true,
    details: true,
    person: true,
    related: true,
    campaign_name: true,
    campaign_day: true,
    campaign_step: true,
    call_outcome: true,
    call_reason: true,
    origin: true,
    created_at: true,
    updated_at: true,
    completed_at: true,
    trashed_at: true,
    trashed_by_sync: true,
    revision: true,
    edited_at: true,
  },
  'tandem.wakes': { workspace_id: true, connection_id: true, wake_at: true },
  'tandem.workspaces': {
    workspace_id: true,
    name: true,
    subject_template: true,
    created_at: true,
    team_sync: true,
    team_sync_locked: true,
    team_import_window: true,
  },
};

/** About the database itself, in one row. */
const OF_NO_WORKSPACE = new Set(['tandem.identity']);

describe('migrations and the schema manifest', () => {
  let database: TestDatabase;
  let db: Database;

  beforeAll(async () => {
    database = await emptyDatabase();
    db = openDatabase(database.url);
  });

  afterAll(async () => {
    await db.close();
    await database.drop();
  });

  it('migrating an empty database from four processes at once applies every migration once', async () => {
    const others = [1, 2, 3].map(() => openDatabase(database.url));
    const all = await Promise.all([db, ...others].map(migrate)).finally(() =>
      Promise.all(others.map((other) => other.close())),
    );
    expect(all.flatMap(({ applied }) => applied).sort()).toEqual(Object.keys(MIGRATIONS));
  });

  it('migrating again does nothing', async () => {
    expect(await migrate(db)).toEqual({ applied: [] });
  });

  it('schema-manifest.json is what the migrations make (else: npm run write-manifest -w packages/store)', async () => {
    expect(await introspectSchema(db)).toEqual(manifest);
    expect(await checkSchema(db)).toEqual({ ok: true });
  });

  it('schema.ts names the columns of the tables, no more and no less', () => {
    const tables = Object.entries(TYPED).filter(([table]) => table.startsWith('tandem.'));
    for (const [table, columns] of tables) {
      const real = manifest[table as keyof typeof manifest].columns;
      expect(Object.keys(columns).sort(), table).toEqual(Object.keys(real).sort());
    }
    const ours = Object.keys(manifest).filter((table) => table.startsWith('tandem.'));
    expect(tables.map(([table]) => table).sort()).toEqual(ours.sort());
  });

  it('I13 every primary key of ours begins with the workspace', () => {
    for (const [table, { constraints }] of Object.entries(manifest)) {
      if (!table.startsWith('tandem.') || OF_NO_WORKSPACE.has(table)) continue;
      const key = Object.values(constraints).find((text) => text.startsWith('PRIMARY KEY'));
      expect(key, table).toMatch(/^PRIMARY KEY \(workspace_id\b/);
    }
  });

  it('a database that was changed by hand is told from a sound one, place by place', async () => {
    await db.pool.query('alter table tandem.tasks drop constraint tasks_status');
    await db.pool.query('alter table tandem.wakes add column note text');
    await db.pool.query('alter table tandem.members alter column locale drop default');
    expect(await checkSchema(db)).toEqual({
      ok: false,
      differences: [
        `tandem.members columns locale is "text not null" and should be "text not null default 'en'::text".`,
        'tandem.tasks constraints tasks_status is missing.',
        'tandem.wakes columns note should not be there.',
      ],
    });
  });
});
