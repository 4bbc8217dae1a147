import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clusterOf, query, serverPid, World } from './fixtures/world.ts';
import { launchPostgres } from './launch-postgres.ts';
import { postgresProcessesIn } from './process-table.ts';

const world = new World();
let dataDir: string;
let home: string;
let cluster: string;
/** The folder of our database and of the maintenance database, relative to the cluster. */
let ours: string;
let maintenance: string;

beforeAll(async () => {
  dataDir = world.dataDir();
  home = join(dataDir, 'postgres', '18');
  cluster = clusterOf(dataDir);
  const server = await launchPostgres({ dataDir });
  await query(server.url, 'create table kept as select 1 as one');
  const oids = await query(
    server.url,
    `select datname as name, 'base/' || oid as path from pg_database where datname in ('tandem', 'postgres')`,
  );
  const pathOf = (name: string) => String(oids.find((one) => one.name === name)?.path);
  [ours, maintenance] = [pathOf('tandem'), pathOf('postgres')];
  await server.stop();
});
afterAll(() => world.cleanUp());

/** Each case spoils one file or folder; what is said names it, and when it is put back all is as before. */
describe('a damaged cluster of the embedded PostgreSQL', () => {
  async function refusal(): Promise<string> {
    const before = readdirSync(home).sort();
    const outcome = await launchPostgres({ dataDir }).then(
      async (server) => {
        await server.stop();
        return 'it started';
      },
      (error: Error & { code?: string }) => `${error.code}: ${error.message}`,
    );
    expect(readdirSync(home).sort()).toEqual(before);
    expect(readdirSync(join(dataDir, 'postgres'))).not.toContain('app.lock');
    expect(serverPid(dataDir) === 0 || postgresProcessesIn(cluster).length === 0).toBe(true);
    return outcome;
  }

  async function startsAgain(): Promise<void> {
    const server = await launchPostgres({ dataDir });
    expect(await query(server.url, 'select one from kept')).toEqual([{ one: 1 }]);
    await server.stop();
  }

  async function without(path: string): Promise<string> {
    renameSync(path, `${home}.aside`);
    try {
      return await refusal();
    } finally {
      rmSync(path, { recursive: true, force: true });
      renameSync(`${home}.aside`, path);
    }
  }

  async function withContent(path: string, change: (bytes: Buffer) => Buffer | string) {
    const sound = readFileSync(path);
    writeFileSync(path, change(Buffer.from(sound)));
    try {
      return await refusal();
    } finally {
      writeFileSync(path, sound);
    }
  }

  it.each(['PG_VERSION', 'global/pg_control', 'base', 'pg_wal'])(
    'without %s it is named, nothing is made in its place, and put back it starts',
    async (name) => {
      const said = await without(join(cluster, name));
      expect(said).toContain(`data_damaged: The database in ${home} is damaged: `);
      expect(said).toContain(`${join(cluster, name)} is missing.`);
      expect(said).toMatch(/Put the folder back as it was.*tandem restore/);
      await startsAgain();
    },
  );

  it('an empty folder is not taken for a first start', async () => {
    renameSync(cluster, `${home}.aside`);
    mkdirSync(cluster, { mode: 0o700 });
    expect(await refusal()).toContain('PG_VERSION is missing.');
    expect(readdirSync(cluster)).toEqual([]);
    rmSync(cluster, { recursive: true });
    expect(await refusal()).toContain('data_damaged');
    expect(existsSync(cluster)).toBe(false);
    renameSync(`${home}.aside`, cluster);
    await startsAgain();
  });

  it('without its password it is damaged', async () => {
    expect(await without(join(home, 'password'))).toContain('password is missing.');
  });

  it('garbage in PG_VERSION is damage, another version names both', async () => {
    const file = join(cluster, 'PG_VERSION');
    expect(await withContent(file, () => '\0\0\0')).toContain('does not hold a version');
    const said = await withContent(file, () => '17\n');
    expect(said).toMatch(/^wrong_version: .*made by PostgreSQL 17, and this Tandem brings 18\./);
    await startsAgain();
  });

  it('a control file with a wrong checksum is named by the server', async () => {
    const said = await withContent(join(cluster, 'global', 'pg_control'), (bytes) => {
      bytes.fill(0x5a, 100, 140);
      return bytes;
    });
    expect(said).toMatch(/^data_damaged: .*pg_control|^data_damaged: .*control file/);
    await startsAgain();
  });

  it('a write-ahead log that lost its files is named by the server', async () => {
    const wal = join(cluster, 'pg_wal');
    const segments = readdirSync(wal).filter((name) => /^[0-9A-F]{24}$/.test(name));
    const aside = `${home}.aside`;
    mkdirSync(aside);
    for (const name of segments) renameSync(join(wal, name), join(aside, name));
    const said = await refusal();
    for (const name of segments) renameSync(join(aside, name), join(wal, name));
    rmSync(aside, { recursive: true });
    expect(said).toMatch(/^data_damaged: .*checkpoint/);
    await startsAgain();
  });

  it('databases whose files are gone are damaged: ours, and the one for maintenance', async () => {
    for (const path of [ours, maintenance]) {
      expect(await without(join(cluster, path))).toMatch(/^data_damaged: .*does not exist/);
    }
    const map = join(cluster, 'global', 'pg_filenode.map');
    expect(await without(map)).toMatch(/^data_damaged: .*pg_filenode\.map/);
    await startsAgain();
  });
});
