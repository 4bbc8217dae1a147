import { importWindow, type TeamSync, teamSync } from '@tandem/api';
import type { Command } from 'commander';
import type { Cli } from './cli.ts';
import { addRemote, choice, flag, type Said, UsedWrongly } from './remote.ts';
import { windowOf } from './sync-switch.ts';

const WINDOW = choice(
  '--window <window>',
  'what comes in first for accounts that this switches on, now or later; left out, as it was',
  importWindow.options,
);
const MODES = teamSync.shape.mode.options;

/** B6.1: sync for everybody, with what it costs before it is switched on. */
export function addSyncTeam(sync: Command, cli: Cli): void {
  const team = sync.command('team').description('Sync for everybody; for admins.');
  addRemote(team, cli, {
    name: 'show',
    about: 'What is set for everybody, and the API calls a day that all accounts would take.',
    examples: ['tandem sync team show', 'tandem sync team show --json | jq .estimate'],
    run: async ({ client }) => said(await client.getTeamSync()),
  });
  addRemote(team, cli, {
    name: 'set <mode>',
    about: `Switch everybody on or off, now and when they connect, or let each choose: ${MODES.join(', ')}.`,
    options: [WINDOW, flag('--lock', 'only admins may choose otherwise')],
    examples: ['tandem sync team set on --window 7d --lock', 'tandem sync team set each'],
    run: async ({ client, args: [word = ''], options }) => {
      const mode = MODES.find((one) => one === word);
      if (mode === undefined) throw new UsedWrongly(`It is ${MODES.join(', ')}, not "${word}".`);
      const given = windowOf(options);
      const window = given === undefined ? {} : { importWindow: given };
      const body = { mode, locked: options.lock === true, ...window };
      return said(await client.putTeamSync({ body }));
    },
  });
}

const WORDS = {
  each: 'Each person chooses.',
  on: 'Sync is on for everybody.',
  off: 'Sync is off for everybody.',
} as const;

function said(team: TeamSync): Said {
  const { mode, locked, accounts, on, estimate, allowance } = team;
  const keeps = allowance === null ? '' : `; Tandem keeps to ${allowance}`;
  return {
    json: team,
    lines: [
      `${WORDS[mode]}${locked ? ' Only admins may choose otherwise.' : ''}`,
      `${on} of ${accounts} connected accounts sync.`,
      `With all of them on: about ${estimate.quiet} API calls a day when nothing happens, ${estimate.busy} on a busy one${keeps}.`,
    ],
  };
}
