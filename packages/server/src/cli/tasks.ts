import type { Command } from 'commander';
import type { Cli } from './cli.ts';
import { addRemote } from './remote.ts';
import { addTaskChanges } from './task-changes.ts';
import { addTaskFiles } from './task-files.ts';
import { addTaskHistory } from './task-history.ts';
import { addTaskLists } from './task-lists.ts';
import { taskSaid } from './task-said.ts';

export function addTasks(program: Command, cli: Cli): void {
  const tasks = program
    .command('tasks')
    .description('Your tasks: list, add, change, their history, CSV.');
  addTaskLists(tasks, cli);
  addRemote(tasks, cli, {
    name: 'show <id>',
    about: 'One task, with where it stands in Salesforce.',
    examples: ['tandem tasks show 3f0c2c6e-52c4-4b4b-9f2a-6f4a1f6f0a01'],
    viewAs: true,
    run: async ({ client, args: [id = ''], lookingAs }) =>
      taskSaid(await client.getTask({ params: { id } }, lookingAs)),
  });
  addTaskChanges(tasks, cli);
  addTaskHistory(tasks, cli);
  addTaskFiles(tasks, cli);
}
