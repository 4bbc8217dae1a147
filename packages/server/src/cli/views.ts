import type { SavedView } from '@tandem/api';
import type { TandemClient } from '@tandem/client';
import type { Command } from 'commander';
import type { Cli } from './cli.ts';
import { paging, readPages } from './pages.ts';
import { addRemote, type RemoteCall, text, UsedWrongly } from './remote.ts';
import { FILTERS, filtersOf } from './task-filters.ts';

const LIST_USUAL = 50;
/** The contract's own bound of a page. */
const PAGE_MAX = 200;

/** Filters and a sort under a name of your own (B9.1). */
export function addViews(program: Command, cli: Cli): void {
  const views = program.command('views').description('Your saved views.');
  addRemote(views, cli, {
    name: 'list',
    about: 'Your saved views, oldest first.',
    options: paging(LIST_USUAL),
    examples: ['tandem views list', 'tandem views list --json'],
    run: async (call) => {
      const { items, nextCursor, more } = await readViews(call);
      const lines = items.length === 0 ? ['None.'] : items.map(viewLine);
      return { json: { views: items, nextCursor }, lines: [...lines, ...more] };
    },
  });
  addRemote(views, cli, {
    name: 'add <name>',
    about: 'Save filters and a sort under a name; "tandem tasks list --saved" lists by it.',
    options: FILTERS,
    examples: ['tandem views add "Calls that are late" --view overdue --type call'],
    run: async ({ client, args: [name = ''], options }) => {
      const query = await queryOf(client, options);
      return said(await client.createView({ body: { name, query } }));
    },
  });
  addRemote(views, cli, {
    name: 'edit <view>',
    about: 'Rename a view, or give it other filters; it is named by its id or its name.',
    options: [text('--name <name>', 'its new name'), ...FILTERS],
    examples: [
      'tandem views edit "Calls that are late" --name "Late calls"',
      'tandem views edit "Late calls" --view overdue --type call --sort -priority',
    ],
    run: async ({ client, args: [view = ''], options: { name, ...options } }) => {
      const body = {
        ...(name === undefined ? {} : { name: String(name) }),
        ...(Object.keys(options).length === 0 ? {} : { query: await queryOf(client, options) }),
      };
      if (Object.keys(body).length === 0) throw new UsedWrongly('Name what changes; see --help.');
      const { id } = await savedView(client, view);
      return said(await client.patchView({ params: { id }, body }));
    },
  });
  addRemote(views, cli, {
    name: 'delete <view>',
    about: 'Delete a saved view; its tasks stay.',
    examples: ['tandem views delete "Late calls"'],
    run: async ({ client, args: [view = ''] }) => {
      const { id, name } = await savedView(client, view);
      await client.deleteView({ params: { id } });
      return { json: { id, deleted: true }, lines: [`Deleted "${name}".`] };
    },
  });
}

function readViews({
  client,
  options,
  progress,
}: Pick<RemoteCall, 'client' | 'options' | 'progress'>) {
  return readPages({
    options,
    countUsual: LIST_USUAL,
    pageMax: PAGE_MAX,
    read: (query) => client.listViews({ query }),
    itemsOf: (page) => page.views,
    progress,
  });
}

/** By its id, or by its name where only one has it. */
export async function savedView(client: TandemClient, named: string): Promise<SavedView> {
  const { items } = await readViews({ client, options: {}, progress: () => undefined });
  const [found, ...others] = items.filter(({ id, name }) => id === named || name === named);
  if (found === undefined) {
    throw new Error(`There is no saved view "${named}"; "tandem views list" lists them.`);
  }
  if (others.length > 0) {
    throw new UsedWrongly(`Several views are called "${named}"; name one by its id.`);
  }
  return found;
}

type Query = SavedView['query'];

async function queryOf(client: TandemClient, options: RemoteCall['options']): Promise<Query> {
  return (await filtersOf(client, options)) as Query;
}

function said(view: SavedView) {
  return { json: view, lines: [viewLine(view)] };
}

function viewLine({ id, name, query }: SavedView): string {
  const filters = Object.entries(query).map(([filter, value]) => `${filter} ${String(value)}`);
  return `${id}  ${name}: ${filters.join(', ') || 'as usual'}`;
}
