import { setTimeout as pause } from 'node:timers/promises';
import type { SyncStatus } from '@tandem/api';
import type { Command } from 'commander';
import type { Cli } from './cli.ts';
import { addRemote, flag, type RemoteCall, type Said, whole } from './remote.ts';
import { importLine, statusLines } from './sync-status.ts';

const LOOK_EVERY_MS = 1_000;
const SECONDS_USUAL = 600;
const SECONDS_MAX = 24 * 60 * 60;

export const WAIT_SECONDS = whole(
  '--seconds <seconds>',
  `how long to wait at most (${SECONDS_USUAL})`,
  1,
  SECONDS_MAX,
);

/** B6.3: the first sync goes on without anybody looking; this looks. */
export function addSyncImport(sync: Command, cli: Cli): void {
  addRemote(sync, cli, {
    name: 'import',
    about: 'How far the first sync is; exit code 1 while it is not done.',
    options: [flag('--wait', 'wait until it is done, and show how far it is'), WAIT_SECONDS],
    examples: ['tandem sync import', 'tandem sync import --wait --seconds 120'],
    run: async (call) => {
      if (call.options.wait === true) return waitForImport(call);
      return importSaid(await call.client.syncStatus(), cli);
    },
  });
}

/** Ends when it is done, when it waits for a person, or when the time is over; it goes on by itself then. */
export async function waitForImport(
  { client, progress, options, cli }: Pick<RemoteCall, 'client' | 'progress' | 'options' | 'cli'>,
  sleep: (ms: number) => Promise<unknown> = pause,
): Promise<Said> {
  const looks = Number(options.seconds ?? SECONDS_USUAL) * (1_000 / LOOK_EVERY_MS);
  let status = await client.syncStatus();
  for (let look = 0; look < looks && isUnderWay(status); look += 1) {
    progress(status.import === null ? 'Importing begins' : importLine(status.import));
    await sleep(LOOK_EVERY_MS);
    status = await client.syncStatus();
  }
  return importSaid(status, cli);
}

/** States that no time ends. */
const HELD = new Set<SyncStatus['state']>(['off', 'needs_sign_in', 'needs_answer', 'needs_map']);

function isUnderWay({ state, import: progress }: SyncStatus): boolean {
  return progress?.state !== 'done' && !HELD.has(state);
}

function importSaid(status: SyncStatus, cli: Pick<Cli, 'exitCode'>): Said {
  if (status.import?.state !== 'done') cli.exitCode = 1;
  const json = { state: status.state, import: status.import };
  if (status.import === null) return { json, lines: [...statusLines(status)] };
  const held = HELD.has(status.state) ? [...statusLines({ ...status, import: null })] : [];
  return { json, lines: [importLine(status.import), ...held] };
}
