import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { openDatabase } from '@tandem/store';
import { emptyDatabase, type TestDatabase, testDatabase } from '@tandem/store/testing';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { withClient } from '../backup/with-client.ts';
import { runCommand } from '../cli/main.ts';
import { eventually } from '../testing/index.ts';
import { createLog } from '../wiring.ts';
import { keepKnown } from './keep-known.ts';
import { readKnown, writeKnown } from './known-database.ts';

const STARTS = [['migrate'], ['serve', '--json'], ['worker', '--json']];
/** An account that syncs, in a workspace, as few columns as the constraints allow. */
const ACCOUNT = `
  insert into auth."user" ("id", "name", "email", "emailVerified") values ('mara', 'Mara', 'm@a.example', true);
  insert into tandem.workspaces (workspace_id, name, created_at)
    values ('00000000-0000-4000-8000-000000000001', 'Aldermoor', now());
  insert into tandem.members (workspace_id, user_id, role, created_at)
    values ('00000000-0000-4000-8000-000000000001', 'mara', 'admin', now());
  insert into tandem.orgs (workspace_id, org_id, status_map, priority_map, statuses, priorities)
    values ('00000000-0000-4000-8000-000000000001', '00D000000000001AAA', '{}', '{}', '[]', '[]');
  insert into tandem.connections (workspace_id, user_id, org_id, org_name, salesforce_user_id, username,
      display_name, instance_url, login_url, connected, connected_at, status, switched_on_at, lease_token)
    values ('00000000-0000-4000-8000-000000000001', 'mara', '00D000000000001AAA', 'Aldermoor',
      '005000000000001AAA', 'mara', 'Mara', 'http://127.0.0.1:9', 'http://127.0.0.1:9', true, now(),
      'on', now(), 100)`;

let home: string;
let dataDir: string;
let database: TestDatabase;
let more: TestDatabase[];

async function run(url: string | null, ...args: string[]) {
  const written: string[] = [];
  const sink = () =>
    new Writable({
      write(chunk, _encoding, done) {
        written.push(String(chunk));
        done();
      },
    });
  const env = {
    TANDEM_DATA_DIR: dataDir,
    TANDEM_PORT: '0',
    ...(url === null ? {} : { TANDEM_DATABASE_URL: url }),
  };
  const io = { out: sink(), err: sink(), stopSignal: async () => 'SIGTERM' };
  const code = await runCommand(args, env, io);
  return { code, text: written.join('') };
}

async function findings(url: string): Promise<Record<string, { ok: boolean; sentence: string }>> {
  const { text } = await run(url, 'doctor', '--json');
  const list = JSON.parse(text).findings as { name: string; ok: boolean; sentence: string }[];
  return Object.fromEntries(list.map((finding) => [finding.name, finding]));
}

const ask = (url: string, text: string) =>
  withClient(url, async (client) => (await client.query(text)).rows);

async function another(make: () => Promise<TestDatabase>): Promise<string> {
  const one = await make();
  more.push(one);
  return one.url;
}

beforeEach(async () => {
  home = mkdtempSync(join(tmpdir(), 'tandem-known-'));
  chmodSync(home, 0o711);
  dataDir = join(home, 'data');
  more = [];
  database = await testDatabase();
});
afterEach(async () => {
  for (const { drop } of [database, ...more]) await drop();
  rmSync(home, { recursive: true, force: true, maxRetries: 5 });
});

