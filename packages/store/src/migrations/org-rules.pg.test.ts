import { Migrator } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Database, openDatabase } from '../database.ts';
import { ORG, recordId } from '../test-world.ts';
import { emptyDatabase, type TestDatabase } from '../testing/index.ts';
import { MIGRATIONS } from './index.ts';

/** What 0028 makes of choices that were kept with connections. */

let database: TestDatabase;
let db: Database;
const WORKSPACE = '7d0c1f6e-0f0b-4b7e-9f0a-3a5f3f2d1c01';
const NOON = '2026-11-24T12:00:00.000Z';
const orgNumber = (number: number) => `00D${String(number).padStart(12, '0')}AAA`;

interface Account {
  readonly org: string;
  readonly role: 'admin' | 'rep';
  readonly rule: string;
  readonly reopen?: boolean;
  /** Chose in this order; nobody remembers when there is none. */
  readonly chose?: true;
  readonly removed?: true;
}

const ACCOUNTS: readonly Account[] = [
  { org: ORG, role: 'rep', rule: 'salesforce', chose: true },
  { org: ORG, role: 'admin', rule: 'app', reopen: true, chose: true },
  { org: ORG, role: 'admin', rule: 'latest' },
  { org: ORG, role: 'admin', rule: 'salesforce', chose: true, removed: true },
  { org: orgNumber(2), role: 'rep', rule: 'app', chose: true },
  { org: orgNumber(2), role: 'rep', rule: 'salesforce', chose: true },
  { org: orgNumber(2), role: 'rep', rule: 'latest' },
  { org: orgNumber(3), role: 'admin', rule: 'latest' },
  { org: orgNumber(3), role: 'admin', rule: 'app' },
];

beforeAll(async () => {
  database = await emptyDatabase();
  db = openDatabase(database.url);
});
afterAll(async () => {
  await db?.close();
  await database?.drop();
});

async function person(number: number, account: Account): Promise<void> {
  const { org, role, rule, reopen = false, chose, removed } = account;
  const user = `user${number}`;
  await db.pool.query(
    `insert into auth."user" ("id", "name", "email", "emailVerified") values ($1, $1, $2, true)`,
    [user, `${user}@aldermoor.example`],
  );
  await db.pool.query(
    `insert into tandem.members (workspace_id, user_id, role, created_at, removed_at)
     values ($1, $2, $3, $4, $5)`,
    [WORKSPACE, user, role, NOON, removed ? NOON : null],
  );
  await db.pool.query(
    'insert into tandem.orgs (workspace_id, org_id) values ($1, $2) on conflict do nothing',
    [WORKSPACE, org],
  );
  await db.pool.query(
    `insert into tandem.connections (workspace_id, user_id, org_id, org_name, salesforce_user_id,
       username, display_name, instance_url, login_url, connected, connected_at, conflict_rule,
       reopen_to_former_status)
     values ($1, $2, $3, 'Aldermoor', $4, $2, $2, 'x', 'x', true, $5, $6, $7)`,
    [WORKSPACE, user, org, recordId('005', number), NOON, rule, reopen],
  );
  if (!chose) return;
  await db.pool.query(
    `insert into tandem.audit (workspace_id, at, actor, action, data)
     values ($1, $2, $3, 'settings_changed', $4)`,
    [WORKSPACE, NOON, user, JSON.stringify({ fields: ['conflictRule', 'statusMap'] })],
  );
}

it('B10.2 an org takes over what its admin chose last, and without an admin the last choice', async () => {
  const migrator = new Migrator({
    db: db.kysely,
    provider: { getMigrations: async () => MIGRATIONS },
    migrationTableSchema: 'tandem',
  });
  await migrator.migrateTo('0027-late-due');
  await db.pool.query(
    `insert into tandem.workspaces (workspace_id, name, created_at) values ($1, 'W', $2)`,
    [WORKSPACE, NOON],
  );
  await db.pool.query(`insert into tandem.orgs (workspace_id, org_id) values ($1, $2)`, [
    WORKSPACE,
    orgNumber(4),
  ]);
  for (const [number, account] of ACCOUNTS.entries()) await person(number, account);
  expect((await migrator.migrateTo('0028-org-rules')).error).toBeUndefined();
  const { rows } = await db.pool.query(
    `select org_id, conflict_rule, reopen_to_former_status from tandem.orgs order by org_id`,
  );
  expect(rows.map((row) => [row.org_id, row.conflict_rule, row.reopen_to_former_status])).toEqual([
    [ORG, 'app', true],
    [orgNumber(2), 'salesforce', false],
    [orgNumber(3), 'app', false],
    [orgNumber(4), 'latest', false],
  ]);
});
