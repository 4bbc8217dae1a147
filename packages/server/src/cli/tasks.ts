import {
  type BulkRequest,
  type Task,
  type TaskPatch,
  type TaskQuery,
  taskPriority,
  taskQuery,
  taskType,
  taskView,
} from '@tandem/api';
import type { TandemClient } from '@tandem/client';
import type { Command, Option } from 'commander';
import type { Cli } from './cli.ts';
import { addRemote, choice, type RemoteCall, type Said, text } from './remote.ts';
import { addTaskFiles } from './task-files.ts';

/** The contract's own bound of a bulk request. */
const BULK_MAX = 500;
/** A page of a list, unless somebody asks for more. */
const LIST_MAX = 50;

export function addTasks(program: Command, cli: Cli): void {
  const tasks = program.command('tasks').description('Your tasks: list, add, change, CSV.');
  addRemote(tasks, cli, {
    name: 'list',
    about: 'Tasks of a view.',
    options: [
      choice('--view <view>', 'which ones', taskView.exclude(['range']).options),
      text('--owner <who>', 'me, all, or a user id'),
      text('--text <words>', 'that hold these words'),
      choice('--sort <order>', 'in which order', taskQuery.shape.sort.unwrap().options),
      text('--limit <count>', `how many at most (${LIST_MAX})`),
      text('--cursor <cursor>', 'where the list before ended'),
    ],
    examples: [
      'tandem tasks list',
      'tandem tasks list --view overdue --owner all',
      "tandem tasks list --view all --limit 500 --json | jq -r '.tasks[].name'",
    ],
    run: list,
  });
  addRemote(tasks, cli, {
    name: 'show <id>',
    about: 'One task, with where it stands in Salesforce.',
    examples: ['tandem tasks show 3f0c2c6e-52c4-4b4b-9f2a-6f4a1f6f0a01'],
    run: async ({ client, args: [id = ''] }) => one(await client.getTask({ params: { id } })),
  });
  addRemote(tasks, cli, {
    name: 'add <name>',
    about: 'Add a task.',
    options: FIELDS,
    examples: [
      'tandem tasks add "Call Osterly"',
      'tandem tasks add "Call Osterly" --type call --due 2026-11-24 --priority high',
    ],
    run: async ({ client, args: [name = ''], options }) =>
      one(await client.createTask({ body: { ...fieldsOf(options), name } })),
  });
  addRemote(tasks, cli, {
    name: 'edit <id>',
    about: 'Change fields of a task; those not named stay.',
    options: [text('--name <name>', 'what is to be done'), ...FIELDS],
    examples: ['tandem tasks edit 3f0c2c6e-52c4-4b4b-9f2a-6f4a1f6f0a01 --due none'],
    run: async ({ client, args: [id = ''], options }) => {
      const name = options.name === undefined ? {} : { name: String(options.name) };
      return one(
        await client.patchTask({ params: { id }, body: { ...name, ...fieldsOf(options) } }),
      );
    },
  });
  for (const { word, about, done, request } of BULK) {
    addRemote(tasks, cli, {
      name: `${word} <ids...>`,
      about,
      examples: [
        `tandem tasks ${word} 3f0c2c6e-52c4-4b4b-9f2a-6f4a1f6f0a01`,
        `tandem tasks list --view overdue --json | jq -r '.tasks[].id' | xargs tandem tasks ${word}`,
      ],
      run: (call) => bulk(call, request, done),
    });
  }
  addRemote(tasks, cli, {
    name: 'history <id>',
    about: 'What happened to a task, newest first.',
    examples: ['tandem tasks history 3f0c2c6e-52c4-4b4b-9f2a-6f4a1f6f0a01'],
    run: async ({ client, args: [id = ''] }) => {
      const page = await client.taskHistory({ params: { id } });
      const lines = page.entries.map(
        ({ at, side, actor, kind, field, from, to, rule }) =>
          `${at}  ${side}  ${actor ?? '–'}  ${[kind, field].filter(Boolean).join(' ')}  ${JSON.stringify(from)} → ${JSON.stringify(to)}  (${rule})`,
      );
      return { json: page, lines };
    },
  });
  addTaskFiles(tasks, cli);
}

const FIELDS: readonly Option[] = [
  text('--due <date>', 'a date like 2026-11-24, or none'),
  choice('--type <type>', 'what kind', taskType.options),
  choice('--priority <priority>', 'how pressing', taskPriority.options),
  text('--details <text>', 'more about it'),
  text('--owner <userId>', 'whose it is'),
];

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

function fieldsOf({ due, type, priority, details, owner }: RemoteCall['options']): TaskPatch {
  return {
    ...(due === undefined ? {} : { dueDate: due === 'none' ? null : String(due) }),
    ...(type === undefined ? {} : { type: type as Task['type'] }),
    ...(priority === undefined ? {} : { priority: priority as Task['priority'] }),
    ...(details === undefined ? {} : { details: String(details) }),
    ...(owner === undefined ? {} : { ownerId: String(owner) }),
  };
}

async function list({ client, options }: RemoteCall): Promise<Said> {
  const query = { limit: LIST_MAX, ...options } as TaskQuery;
  const page = await client.listTasks({ query });
  const rest =
    page.nextCursor === null ? [] : [`There are more: --cursor ${page.nextCursor}, or --limit.`];
  return { json: page, lines: [...page.tasks.map(rowOf), ...rest] };
}

function rowOf({ id, status, dueDate, priority, name }: Task): string {
  const mark = status === 'complete' ? 'x' : ' ';
  return `[${mark}] ${dueDate ?? '          '}  ${priority === 'high' ? '!' : ' '} ${name}  ${id}`;
}

function one(task: Task): Said {
  const { sync } = task;
  const there = [sync.state, sync.reason, sync.salesforceUrl].filter((part) => part !== null);
  return {
    json: task,
    lines: [
      rowOf(task),
      `    Salesforce: ${there.join(', ')}`,
      ...(task.details === '' ? [] : [task.details.replaceAll(/^/gm, '    ')]),
    ],
  };
}

async function bulk(
  { client, args, progress, cli }: RemoteCall,
  request: Omit<BulkRequest, 'ids'>,
  done: string,
): Promise<Said> {
  const results: Awaited<ReturnType<TandemClient['bulkTasks']>>['results'] = [];
  for (let start = 0; start < args.length; start += BULK_MAX) {
    progress(`${start} of ${args.length}`);
    const ids = args.slice(start, start + BULK_MAX);
    results.push(...(await client.bulkTasks({ body: { ...request, ids } })).results);
  }
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