describe('the database an installation knows', () => {
  test('the first start remembers it, and the next ones find it', async () => {
    expect(readKnown(dataDir)).toBeNull();
    expect((await run(database.url, 'migrate')).code).toBe(0);
    const [{ id }] = (await ask(database.url, 'select database_id as id from tandem.identity')) as [
      { id: string },
    ];
    expect(readKnown(dataDir)).toMatchObject({ databaseId: id, mark: 0 });
    const { host, pathname, password } = new URL(database.url);
    expect(readKnown(dataDir)?.place).toBe(`${host}${pathname}`);
    if (password !== '')
      expect(readFileSync(join(dataDir, 'database.json'), 'utf8')).not.toContain(password);
    for (const args of STARTS) expect(await run(database.url, ...args)).toMatchObject({ code: 0 });
    expect((await findings(database.url)).identity).toMatchObject({ ok: true });
  });

  test('while it works, and once more when it stops, it remembers how far the database is', async () => {
    await run(database.url, 'migrate');
    const log = createLog('silent');
    const stop = keepKnown(database.url, { databaseUrl: database.url, dataDir }, log, 10);
    await ask(database.url, ACCOUNT);
    await eventually(async () => expect(readKnown(dataDir)?.mark).toBe(100));
    await stop();
    await ask(database.url, 'update tandem.connections set lease_token = 101');
    await keepKnown(database.url, { databaseUrl: database.url, dataDir }, log)();
    expect(readKnown(dataDir)?.mark).toBe(101);
    // Neither a lower one nor another database takes its place.
    await ask(database.url, 'update tandem.connections set lease_token = 50');
    await keepKnown(database.url, { databaseUrl: database.url, dataDir }, log)();
    await ask(database.url, 'update tandem.connections set lease_token = 500');
    await ask(database.url, 'update tandem.identity set database_id = gen_random_uuid()');
    await keepKnown(database.url, { databaseUrl: database.url, dataDir }, log)();
    expect(readKnown(dataDir)?.mark).toBe(101);
  });

  test('a memory that cannot be read is said, and not taken for a first start', async () => {
    await run(database.url, 'migrate');
    writeFileSync(join(dataDir, 'database.json'), '{"databaseId":');
    for (const args of STARTS) {
      const { code, text } = await run(database.url, ...args);
      expect([code, text]).toEqual([1, expect.stringContaining('database.json is damaged')]);
    }
  });
});

describe('a database that is not the one', () => {
  test.each(STARTS)('an empty one is refused by %s, and stays empty', async (...args) => {
    await run(database.url, 'migrate');
    const known = readKnown(dataDir);
    const empty = await another(emptyDatabase);
    const { code, text } = await run(empty, ...args);
    expect(code).toBe(1);
    expect(text).toContain(`worked with the database ${known?.databaseId}`);
    expect(text).toContain('is empty');
    for (const way of ['TANDEM_DATABASE_URL', 'tandem restore', 'migrate --new-database']) {
      expect(text).toContain(way);
    }
    const schemas = await ask(
      empty,
      `select 1 from pg_namespace where nspname in ('tandem', 'auth')`,
    );
    expect(schemas).toEqual([]);
    expect(readKnown(dataDir)).toEqual(known);
    expect((await findings(empty)).identity).toMatchObject({
      ok: false,
      sentence: /This inst.*$/m.exec(text)?.[0],
    });
  });

  test('another one is refused until it is said that it is meant; then it is compared in full', async () => {
    await run(database.url, 'migrate');
    const strange = await another(testDatabase);
    await ask(strange, 'update tandem.identity set database_id = gen_random_uuid()');
    await ask(strange, ACCOUNT);
    const refused = await run(strange, 'serve');
    expect([refused.code, refused.text]).toEqual([1, expect.stringContaining('is another one, ')]);
    const taken = await run(strange, 'migrate', '--new-database', '--json');
    expect(JSON.parse(taken.text)).toMatchObject({ applied: [], older: { accounts: 1 } });
    expect((await run(strange, 'serve')).code).toBe(0);
    expect((await run(database.url, 'serve')).code).toBe(1);
  });

  test('--new-database makes a new one after a loss, and mends a memory that cannot be read', async () => {
    await run(database.url, 'migrate');
    writeFileSync(join(dataDir, 'database.json'), 'x');
    const empty = await another(emptyDatabase);
    expect((await run(empty, 'migrate', '--new-database')).code).toBe(0);
    expect((await run(empty, 'serve')).code).toBe(0);
  });

  test('one that an older release left without a number is refused, too', async () => {
    await run(database.url, 'migrate');
    await ask(database.url, 'drop table tandem.identity');
    await ask(database.url, `delete from tandem.kysely_migration where name >= '0009'`);
    const { code, text } = await run(database.url, 'migrate');
    expect([code, text]).toEqual([1, expect.stringContaining('did not number its databases')]);
  });

  test('our own PostgreSQL was removed: nothing starts afresh, and a word makes it anew', async () => {
    expect((await run(null, 'migrate')).code).toBe(0);
    rmSync(join(dataDir, 'postgres'), { recursive: true, maxRetries: 5 });
    const { code, text } = await run(null, 'migrate');
    expect([code, text]).toEqual([1, expect.stringContaining('is empty')]);
    expect(text).toContain(`in the data folder ${dataDir}`);
    expect((await run(null, 'migrate', '--new-database')).code).toBe(0);
    expect((await run(null, 'migrate')).code).toBe(0);
  });
});

