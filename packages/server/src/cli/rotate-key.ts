import { noteKeyChange } from '@tandem/store';
import type { Command } from 'commander';
import { forgetFormerKey, keptKeySince, replaceKeptKey } from '../config/secret-key.ts';
import { prepareDatabase } from '../database/prepare-database.ts';
import { resealAll } from '../reseal.ts';
import { runningSince, withDatabase } from '../running.ts';
import { openCore } from '../wiring.ts';
import { type Cli, say, sayJson } from './cli.ts';

export function addRotateKey(program: Command, cli: Cli): void {
  program
    .command('rotate-key')
    .description(
      'Seal everything with the present secret key, while Tandem runs. Safe to run again.',
    )
    .option('--new', 'first put a new key in the place of the one kept in the data folder')
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      `
With TANDEM_SECRET_KEY set: set it to the new key and TANDEM_SECRET_KEY_PREVIOUS to the old one, restart every
process, run "tandem rotate-key", then remove TANDEM_SECRET_KEY_PREVIOUS.
With the key that Tandem keeps itself: "tandem rotate-key --new", restart, "tandem rotate-key".

Examples:
  tandem rotate-key
  tandem rotate-key --new`,
    )
    .action(async (options: { new?: boolean; json?: boolean }) => {
      if (options.new) makeNew(cli, options);
      else await reseal(cli, options);
    });
}

function makeNew(cli: Cli, { json }: { json?: boolean }): void {
  const config = cli.config();
  if (config.isSecretKeyGiven) {
    throw new Error('TANDEM_SECRET_KEY is set, so the new key goes there; see --help.');
  }
  if (config.formerSecretKey() !== null) {
    throw new Error('A change of keys is under way: restart Tandem and run "tandem rotate-key".');
  }
  replaceKeptKey(config.dataDir);
  if (json) {
    sayJson(cli, { made: true });
    return;
  }
  say(cli, 'There is a new key; the former one is kept beside it until nothing needs it.');
  say(cli, 'Restart every Tandem process now, then run "tandem rotate-key".');
}

async function reseal(cli: Cli, { json }: { json?: boolean }): Promise<void> {
  const config = cli.config();
  const former = config.formerSecretKey();
  const since = config.isSecretKeyGiven ? null : keptKeySince(config.dataDir);
  const running = runningSince(config.dataDir);
  if (former !== null && since !== null && running !== null && running < since) {
    throw new Error(
      'Tandem still runs with the former key. Restart it first, then run this again.',
    );
  }
  await withDatabase(config, async (databaseUrl) => {
    await prepareDatabase(databaseUrl, config);
    const core = openCore(config, { databaseUrl }, () => '');
    try {
      const { resealed, unreadable } = await resealAll(core.db, core.vault, (done) => {
        if (!json && done > 0) cli.err.write(`Sealed ${done.toLocaleString('en')} so far.\n`);
      });
      const total = Object.values(resealed).reduce((sum, count) => sum + count, 0);
      if (former !== null || total > 0) {
        await noteKeyChange(core.db, core.vault.keyId, core.clock.now());
      }
      if (unreadable === 0 && since !== null) forgetFormerKey(config.dataDir);
      if (unreadable > 0) cli.exitCode = 1;
      if (json) return sayJson(cli, { resealed, unreadable });
      say(cli, `Sealed ${total.toLocaleString('en')} values with the present key.`);
      if (unreadable > 0) {
        say(
          cli,
          `${unreadable} were made with a key that is neither the present nor the former one; they stay as they are. Their people sign in to Salesforce again, their webhooks get a new secret.`,
        );
      } else if (former !== null && since === null) {
        say(cli, 'Nothing needs the former key any more: remove TANDEM_SECRET_KEY_PREVIOUS.');
      }
    } finally {
      await core.close();
    }
  });
}
