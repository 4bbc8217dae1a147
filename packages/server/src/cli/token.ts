import type { ApiToken } from '@tandem/api';
import { createApiToken, ensureWorkspace, memberOf } from '@tandem/store';
import type { Command } from 'commander';
import { hashToken, newToken } from '../auth/api-token.ts';
import { prepareDatabase } from '../database/prepare-database.ts';
import { withDatabase } from '../running.ts';
import { openCore } from '../wiring.ts';
import { type Cli, sayJson } from './cli.ts';
import { paging, readPages } from './pages.ts';
import { addRemote } from './remote.ts';

const NAME_LENGTH_MAX = 100;

/** A page of the API is no longer. */
const USUAL = 200;

export function addToken(program: Command, cli: Cli): void {
  const token = program.command('token').description('API tokens for programs.');
  addRemote(token, cli, {
    name: 'list',
    about: 'Your tokens; of each its name, not itself.',
    examples: ['tandem token list'],
    options: paging(USUAL),
    run: async ({ client, options, progress }) => {
      const { items, nextCursor, more } = await readPages({
        options,
        countUsual: USUAL,
        pageMax: USUAL,
        read: (query) => client.listTokens({ query }),
        itemsOf: (page) => page.tokens,
        progress,
      });
      return { json: { tokens: items, nextCursor }, lines: [...items.map(lineOf), ...more] };
    },
  });
  addRemote(token, cli, {
    name: 'revoke <id>',
    about: 'Revoke one of your tokens; programs with it are refused from now on.',
    examples: ['tandem token revoke 1e6b0a3c-4d5f-4a7b-9c8d-2f1e0d3c4b05'],
    run: async ({ client, args: [id = ''] }) => {
      await client.revokeToken({ params: { id } });
      return { json: { id, revoked: true }, lines: [`Revoked ${id}.`] };
    },
  });
  token
    .command('create')
    .description('Make a token and print it; it is shown this once.')
    .requiredOption('--user <email>', 'whose token it is')
    .option('--name <name>', 'how it is listed', 'made on the command line')
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      `
Example:
  TOKEN=$(tandem token create --user mara@aldermoor.example)
  curl -H "Authorization: Bearer $TOKEN" http://127.0.0.1:3000/api/v1/me`,
    )
    .action((options: { user: string; name: string; json?: boolean }) => {
      const config = cli.config();
      return withDatabase(config, async (databaseUrl) => {
        await prepareDatabase(databaseUrl, config);
        const core = openCore(config, { databaseUrl }, () => '');
        try {
          const user = await core.auth.findUser(options.user);
          if (user === null) throw new Error(`Nobody here has the e-mail ${options.user}.`);
          const now = core.clock.now();
          const actor =
            (await memberOf(core.db, user.id)) ?? (await ensureWorkspace(core.db, user, now));
          const token = newToken();
          const name = options.name.slice(0, NAME_LENGTH_MAX);
          const { tokenId } = await createApiToken(
            core.db,
            actor,
            { name, hash: hashToken(token) },
            now,
          );
          if (options.json) sayJson(cli, { id: tokenId, name, token });
          else {
            cli.out.write(`${token}\n`);
            // Beside the token, not in it: TOKEN=$(…) gets the first line only.
            cli.err.write(
              `Keep it now; it is not shown again. Send it as "Authorization: Bearer …".\n`,
            );
          }
        } finally {
          await core.close();
        }
      });
    });
}

function lineOf({ id, name, lastUsedAt }: ApiToken): string {
  return `${id}  ${name}  (last used: ${lastUsedAt ?? 'never'})`;
}
