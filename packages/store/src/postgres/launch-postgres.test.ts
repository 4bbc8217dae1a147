import {
  chmodSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { clusterOf, identityOf, query, serverPid, World } from './fixtures/world.ts';
import { launchPostgres } from './launch-postgres.ts';
import { isRunning, processFacts } from './process-table.ts';

const world = new World();
afterEach(() => world.cleanUp());

const asRoot = process.getuid?.() === 0;

describe('embedded PostgreSQL', () => {
  it('a second start finds the data, the port and the password of the first', async () => {
    const dataDir = world.dataDir();
    const first = await launchPostgres({ dataDir });
    await query(first.url, `create table kept as select 'ünïcödé 中文' as word`);
    await first.stop();
    const second = await launchPostgres({ dataDir });
    expect(second.url).toBe(first.url);
    expect(second.adopted).toBe(false);
    expect(await query(second.url, 'select word from kept')).toEqual([{ word: 'ünïcödé 中文' }]);
    await second.stop();
  });

  it('listens on this machine only, asks for a password, and keeps it from other users', async () => {
    const dataDir = world.dataDir();
    const server = await launchPostgres({ dataDir });
    expect(await query(server.url, 'show listen_addresses')).toEqual([
      { listen_addresses: '127.0.0.1' },
    ]);
    const url = new URL(server.url);
    url.password = 'wrong';
    await expect(query(url.href, 'select 1')).rejects.toThrow(/password authentication failed/);
    const secret = join(dataDir, 'postgres', '18', 'password');
    expect(statSync(secret).mode & 0o777).toBe(0o600);
    expect(readFileSync(secret, 'utf8').length).toBeGreaterThanOrEqual(32);
    await server.stop();
  });

  it('sorts and folds text the same on every machine', async () => {
    const server = await launchPostgres({ dataDir: world.dataDir() });
    expect(
      await query(
        server.url,
        `select lower('ÄÉ') as low, pg_encoding_to_char(encoding) as encoding from pg_database where datname = 'tandem'`,
      ),
    ).toEqual([{ low: 'äé', encoding: 'UTF8' }]);
    await server.stop();
  });

  it('takes another port when its own is taken meanwhile', async () => {
    const dataDir = world.dataDir();
    const first = await launchPostgres({ dataDir });
    const port = Number(new URL(first.url).port);
    await first.stop();
    const squatter = createServer();
    await new Promise<void>((done) => squatter.listen(port, '127.0.0.1', done));
    const second = await launchPostgres({ dataDir });
    expect(Number(new URL(second.url).port)).not.toBe(port);
    await second.stop();
    await expect(launchPostgres({ dataDir, port })).rejects.toThrow(
      `Port ${port} for PostgreSQL is taken`,
    );
    await new Promise((done) => squatter.close(done));
  });

  it.runIf(asRoot)('started by root, it runs as a user without rights', async () => {
    const dataDir = world.dataDir();
    const server = await launchPostgres({ dataDir });
    const identity = identityOf(serverPid(dataDir));
    expect(identity.uid !== 0 || identity.ownNamespace).toBe(true);
    await server.stop();
  });

  it.runIf(asRoot)(
    'started by root under a closed home, it runs in a user namespace or names both ways',
    async () => {
      const closed = world.dataDir(0o700);
      const dataDir = join(closed, 'project', 'data');
      mkdirSync(dataDir, { recursive: true });
      const outcome = await launchPostgres({ dataDir }).catch((error: Error) => error);
      if (outcome instanceof Error) {
        // A container that forbids user namespaces leaves no way; then the message has to help.
        expect(outcome.message).toMatch(
          /as the user "[\s\S]*user namespace as "[\s\S]*TANDEM_DATABASE_URL/,
        );
        return;
      }
      expect(await query(outcome.url, 'select 1 as one')).toEqual([{ one: 1 }]);
      expect(identityOf(serverPid(dataDir)).ownNamespace).toBe(true);
      await outcome.stop();
    },
  );

  it.runIf(asRoot)(
    'data made in a closed home still opens after the home was opened, and the other way round',
    async () => {
      const home = world.dataDir(0o711);
      const open = await launchPostgres({ dataDir: join(home, 'data') });
      await query(open.url, 'create table kept as select 1 as one');
      await open.stop();
      for (const mode of [0o700, 0o711]) {
        chmodSync(home, mode);
        const again = await launchPostgres({ dataDir: join(home, 'data') }).catch(
          (error: Error) => error,
        );
        if (again instanceof Error) {
          expect(again.message).toMatch(/PostgreSQL does not run as root/);
          continue;
        }
        expect(await query(again.url, 'select one from kept')).toEqual([{ one: 1 }]);
        await again.stop();
      }
    },
  );

  it('a second app on the same data is refused and the first notices nothing', async () => {
    const dataDir = world.dataDir();
    const app = world.startApp(dataDir);
    const { url } = await app.said('ready');
    await expect(launchPostgres({ dataDir })).rejects.toThrow(
      `This data folder is in use by process ${app.pid}. Stop it, or give this one its own folder with TANDEM_DATA_DIR.`,
    );
    expect(await query(String(url), 'select 1 as one')).toEqual([{ one: 1 }]);
  });

  it('twenty starts at once on the same new data: one wins, all others are refused', async () => {
    const dataDir = world.dataDir();
    const outcomes = await Promise.allSettled(
      Array.from({ length: 20 }, () => launchPostgres({ dataDir })),
    );
    const won = outcomes.filter((one) => one.status === 'fulfilled');
    expect(won).toHaveLength(1);
    await won[0]?.value.stop();
  });

  it('a lock of a dead process whose number was given to another is no obstacle', async () => {
    const dataDir = world.dataDir();
    const first = await launchPostgres({ dataDir });
    const lock = join(dataDir, 'postgres', 'app.lock');
    const text = JSON.parse(readFileSync(lock, 'utf8'));
    await first.stop();
    writeFileSync(lock, JSON.stringify({ ...text, startedAt: `${text.startedAt}0` }));
    const second = await launchPostgres({ dataDir });
    await second.stop();
    writeFileSync(lock, 'half a lo');
    const third = await launchPostgres({ dataDir });
    await third.stop();
    expect(readdirSync(join(dataDir, 'postgres'))).not.toContain('app.lock');
  });

  it('a lock from another container counts while it is being touched', async () => {
    const dataDir = world.dataDir();
    mkdirSync(join(dataDir, 'postgres'), { recursive: true });
    const lock = join(dataDir, 'postgres', 'app.lock');
    writeFileSync(lock, JSON.stringify({ pid: 1, startedAt: '1', space: 'another boot' }));
    await expect(launchPostgres({ dataDir })).rejects.toThrow(/a program in another container/);
    utimesSync(lock, 0, 0);
    const server = await launchPostgres({ dataDir });
    await server.stop();
  });

  it('a record that names a living process which is no PostgreSQL is removed', async () => {
    const dataDir = world.dataDir();
    const first = await launchPostgres({ dataDir });
    await first.stop();
    expect(processFacts(process.pid)?.command).not.toBe('postgres');
    const record = `${process.pid}\n${clusterOf(dataDir)}\n1\n5432\n\n127.0.0.1\n\nready\n`;
    writeFileSync(join(clusterOf(dataDir), 'postmaster.pid'), record);
    const second = await launchPostgres({ dataDir });
    expect(second.adopted).toBe(false);
    await second.stop();
  });

  it('stop leaves no process and no lock behind', async () => {
    const dataDir = world.dataDir();
    const server = await launchPostgres({ dataDir });
    const pid = serverPid(dataDir);
    expect(isRunning(pid)).toBe(true);
    await server.stop();
    expect(isRunning(pid)).toBe(false);
    expect(readdirSync(join(dataDir, 'postgres')).sort()).toEqual(['18', 'port', 'server.log']);
  });
});