describe('a database that is damaged or newer', () => {
  test('a missing table and a missing constraint are named by every start, and left alone', async () => {
    await ask(database.url, 'drop table tandem.skipped');
    await ask(database.url, 'alter table tandem.links drop constraint links_state');
    for (const args of STARTS) {
      const { code, text } = await run(database.url, ...args);
      expect(code).toBe(1);
      expect(text).toContain('The database is damaged or was changed by hand');
      expect(text).toContain('The table tandem.skipped is missing.');
      expect(text).toContain('tandem.links constraints links_state is missing.');
      expect(text).toContain('tandem restore');
    }
    expect(existsSync(join(dataDir, 'database.json'))).toBe(false);
    expect((await findings(database.url)).schema).toMatchObject({ ok: false });
  });

  test('without the record of its migrations nothing is migrated into it', async () => {
    await ask(database.url, 'drop table tandem.kysely_migration');
    const { code, text } = await run(database.url, 'serve');
    expect([code, text]).toEqual([1, expect.stringContaining('record of which migrations')]);
    expect(
      await ask(database.url, `select to_regclass('tandem.kysely_migration') as there`),
    ).toEqual([{ there: null }]);
  });

  test('one of a newer release is refused with the name of what is not known', async () => {
    await ask(
      database.url,
      `insert into tandem.kysely_migration (name, timestamp) values ('9999-later', '2027')`,
    );
    for (const args of STARTS) {
      const { code, text } = await run(database.url, ...args);
      expect([code, text]).toEqual([
        1,
        expect.stringMatching(/made by a newer Tandem \(9999-later .*Start that release/),
      ]);
    }
    expect((await findings(database.url)).schema?.sentence).toContain('newer Tandem');
  });

  test('saying that a new one is meant does not help a damaged one', async () => {
    await ask(database.url, 'drop table tandem.skipped');
    expect((await run(database.url, 'migrate', '--new-database')).code).toBe(1);
  });
});

describe('an older state of the same database', () => {
  const comparisons = (url: string) =>
    ask(
      url,
      `select comparison ->> 'state' as state, comparison ->> 'why' as why from tandem.connections`,
    );

  test('is told, and every account is compared before anything else; once', async () => {
    await run(database.url, 'migrate');
    await ask(database.url, ACCOUNT);
    const known = readKnown(dataDir);
    if (known === null) throw new Error('It is remembered.');
    writeKnown(dataDir, { ...known, mark: 250, seenAt: '2026-11-24T12:00:00.000Z' });
    const looked = (await findings(database.url)).identity;
    expect([looked?.ok, looked?.sentence]).toEqual([false, expect.stringContaining('older than')]);
    expect(await comparisons(database.url)).toEqual([{ state: null, why: null }]);
    const { code, text } = await run(database.url, 'serve', '--no-worker');
    expect(code).toBe(0);
    expect(text).toContain('older than when it was last seen (2026-11-24T12:00:00.000Z)');
    expect(text).toContain('1 Salesforce accounts are compared in full before anything');
    expect(await comparisons(database.url)).toEqual([{ state: 'wanted', why: 'restored' }]);
    expect(readKnown(dataDir)?.mark).toBe(251);
    const after = (await findings(database.url)).identity;
    expect([after?.ok, after?.sentence]).toEqual([
      true,
      expect.stringContaining('a backup came in'),
    ]);
    await ask(database.url, 'update tandem.connections set comparison = null');
    expect((await run(database.url, 'serve', '--no-worker')).text).not.toContain('older than');
    expect(await comparisons(database.url)).toEqual([{ state: null, why: null }]);
  });

  test('tandem restore asks for the comparison itself, keeps the identity, and is dealt with once', async () => {
    await run(database.url, 'migrate');
    await ask(database.url, ACCOUNT);
    const file = join(home, 'tandem.backup.gz');
    expect((await run(database.url, 'backup', file)).code).toBe(0);
    const known = readKnown(dataDir);
    if (known === null) throw new Error('It is remembered.');
    writeKnown(dataDir, { ...known, mark: 700 });
    const target = await another(emptyDatabase);
    const restored = await run(target, 'restore', file);
    expect([restored.code, restored.text]).toEqual([
      0,
      expect.stringContaining('1 accounts are compared'),
    ]);
    expect(await comparisons(target)).toEqual([{ state: 'wanted', why: 'restored' }]);
    expect(await ask(target, 'select database_id as id from tandem.identity')).toEqual(
      await ask(database.url, 'select database_id as id from tandem.identity'),
    );
    // A copy made to try the backup changes nothing for the installation …
    expect(readKnown(dataDir)?.mark).toBe(700);
    // … and one that is started is not taken for older a second time.
    expect((await run(target, 'serve', '--no-worker')).text).not.toContain('older than');
    expect(readKnown(dataDir)?.mark).toBe(701);
  });

  test('a restore into an installation that knew another one is enough said', async () => {
    await run(database.url, 'migrate');
    const file = join(home, 'tandem.backup.gz');
    await run(database.url, 'backup', file);
    dataDir = join(home, 'moved');
    expect((await run(await another(emptyDatabase), 'migrate')).code).toBe(0);
    const target = await another(emptyDatabase);
    expect((await run(target, 'serve')).code).toBe(1);
    expect((await run(target, 'restore', file)).code).toBe(0);
    expect((await run(target, 'serve')).code).toBe(0);
  });
});

describe('damaged files under the tables', () => {
  test('a page that is not as it was written is named by the start and by the doctor', async () => {
    expect((await run(null, 'migrate')).code).toBe(0);
    await spoilIdentity();
    const { code, text } = await run(null, 'migrate');
    expect([code, text]).toEqual([1, expect.stringContaining('files of the database are damaged')]);
    const doctor = await run(null, 'doctor');
    expect([doctor.code, doctor.text]).toEqual([
      1,
      expect.stringContaining('files of the database are damaged'),
    ]);
  });

  /** Where the row of the identity lies on the disk, overwritten while nobody has it open. */
  async function spoilIdentity(): Promise<void> {
    const { withDatabase } = await import('../running.ts');
    const path = await withDatabase({ databaseUrl: null, dataDir }, async (url) => {
      const db = openDatabase(url, { poolMax: 1 });
      const { rows } = await db.pool.query<{ path: string }>(
        `select pg_relation_filepath('tandem.identity') as path`,
      );
      await db.close();
      return rows[0]?.path ?? '';
    });
    const file = join(dataDir, 'postgres', '18', 'cluster', path);
    const page = readFileSync(file);
    page.fill(0x5a, 4_000, 8_192);
    writeFileSync(file, page);
  }
});
