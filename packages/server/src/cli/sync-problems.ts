import { causeText, type ProblemsChange, type SyncProblem } from '@tandem/api';
import type { Command } from 'commander';
import type { Cli } from './cli.ts';
import { csvSaid } from './csv-said.ts';
import { paging, readPages } from './pages.ts';
import {
  addRemote,
  choice,
  flag,
  type RemoteCall,
  type Said,
  text,
  UsedWrongly,
} from './remote.ts';

const ID = 'link:5d7f3c1a-9b2e-4f6d-8a0c-1e3b5d7f9a04';
const LIST_USUAL = 1_000;
/** The contract's own bounds. */
const PAGE_MAX = 200;
const IDS_MAX = 500;
/** Of a thousand each. */
const ROUNDS_MAX = 200;
const KINDS = ['parked', 'skipped'] as const;

/** What did not get through (B11.3), one by one or a cause at a time. */
export function addSyncProblems(sync: Command, cli: Cli): void {
  addRemote(sync, cli, {
    name: 'problems',
    about: 'Every task that waits or was left out, with the reason and whose move it is.',
    options: [
      choice('--kind <kind>', 'waiting (parked) or left out (skipped)', KINDS),
      text('--cause <cause>', 'of one cause, as "causes" names them'),
      flag('--ignored', 'those that somebody said "ignore" to, instead of the others'),
      ...paging(LIST_USUAL),
    ],
    examples: [
      'tandem sync problems',
      'tandem sync problems --cause STRING_TOO_LONG --json',
      'tandem sync problems --ignored',
    ],
    run: async ({ client, options, progress }) => {
      const { kind, cause, ignored } = options;
      const filter = {
        ...(kind === undefined ? {} : { kind: kind as SyncProblem['kind'] }),
        ...(cause === undefined ? {} : { cause: String(cause) }),
        ...(ignored === true ? { ignored: 'true' as const } : {}),
      };
      const { items, nextCursor, more } = await readPages({
        options,
        countUsual: LIST_USUAL,
        pageMax: PAGE_MAX,
        read: (page) => client.listProblems({ query: { ...filter, ...page } }),
        itemsOf: (page) => page.problems,
        progress,
      });
      const lines = items.length === 0 ? ['Nothing waits.'] : items.flatMap(problemLines);
      return { json: { problems: items, nextCursor }, lines: [...lines, ...more] };
    },
  });
  addRemote(sync, cli, {
    name: 'causes',
    about: 'The same, counted by cause, with what each means and what to do.',
    examples: ['tandem sync causes', 'tandem sync causes --json | jq .toAct'],
    run: async ({ client }) => {
      const found = await client.problemCauses();
      const lines = found.causes.flatMap(({ kind, cause, count, whoseMove }) => {
        const { what, next } = causeText('en', kind, cause);
        return [`${count}  ${cause} (${kind}, move: ${whoseMove})`, `    ${what} ${next}`];
      });
      const counts = `${found.toAct} wait for you, ${found.ignored} are ignored.`;
      return { json: found, lines: [...lines, counts] };
    },
  });
  for (const { word, action, about } of CHANGES) {
    addRemote(sync, cli, {
      name: `${word} [ids...]`,
      about,
      options: [
        text('--cause <cause>', 'all of this cause instead of single ones'),
        choice('--kind <kind>', 'with --cause: parked or skipped (parked)', KINDS),
      ],
      examples: [`tandem sync ${word} ${ID}`, `tandem sync ${word} --cause STRING_TOO_LONG`],
      run: (call) => change(call, action),
    });
  }
  addRemote(sync, cli, {
    name: 'export-problems',
    about: 'All of them as CSV, to the screen or into a new file.',
    options: [text('--out <file>', 'write here instead of to the screen')],
    examples: ['tandem sync export-problems --out problems.csv'],
    run: async ({ client, options: { out }, progress }) => {
      progress('Exporting');
      return csvSaid(await client.exportProblems(), out);
    },
  });
}

const CHANGES = [
  { word: 'retry', action: 'retry', about: 'Try tasks again.' },
  { word: 'ignore', action: 'ignore', about: 'Take problems off the list.' },
  { word: 'put-back', action: 'put_back', about: 'Put ignored problems back onto the list.' },
] as const;

function problemLines(problem: SyncProblem): string[] {
  const { id, name, kind, code, cause, whoseMove, message } = problem;
  const { what, next } = causeText('en', kind, cause);
  const words = message === '' ? '' : ` (${message})`;
  return [`${id}  ${name}: ${code}${words}; move: ${whoseMove}`, `    ${what} ${next}`];
}

type Action = ProblemsChange['action'];

async function change(call: RemoteCall, action: Action): Promise<Said> {
  const { args, options, cli } = call;
  if ((args.length === 0) === (options.cause === undefined)) {
    throw new UsedWrongly('Name the problems by id, or all of one cause with --cause.');
  }
  if (options.cause !== undefined) return changeCause(call, action, String(options.cause));
  const ids = await changeNamed(call, action);
  const missing = args.filter((id) => !ids.includes(id));
  if (missing.length > 0) cli.exitCode = 1;
  return {
    json: { action, ids, missing },
    lines: [`Done: ${ids.length}.`, ...missing.map((id) => `${id}: nothing of that id is there`)],
  };
}

async function changeNamed({ client, args }: RemoteCall, action: Action): Promise<string[]> {
  const changed: string[] = [];
  for (let start = 0; start < args.length; start += IDS_MAX) {
    const ids = args.slice(start, start + IDS_MAX);
    changed.push(...(await client.changeProblems({ body: { action, ids } })).ids);
  }
  return changed;
}

/** A thousand at a time, as the server does it. */
async function changeCause(
  { client, options, progress, cli }: RemoteCall,
  action: Action,
  cause: string,
): Promise<Said> {
  const kind = (options.kind ?? 'parked') as SyncProblem['kind'];
  const ids: string[] = [];
  let more = true;
  for (let round = 0; more && round < ROUNDS_MAX; round += 1) {
    const changed = await client.changeProblems({ body: { action, kind, cause } });
    ids.push(...changed.ids);
    more = changed.more && changed.ids.length > 0;
    progress(`${ids.length} so far`);
  }
  if (more) cli.exitCode = 1;
  const rest = more ? ['There are more; say it again.'] : [];
  return { json: { action, ids, missing: [] }, lines: [`Done: ${ids.length}.`, ...rest] };
}
