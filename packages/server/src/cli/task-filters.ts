import {
  syncState,
  type TaskQuery,
  taskPriority,
  taskQuery,
  taskType,
  taskView,
} from '@tandem/api';
import type { CallOptions, TandemClient } from '@tandem/client';
import type { Option } from 'commander';
import { choice, type Options, text, UsedWrongly } from './remote.ts';
import { ownerOf } from './who.ts';

/** What narrows a list of tasks, a count of them, and a saved view (B9.1). */

export const NARROWING: readonly Option[] = [
  choice('--type <type>', 'of one kind', taskType.options),
  choice('--priority <priority>', 'of one priority', taskPriority.options),
  text('--owner <who>', 'me, all, an e-mail address, or a user id'),
  text('--person <who>', 'about this person: part of a name, or a Salesforce id'),
  choice('--sync-state <state>', 'that stand so in Salesforce', syncState.options),
  text('--text <words>', 'that hold these words'),
];

export const FILTERS: readonly Option[] = [
  choice('--view <view>', 'which ones', taskView.options),
  text('--from <date>', 'due on this day or later; with --to, or alone'),
  text('--to <date>', 'due on this day or earlier'),
  ...NARROWING,
  choice('--sort <order>', 'in which order', taskQuery.shape.sort.unwrap().options),
];

type Narrowing = Pick<TaskQuery, 'type' | 'priority' | 'owner' | 'personId' | 'syncState' | 'text'>;
export type Filters = Narrowing & Pick<TaskQuery, 'view' | 'from' | 'to' | 'sort'>;

export async function narrowingOf(
  client: TandemClient,
  options: Options,
  lookingAs: CallOptions,
): Promise<Narrowing> {
  const { type, priority, owner, person, syncState: state, text: words } = options;
  return without({
    type,
    priority,
    owner: owner === undefined ? owner : await ownerOf(client, String(owner)),
    personId:
      person === undefined ? undefined : await personIdOf(client, String(person), lookingAs),
    syncState: state,
    text: words,
  }) as Narrowing;
}

/** Two days are a view of their own, so naming them is enough. */
export async function filtersOf(
  client: TandemClient,
  options: Options,
  lookingAs: CallOptions = {},
): Promise<Filters> {
  const { view, from, to, sort } = options;
  const isRange = (from ?? to) !== undefined;
  if (isRange && view !== undefined && view !== 'range') {
    throw new UsedWrongly(`--from and --to are a view of their own: leave --view ${view} out.`);
  }
  const narrowing = await narrowingOf(client, options, lookingAs);
  return {
    ...without({ view: isRange ? 'range' : view, from, to, sort }),
    ...narrowing,
  } as Filters;
}

const SALESFORCE_ID = /^[a-zA-Z0-9]{18}$/;

/** Whom tasks are about already; an id needs no looking up. */
async function personIdOf(
  client: TandemClient,
  who: string,
  lookingAs: CallOptions,
): Promise<string> {
  if (SALESFORCE_ID.test(who)) return who;
  const { people } = await client.listTaskPeople({ query: { q: who, owner: 'me' } }, lookingAs);
  const [found, ...others] = people;
  if (found === undefined) throw new Error(`No task of yours is about "${who}".`);
  if (others.length === 0) return found.id;
  const shown = people.map(({ id, name, type }) => `  --person ${id}   ${name} (${type})`);
  throw new UsedWrongly([`Tasks are about several of that name. Say which:`, ...shown].join('\n'));
}

function without(given: Readonly<Record<string, Options[string]>>): object {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}
