import type { Command } from 'commander';
import type { Cli } from './cli.ts';
import { addRemote } from './remote.ts';
import { addSyncBrake } from './sync-brake.ts';
import { addSyncCompare } from './sync-compare.ts';
import { addSyncConnection } from './sync-connection.ts';
import { addSyncImport } from './sync-import.ts';
import { addSyncProblems } from './sync-problems.ts';
import { addSyncSettings } from './sync-settings.ts';
import { statusLines } from './sync-status.ts';
import { addSyncSwitch } from './sync-switch.ts';
import { addSyncTeam } from './sync-team.ts';

/** Your own sync, as the page shows it; `tandem status` is everybody's, for who runs Tandem. */
export function addSync(program: Command, cli: Cli): void {
  const sync = program.command('sync').description('Your sync with Salesforce.');
  addRemote(sync, cli, {
    name: 'status',
    about: 'Where your sync stands, and what it waits for.',
    examples: ['tandem sync status', 'tandem sync status --json | jq .unsent'],
    run: async ({ client }) => {
      const status = await client.syncStatus();
      return { json: status, lines: [...statusLines(status)] };
    },
  });
  addSyncConnection(sync, cli);
  addSyncSwitch(sync, cli);
  addSyncImport(sync, cli);
  addSyncSettings(sync, cli);
  addSyncTeam(sync, cli);
  addRemote(sync, cli, {
    name: 'now',
    about: 'Look at Salesforce now instead of at the next poll.',
    examples: ['tandem sync now'],
    run: async ({ client }) => {
      await client.syncNow();
      return { json: { asked: true }, lines: ['Looking now.'] };
    },
  });
  addSyncCompare(sync, cli);
  addSyncBrake(sync, cli);
  addSyncProblems(sync, cli);
}
