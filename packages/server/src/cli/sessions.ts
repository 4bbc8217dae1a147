import type { SignInSession } from '@tandem/api';
import type { Command } from 'commander';
import type { Cli } from './cli.ts';
import { paging, readPages } from './pages.ts';
import { addRemote, flag, UsedWrongly } from './remote.ts';

const LIST_USUAL = 200;
const ID = 'n4XcT0qLr8sVb2yKz6mWd1pHf5gJa9uE';

/** Browsers that are signed in as you. */
export function addSessions(program: Command, cli: Cli): void {
  const sessions = program.command('sessions').description('Browsers that are signed in as you.');
  addRemote(sessions, cli, {
    name: 'list',
    about: 'Where you are signed in.',
    options: paging(LIST_USUAL),
    examples: ['tandem sessions list'],
    run: async ({ client, options, progress }) => {
      const { items, nextCursor, more } = await readPages({
        options,
        countUsual: LIST_USUAL,
        pageMax: LIST_USUAL,
        read: (query) => client.listSessions({ query }),
        itemsOf: (page) => page.sessions,
        progress,
      });
      const lines = items.length === 0 ? ['None.'] : items.map(sessionLine);
      return { json: { sessions: items, nextCursor }, lines: [...lines, ...more] };
    },
  });
  addRemote(sessions, cli, {
    name: 'end [id]',
    about: 'Sign a browser out, or all of them; tokens stay.',
    options: [flag('--all', 'every browser')],
    examples: [`tandem sessions end ${ID}`, 'tandem sessions end --all'],
    run: async ({ client, args: [id], options: { all } }) => {
      if ((id === undefined) === (all !== true)) {
        throw new UsedWrongly('Name one session by its id, or say --all.');
      }
      if (id === undefined) {
        const { ended } = await client.endOtherSessions();
        return { json: { ended }, lines: [`Signed out: ${ended}.`] };
      }
      await client.endSession({ params: { id } });
      return { json: { ended: 1 }, lines: ['Signed out: 1.'] };
    },
  });
}

function sessionLine({ id, userAgent, signedInAt, lastSeenAt }: SignInSession): string {
  return `${id}  since ${signedInAt}, last seen ${lastSeenAt}  ${userAgent ?? 'unknown browser'}`;
}
