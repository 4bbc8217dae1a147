import type { BulkRequest } from '@tandem/api';
import { type TandemClient, TandemProblem } from '@tandem/client';
import type { Command } from 'commander';
import type { Cli } from './cli.ts';
import { addRemote, type RemoteCall, type Said, text } from './remote.ts';
import { fieldsOf, TASK_FIELDS } from './task-fields.ts';
import { taskSaid } from './task-said.ts';
import { userIdOf } from './who.ts';

/** The contract's own bound of a bulk request. */
const BULK_MAX = 500;
const ID = '3f0c2c6e-52c4-4b4b-9f2a-6f4a1f6f0a01';

/** Adding, changing, and what is done to many at once (B1.2). */
export function addTaskChanges(tasks: Command, cli: Cli): void {
  addRemote(tasks, cli, {
    name: 'add <name>',
    about: 'Add a task.',
    options: TASK_FIELDS,
    examples: [
      'tandem tasks add "Call Osterly"',
      'tandem tasks add "Call Osterly" --type call --due 2026-11-24 --priority high',
      'tandem tasks add "Call Osterly" --person "Signe Osterly" --campaign Autumn --campaign-day 3',
    ],
    run: async ({ client, args: [name = ''], options }) =>
      taskSaid(
        await client.createTask({ body: { ...(await fieldsOf(client, options, null)), name } }),
      ),
  });
  addRemote(tasks, cli, {
    name: 'edit <id>',
    about: 'Change fields of a task; those not named stay.',
    options: [text('--name <name>', 'what is to be done'), ...TASK_FIELDS],
    examples: [
      `tandem tasks edit ${ID} --due none`,
      `tandem tasks edit ${ID} --call-outcome "Left a message" --related none`,
    ],
    run: async ({ client, args: [id = ''], options }) => {
      const params = { id };
      const name = options.name === undefined ? {} : { name: String(options.name) };
      const fields = await fieldsOf(client, options, () => client.getTask({ params }));
      return taskSaid(await client.patchTask({ params, body: { ...name, ...fields } }));
    },
  });
  for (const { word, about, done, request } of BULK) {
    addRemote(tasks, cli, {
      name: `${word} <ids...>`,
      about,
      examples: [
        `tandem tasks ${word} ${ID}`,
        `tandem tasks list --view overdue --json | jq -r '.tasks[].id' | xargs tandem tasks ${word}`,
      ],
      run: (call) => bulk(call, request, done),
    });
  }
  addRemote(tasks, cli, {
    name: 'assign <who> <ids...>',
    about: 'Give tasks to somebody: me, an e-mail address, or a user id.',
    examples: [`tandem tasks assign bo@aldermoor.example ${ID}`],
    run: async ({ args: [who = '', ...args], ...call }) => {
      const ownerId = await userIdOf(call.client, who);
      return bulk({ ...call, args }, { action: 'patch', patch: { ownerId } }, 'Assigned');
    },
  });
  addRemote(tasks, cli, {
    name: 'send <ids...>',
    about: 'Also send these older tasks to Salesforce (B6.5).',
    examples: [`tandem tasks send ${ID}`],
    run: send,
  });
}

const BULK: readonly {
  word: string;
  about: string;
  done: string;
  request: Omit<BulkRequest, 'ids'>;
}[] = [
  {
    word: 'done',
    about: 'Complete tasks.',
    done: 'Completed',
    request: { action: 'patch', patch: { status: 'complete' } },
  },
  {
    word: 'reopen',
    about: 'Reopen tasks.',
    done: 'Reopened',
    request: { action: 'patch', patch: { status: 'open' } },
  },
  {
    word: 'delete',
    about: 'Move tasks to Trash, where they stay for 30 days.',
    done: 'Moved to Trash',
    request: { action: 'delete' },
  },
  {
    word: 'restore',
    about: 'Take tasks out of Trash.',
    done: 'Restored',
    request: { action: 'restore' },
  },
];

type Results = Awaited<ReturnType<TandemClient['bulkTasks']>>['results'];

async function bulk(
  { client, args, progress, cli }: RemoteCall,
  request: Omit<BulkRequest, 'ids'>,
  done: string,
): Promise<Said> {
  const results: Results = [];
  for (let start = 0; start < args.length; start += BULK_MAX) {
    progress(`${start} of ${args.length}`);
    const ids = args.slice(start, start + BULK_MAX);
    results.push(...(await client.bulkTasks({ body: { ...request, ids } })).results);
  }
  return resultsSaid(cli, results, done);
}

/** One by one; what concerns all of them (no connection, sync off) ends it at once. */
async function send({ client, args, progress, cli }: RemoteCall): Promise<Said> {
  const results: Results = [];
  for (const [index, id] of args.entries()) {
    progress(`${index} of ${args.length}`);
    try {
      await client.sendTask({ params: { id } });
      results.push({ id, ok: true, code: null, message: null });
    } catch (error) {
      if (!(error instanceof TandemProblem) || error.code !== 'not_found') throw error;
      results.push({ id, ok: false, code: error.code, message: error.message });
    }
  }
  return resultsSaid(cli, results, 'On their way to Salesforce');
}

function resultsSaid(cli: Cli, results: Results, done: string): Said {
  const missing = results.filter(({ ok }) => !ok);
  if (missing.length > 0) cli.exitCode = 1;
  return {
    json: { results },
    lines: [
      `${done}: ${results.length - missing.length}.`,
      ...missing.map(({ id, message }) => `${id}: ${message ?? 'not done'}`),
    ],
  };
}
