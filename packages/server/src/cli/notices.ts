import type { Notice } from '@tandem/api';
import type { Command } from 'commander';
import type { Cli } from './cli.ts';
import { paging, readPages } from './pages.ts';
import { addRemote, flag, UsedWrongly } from './remote.ts';

const LIST_USUAL = 50;
/** The contract's own bound, of a page and of what is marked at once. */
const AT_ONCE = 200;
const ID = '1e6b0a3c-4d5f-4a7b-9c8d-2f1e0d3c4b05';

/** What Tandem has told you. */
export function addNotices(program: Command, cli: Cli): void {
  const notices = program.command('notices').description('What you have been told.');
  addRemote(notices, cli, {
    name: 'list',
    about: 'What you have been told, newest first; a trouble that is over is gone.',
    options: paging(LIST_USUAL),
    examples: ['tandem notices list', 'tandem notices list --json | jq .unread'],
    run: async ({ client, options, progress }) => {
      let unread = 0;
      const { items, nextCursor, more } = await readPages({
        options,
        countUsual: LIST_USUAL,
        pageMax: AT_ONCE,
        read: async (query) => {
          const page = await client.listNotices({ query });
          unread = page.unread;
          return page;
        },
        itemsOf: (page) => page.notices,
        progress,
      });
      const lines = [`${unread} unread.`, ...items.map(noticeLine), ...more];
      return { json: { notices: items, unread, nextCursor }, lines };
    },
  });
  for (const { word, mark, about, done } of MARKS) {
    addRemote(notices, cli, {
      name: `${word} [ids...]`,
      about,
      options: [flag('--all', 'all of them')],
      examples: [`tandem notices ${word} ${ID}`, `tandem notices ${word} --all`],
      run: async ({ client, args, options: { all } }) => {
        if ((args.length === 0) === (all !== true)) {
          throw new UsedWrongly('Name the notices by id, or say --all.');
        }
        if (all === true) await client.markNotices({ body: { mark } });
        for (let start = 0; start < args.length; start += AT_ONCE) {
          await client.markNotices({ body: { mark, ids: args.slice(start, start + AT_ONCE) } });
        }
        return { json: { mark, ids: all === true ? null : args }, lines: [done] };
      },
    });
  }
}

const MARKS = [
  { word: 'read', mark: 'read', about: 'Mark notices as read.', done: 'Marked as read.' },
  { word: 'clear', mark: 'cleared', about: 'Put notices away.', done: 'Put away.' },
] as const;

const KINDS: Readonly<Record<Notice['kind'], string>> = {
  digest: 'digest of the day',
  due: 'due today',
  eve: 'due tomorrow',
  sign_in: 'sign in to Salesforce again',
  brake: 'a question before much is deleted: "tandem sync status"',
  stall: 'sync stands still: "tandem health"',
  new_status: 'the org has new statuses: "tandem sync settings show"',
  webhook_stopped: 'a webhook was stopped: "tandem webhooks list"',
  test: 'a test',
};

/** The counts and names of its kind, as they come. */
function noticeLine({ id, kind, at, readAt, data }: Notice): string {
  const facts = Object.entries(data).map(([name, value]) => `${name} ${String(value)}`);
  const detail = facts.length === 0 ? '' : ` (${facts.join(', ')})`;
  return `${readAt === null ? '*' : ' '} ${at}  ${KINDS[kind]}${detail}  ${id}`;
}
