import { type HistoryKind, historyKind, type TeamHistoryEntry } from '@tandem/api';
import type { Command } from 'commander';
import type { Cli } from './cli.ts';
import { paging, readPages } from './pages.ts';
import { addRemote, choice, text } from './remote.ts';
import { entryLine, HISTORY_PAGE_MAX, HISTORY_USUAL } from './task-history.ts';
import { ownerOf } from './who.ts';

const SIDES = ['app', 'sf', 'engine'] as const;

/** What happened to all the tasks you may see (B11.4); "tandem tasks history" is of one. */
export function addHistory(program: Command, cli: Cli): void {
  addRemote(program, cli, {
    name: 'history',
    about: 'What happened to your tasks, or to everybody’s you may see, newest first.',
    options: [
      text('--owner <who>', 'me, all, an e-mail address, or a user id'),
      choice('--kind <kind>', 'of one kind', historyKind.options),
      choice('--side <side>', 'where it happened', SIDES),
      text('--text <words>', 'whose task has these words in its name'),
      ...paging(HISTORY_USUAL),
    ],
    examples: ['tandem history', 'tandem history --kind conflicts --owner all --limit 500 --json'],
    run: async ({ client, options, progress }) => {
      const { owner, kind, side, text: words } = options;
      const filter = {
        ...(owner === undefined ? {} : { owner: await ownerOf(client, String(owner)) }),
        ...(kind === undefined ? {} : { kind: kind as HistoryKind }),
        ...(side === undefined ? {} : { side: side as (typeof SIDES)[number] }),
        ...(words === undefined ? {} : { text: String(words) }),
      };
      const { items, nextCursor, more } = await readPages({
        options,
        countUsual: HISTORY_USUAL,
        pageMax: HISTORY_PAGE_MAX,
        read: (page) => client.listHistory({ query: { ...filter, ...page } }),
        itemsOf: (page) => page.entries,
        progress,
      });
      return { json: { entries: items, nextCursor }, lines: [...items.map(lineOf), ...more] };
    },
  });
}

function lineOf(entry: TeamHistoryEntry): string {
  return `${entryLine(entry)}  ${entry.task.name}  ${entry.task.id}`;
}
