import type { TaskPerson } from '@tandem/api';
import type { TandemClient } from '@tandem/client';
import type { Command } from 'commander';
import type { Cli } from './cli.ts';
import { paging, readPages } from './pages.ts';
import { written } from './records.ts';
import { addRemote, choice, type Options, text } from './remote.ts';
import { FILTERS, type Filters, filtersOf, NARROWING, narrowingOf } from './task-filters.ts';
import { rowOf } from './task-said.ts';
import { savedView } from './views.ts';
import { ownerOf } from './who.ts';

const LIST_USUAL = 50;
/** The contract's own bound of a page. */
const PAGE_MAX = 500;

/** Which tasks there are, how many, and whom they are about (B9.1). */
export function addTaskLists(tasks: Command, cli: Cli): void {
  addRemote(tasks, cli, {
    name: 'list',
    about: 'Tasks of a view; today and tomorrow unless asked otherwise.',
    viewAs: true,
    options: [
      text('--saved <view>', 'a saved view, by its name or id; what else is said goes before it'),
      ...FILTERS,
      ...paging(LIST_USUAL),
    ],
    examples: [
      'tandem tasks list',
      'tandem tasks list --view overdue --owner all',
      'tandem tasks list --as bo@aldermoor.example',
      'tandem tasks list --from 2026-11-23 --to 2026-11-29 --type call --priority high',
      'tandem tasks list --view all_open --sync-state needs_you --person Osterly',
      'tandem tasks list --saved "Late calls"',
      "tandem tasks list --view all --limit 500 --json | jq -r '.tasks[].name'",
    ],
    run: async ({ client, options, progress, lookingAs }) => {
      const filters = await withSaved(
        client,
        options.saved,
        await filtersOf(client, options, lookingAs),
      );
      const { items, nextCursor, more } = await readPages({
        options,
        countUsual: LIST_USUAL,
        pageMax: PAGE_MAX,
        read: (page) => client.listTasks({ query: { ...filters, ...page } }, lookingAs),
        itemsOf: (page) => page.tasks,
        progress,
      });
      return { json: { tasks: items, nextCursor }, lines: [...items.map(rowOf), ...more] };
    },
  });
  addRemote(tasks, cli, {
    name: 'counts',
    about: 'How many tasks each view holds.',
    viewAs: true,
    options: NARROWING,
    examples: ['tandem tasks counts', 'tandem tasks counts --type call --json | jq .overdue'],
    run: async ({ client, options, lookingAs }) => {
      const query = await narrowingOf(client, options, lookingAs);
      const counts = await client.countTasks({ query }, lookingAs);
      const lines = Object.entries(counts).map(([view, count]) => `${wordsOf(view)}: ${count}`);
      return { json: counts, lines };
    },
  });
  addRemote(tasks, cli, {
    name: 'people',
    about: 'Whom tasks are about, those with most open tasks first.',
    viewAs: true,
    options: [
      text('--name <part>', 'part of a name'),
      text('--owner <who>', 'whose tasks: me, all, an e-mail address, or a user id'),
    ],
    examples: ['tandem tasks people', 'tandem tasks people --name ost --owner all'],
    run: async ({ client, options: { name, owner = 'me' }, lookingAs }) => {
      const whose = await ownerOf(client, String(owner));
      const q = name === undefined ? {} : { q: String(name) };
      const found = await client.listTaskPeople({ query: { ...q, owner: whose } }, lookingAs);
      const lines = found.people.map(personLine);
      return { json: found, lines: lines.length === 0 ? ['Nobody.'] : lines };
    },
  });
  addRemote(tasks, cli, {
    name: 'find-record <words>',
    about: 'Find a person or a related record in Salesforce, as --person and --related take it.',
    options: [choice('--kind <kind>', 'what to look for (person)', ['person', 'related'])],
    examples: [
      'tandem tasks find-record osterly',
      'tandem tasks find-record "Osterly Ltd" --kind related',
    ],
    run: async ({ client, args: [q = ''], options: { kind = 'person' } }) => {
      const query = { q, kind: kind as 'person' | 'related' };
      const found = await client.searchRecords({ query });
      const lines = found.records.map(written);
      return { json: found, lines: lines.length === 0 ? ['Nothing found.'] : lines };
    },
  });
}

/** A saved view with other days than the ones asked for would be no view at all. */
async function withSaved(
  client: TandemClient,
  saved: Options[string],
  asked: Filters,
): Promise<Filters> {
  if (saved === undefined) return asked;
  const { query } = await savedView(client, String(saved));
  const { view: _, from: __, to: ___, ...narrowing } = query;
  return { ...(asked.view === undefined ? query : narrowing), ...asked } as Filters;
}

function personLine({ id, type, name, openTasks }: TaskPerson): string {
  return `${id}  ${name} (${type}): ${openTasks} open`;
}

/** `next7Days` → `next 7 days`. */
function wordsOf(name: string): string {
  return name.replaceAll(/([A-Z]|\d+)/g, ' $1').toLowerCase();
}
