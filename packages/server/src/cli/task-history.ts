import type { HistoryEntry, TaskSides } from '@tandem/api';
import type { TandemClient } from '@tandem/client';
import type { Command } from 'commander';
import type { Cli } from './cli.ts';
import { paging, readPages } from './pages.ts';
import { addRemote } from './remote.ts';
import { taskSaid } from './task-said.ts';

const ID = '3f0c2c6e-52c4-4b4b-9f2a-6f4a1f6f0a01';
export const HISTORY_USUAL = 50;
/** The contract's own bound of a page. */
export const HISTORY_PAGE_MAX = 200;
/** How far "bring-back" looks for the last value that was lost. */
const LOOKED_MAX = 2_000;

/** What happened to a task, what Salesforce holds of it, and a value that lost back again. */
export function addTaskHistory(tasks: Command, cli: Cli): void {
  addRemote(tasks, cli, {
    name: 'history <id>',
    about: 'What happened to a task, newest first.',
    viewAs: true,
    options: paging(HISTORY_USUAL),
    examples: [`tandem tasks history ${ID}`, `tandem tasks history ${ID} --limit 1000 --json`],
    run: async ({ client, args: [id = ''], options, progress, lookingAs }) => {
      const { items, nextCursor, more } = await readPages({
        options,
        countUsual: HISTORY_USUAL,
        pageMax: HISTORY_PAGE_MAX,
        read: (query) => client.taskHistory({ params: { id }, query }, lookingAs),
        itemsOf: (page) => page.entries,
        progress,
      });
      return { json: { entries: items, nextCursor }, lines: [...items.map(entryLine), ...more] };
    },
  });
  addRemote(tasks, cli, {
    name: 'bring-back <id> [entryId]',
    about: 'Bring back a value that lost (B10.2): of that line of the history, else the last one.',
    examples: [`tandem tasks bring-back ${ID}`, `tandem tasks bring-back ${ID} 4711`],
    run: async ({ client, args: [id = '', given], progress }) => {
      const entryId = given ?? (await lastLost(client, id, progress));
      return taskSaid(await client.restoreTask({ params: { id }, body: { entryId } }));
    },
  });
  addRemote(tasks, cli, {
    name: 'sides <id>',
    about: 'What Salesforce was last seen to hold of a task, field by field beside ours.',
    viewAs: true,
    examples: [`tandem tasks sides ${ID}`],
    run: async ({ client, args: [id = ''], lookingAs }) => {
      const sides = await client.taskSides({ params: { id } }, lookingAs);
      return { json: sides, lines: sidesLines(sides) };
    },
  });
}

export function entryLine(entry: HistoryEntry): string {
  const { id, at, side, actor, kind, field, from, to, rule, hasLost, lost } = entry;
  const what = [kind, field].filter(Boolean).join(' ');
  const back = hasLost ? `  lost: ${JSON.stringify(lost)}, bring it back as ${id}` : '';
  return `${at}  ${side}  ${actor ?? '–'}  ${what}  ${JSON.stringify(from)} → ${JSON.stringify(to)}  (${rule})${back}`;
}

/** The newest line that lost a value which nobody has brought back since. */
async function lastLost(
  client: TandemClient,
  id: string,
  progress: (line: string) => void,
): Promise<string> {
  const { items } = await readPages({
    options: {},
    countUsual: LOOKED_MAX,
    pageMax: HISTORY_PAGE_MAX,
    read: (query) => client.taskHistory({ params: { id }, query }),
    itemsOf: (page) => page.entries,
    progress,
  });
  const back = new Set(items.map(({ data }) => data.entryId));
  const found = items.find((entry) => entry.hasLost && !back.has(entry.id));
  if (found !== undefined) return found.id;
  throw new Error(
    `Nothing of this task is lost: "tandem tasks history ${id}" says what happened to it.`,
  );
}

const STATES = {
  same: 'the same',
  on_its_way: 'ours is on its way',
  apart: 'differs on purpose',
  differs: 'differs',
} as const;

function sidesLines({ salesforce, isMissing, fields }: TaskSides): string[] {
  if (salesforce === null || fields === null) {
    return [isMissing ? 'Salesforce does not show it any more.' : 'Never seen in Salesforce.'];
  }
  const values = {
    name: salesforce.subject,
    status: salesforce.status,
    priority: salesforce.priority,
    dueDate: salesforce.dueDate,
    details: salesforce.details,
    owner: salesforce.ownerName ?? salesforce.ownerId,
    person: salesforce.person?.name ?? null,
    related: salesforce.related?.name ?? null,
  };
  const names = Object.keys(values) as (keyof typeof values)[];
  return [
    `Seen ${salesforce.seenAt}, changed there ${salesforce.modifiedAt}.`,
    ...names.map((name) => `${name}: ${JSON.stringify(values[name])} (${STATES[fields[name]]})`),
  ];
}
