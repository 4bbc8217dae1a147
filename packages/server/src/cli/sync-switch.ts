import { causeText, importWindow, type Preview } from '@tandem/api';
import type { Command } from 'commander';
import type { Cli } from './cli.ts';
import { addRemote, choice, type Options } from './remote.ts';
import { waitForImport } from './sync-import.ts';
import { WAITING } from './sync-wait.ts';

const SAMPLE_MAX = 5;
const WINDOW = choice(
  '--window <window>',
  'which tasks of Salesforce come in first, by their last change (as set, else 24h)',
  importWindow.options,
);

/** B6: look before, switch on, switch off. */
export function addSyncSwitch(sync: Command, cli: Cli): void {
  addRemote(sync, cli, {
    name: 'preview',
    about: 'What switching on would do, by the same decisions; writes nothing (B6.2).',
    options: [WINDOW],
    examples: ['tandem sync preview', 'tandem sync preview --window 30d --json | jq .import'],
    run: async ({ client, options, progress }) => {
      progress('Asking Salesforce');
      const importWindow = windowOf(options) ?? (await client.getSettings()).importWindow;
      const preview = await client.previewSync({ body: { importWindow } });
      return { json: { importWindow, ...preview }, lines: previewLines(preview, importWindow) };
    },
  });
  addRemote(sync, cli, {
    name: 'on',
    about: 'Sync tasks with Salesforce; the first sync starts at once (B6.3).',
    options: [WINDOW, ...WAITING],
    examples: ['tandem sync on', 'tandem sync on --window 7d --wait'],
    run: async (call) => {
      const { client, options, progress } = call;
      progress('Switching on');
      const importWindow = windowOf(options);
      const window = importWindow === undefined ? {} : { importWindow };
      const settings = await client.putSettings({ body: { mode: 'on', ...window } });
      if (options.wait === true) return waitForImport(call);
      return {
        json: settings,
        lines: ['Sync is on. "tandem sync import --wait" shows how far the first one is.'],
      };
    },
  });
  addRemote(sync, cli, {
    name: 'off',
    about: 'Do not sync; nothing is deleted on either side, links and history stay (B7.1).',
    examples: ['tandem sync off'],
    run: async ({ client }) => {
      const settings = await client.putSettings({ body: { mode: 'off' } });
      return { json: settings, lines: ['Sync is off. Nothing was deleted on either side.'] };
    },
  });
}

type Window = (typeof importWindow.options)[number];

/** Commander has refused every other word already. */
export function windowOf({ window }: Options): Window | undefined {
  return window as Window | undefined;
}

function previewLines(preview: Preview, window: Window): string[] {
  const { import: toImport, link, skip, importSample, skipReasons, stayHere } = preview;
  const shown = importSample.slice(0, SAMPLE_MAX).map(({ subject }) => `  ${subject}`);
  return [
    `With --window ${window}: ${toImport} to import, ${link} to link, ${skip} to skip. Nothing was written.`,
    ...shown,
    ...skipReasons.map(
      ({ reason, count }) => `Skipped, ${count}: ${causeText('en', 'skipped', reason).what}`,
    ),
    `${stayHere} tasks of yours stay here only; "tandem tasks send" sends single ones.`,
  ];
}
