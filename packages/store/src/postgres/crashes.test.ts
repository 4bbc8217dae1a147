import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { findBinaries } from './binaries.ts';
import { clusterOf, query, serverPid, World } from './fixtures/world.ts';
import { launchPostgres } from './launch-postgres.ts';
import { isRunning, postgresProcessesIn, processFacts } from './process-table.ts';
import { chooseRunAs, spawnAs } from './run-as.ts';
import { until } from './until.ts';

const world = new World();
afterEach(() => world.cleanUp());

const onLinux = process.platform === 'linux';

describe('embedded PostgreSQL when something dies', () => {
  it('the app is killed: the next start takes the running server over, with every row', async () => {
    const dataDir = world.dataDir();
    const app = world.startApp(dataDir);
    const { url } = await app.said('ready');
    await query(String(url), 'create table kept as select 1 as one');
    const pid = serverPid(dataDir);
    await app.die();
    expect(isRunning(pid)).toBe(true);
    const next = await launchPostgres({ dataDir });
    expect(next.adopted).toBe(true);
    expect(next.url).toBe(url);
    expect(serverPid(dataDir)).toBe(pid);
    expect(await query(next.url, 'select one from kept')).toEqual([{ one: 1 }]);
    await next.stop();
    expect(isRunning(pid)).toBe(false);
  });

  it('Ctrl-C reaches only the app, which writes its last row before the database goes', async () => {
    const dataDir = world.dataDir();
    const app = world.startApp(dataDir);
    await app.said('ready');
    const pid = serverPid(dataDir);
    process.kill(-app.pid, 'SIGINT');
    await app.said('stopped');
    expect(isRunning(pid)).toBe(false);
    const next = await launchPostgres({ dataDir });
    expect(await query(next.url, 'select said from last_words')).toEqual([{ said: 1 }]);
    await next.stop();
  });

  it.runIf(onLinux)(
    'the server is killed and stays as a zombie: the next start is not fooled by it',
    async () => {
      const dataDir = world.dataDir();
      const first = await launchPostgres({ dataDir });
      const port = new URL(first.url).port;
      await query(first.url, 'create table kept as select 1 as one');
      await first.stop();
      // A parent that never collects its children: the shell starts the server, then becomes `sleep`.
      const binaries = findBinaries(join(dataDir, 'postgres', 'lib'));
      const cluster = clusterOf(dataDir);
      const child = spawnAs(
        chooseRunAs(binaries, cluster),
        '/bin/sh',
        [
          '-c',
          '"$0" "$@" & exec sleep 600',
          binaries.postgres,
          '-D',
          cluster,
          '-p',
          port,
          '-c',
          'unix_socket_directories=',
        ],
        { stdio: 'ignore', env: { ...process.env, ...binaries.env } },
      );
      world.keep({ child });
      const up = await until(
        () =>
          query(first.url, 'select 1').then(
            () => true,
            () => false,
          ),
        60_000,
      );
      expect(up).toBe(true);
      const pid = serverPid(dataDir);
      // To kill 0 is to kill the tests.
      expect(pid).toBeGreaterThan(0);
      process.kill(pid, 'SIGKILL');
      await until(() => processFacts(pid)?.defunct === true, 5_000);
      expect(processFacts(pid)?.defunct).toBe(true);
      const next = await launchPostgres({ dataDir });
      expect(next.adopted).toBe(false);
      expect(await query(next.url, 'select one from kept')).toEqual([{ one: 1 }]);
      await next.stop();
    },
  );

  it.runIf(onLinux)(
    'app and server are killed while a child hangs with the shared memory: the next start clears it',
    async () => {
      const dataDir = world.dataDir();
      const app = world.startApp(dataDir);
      const { url } = await app.said('ready');
      await query(String(url), 'create table kept as select 1 as one');
      const pid = serverPid(dataDir);
      const hanging = postgresProcessesIn(clusterOf(dataDir)).find((one) => one !== pid) ?? 0;
      expect(hanging).toBeGreaterThan(0);
      process.kill(hanging, 'SIGSTOP');
      await app.die();
      process.kill(pid, 'SIGKILL');
      const next = await launchPostgres({ dataDir });
      expect(await query(next.url, 'select one from kept')).toEqual([{ one: 1 }]);
      expect(isRunning(hanging)).toBe(false);
      await next.stop();
    },
  );

  it('the server is killed under a living app: it comes back on the same port', async () => {
    const dataDir = world.dataDir();
    const said: string[] = [];
    const server = await launchPostgres({ dataDir, log: (line) => said.push(line) });
    const pid = serverPid(dataDir);
    process.kill(pid, 'SIGKILL');
    const back = await until(
      () =>
        query(server.url, 'select 1').then(
          () => serverPid(dataDir) !== pid,
          () => false,
        ),
      60_000,
    );
    expect(back).toBe(true);
    expect(said).toContain('PostgreSQL stopped unexpectedly; starting it again');
    await server.stop();
    expect(isRunning(serverPid(dataDir))).toBe(false);
  });

  it('a first start is killed while it creates the database: the second is a first start', async () => {
    const dataDir = world.dataDir();
    const app = world.startApp(dataDir);
    const folder = join(dataDir, 'postgres');
    const drafts = () => safeList(folder).filter((name) => name.includes('unfinished'));
    const begun = await until(
      () => drafts().some((name) => safeList(join(folder, name, 'cluster')).length > 0),
      30_000,
    );
    expect(begun).toBe(true);
    await app.die();
    expect(safeList(folder)).not.toContain('18');
    const next = await launchPostgres({ dataDir });
    expect(await query(next.url, 'select 1 as one')).toEqual([{ one: 1 }]);
    await next.stop();
    const after = await launchPostgres({ dataDir });
    expect(drafts()).toEqual([]);
    await after.stop();
  });

  it('a folder of another program on the recorded number is not killed', async () => {
    const child = spawn('sleep', ['600'], { stdio: 'ignore' });
    world.keep({ child });
    expect(postgresProcessesIn(world.dataDir())).toEqual([]);
    expect(isRunning(child.pid ?? 0)).toBe(true);
  });
});

function safeList(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
