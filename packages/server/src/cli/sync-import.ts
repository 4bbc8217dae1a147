import type { SyncStatus } from '@tandem/api';
import type { Command } from 'commander';
import type { Cli } from './cli.ts';
import { addRemote, type Said } from './remote.ts';
import { importLine, statusLines } from './sync-status.ts';
import { isHeld, WAITING, type Waiting, waitUntil } from './sync-wait.ts';

/** B6.3: the first sync goes on without anybody looking; this looks. */
export function addSyncImport(sync: Command, cli: Cli): void {
  addRemote(sync, cli, {
    name: 'import',
    about: 'How far the first sync is; exit code 1 while it is not done.',
    options: WAITING,
    examples: ['tandem sync import', 'tandem sync import --wait --seconds 120'],
    run: async (call) => {
      if (call.options.wait === true) return waitForImport(call);
      return importSaid(await call.client.syncStatus(), cli);
    },
  });
}

/** Ends when it is done, when it waits for a person, or when the time is over. */
export async function waitForImport(
  call: Waiting,
  sleep?: (ms: number) => Promise<unknown>,
): Promise<Said> {
  const status = await waitUntil(
    call,
    {
      isOver: (seen) => seen.import?.state === 'done' || isHeld(seen),
      line: (seen) => (seen.import === null ? 'Importing begins' : importLine(seen.import)),
    },
    sleep,
  );
  return importSaid(status, call.cli);
}

function importSaid(status: SyncStatus, cli: Pick<Cli, 'exitCode'>): Said {
  if (status.import?.state !== 'done') cli.exitCode = 1;
  const json = { state: status.state, import: status.import };
  if (status.import === null) return { json, lines: [...statusLines(status)] };
  const held = isHeld(status) ? [...statusLines({ ...status, import: null })] : [];
  return { json, lines: [importLine(status.import), ...held] };
}
