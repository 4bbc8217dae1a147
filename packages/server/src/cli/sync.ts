import type { SyncProblem } from '@tandem/api';
import { itemsOf } from '@tandem/client';
import type { Command } from 'commander';
import type { Cli } from './cli.ts';
import { addRemote } from './remote.ts';

/** Your own sync, as the page shows it; `tandem status` is everybody's, for who runs Tandem. */
export function addSync(program: Command, cli: Cli): void {
  const sync = program.command('sync').description('Your sync with Salesforce.');
  addRemote(sync, cli, {
    name: 'status',
    about: 'Where your sync stands.',
    examples: ['tandem sync status', 'tandem sync status --json | jq .unsent'],
    run: async ({ client }) => {
      const status = await client.syncStatus();
      const { state, linked, unsent, needsAttention, lastPollAt } = status;
      return {
        json: status,
        lines: [
          `${state}: ${linked} linked, ${unsent} to send, ${needsAttention} need attention, last looked ${lastPollAt ?? 'never'}.`,
        ],
      };
    },
  });
  addRemote(sync, cli, {
    name: 'now',
    about: 'Look at Salesforce now instead of at the next poll.',
    examples: ['tandem sync now'],
    run: async ({ client }) => {
      await client.syncNow();
      return { json: { asked: true }, lines: ['Looking now.'] };
    },
  });
  addRemote(sync, cli, {
    name: 'compare',
    about: 'Compare all tasks with Salesforce now instead of once a day.',
    examples: ['tandem sync compare'],
    run: async ({ client }) => {
      await client.compareNow();
      return { json: { asked: true }, lines: ['Comparing begins in a moment.'] };
    },
  });
  addRemote(sync, cli, {
    name: 'problems',
    about: 'Every task that waits or was left out, with the reason and whose move it is.',
    examples: ['tandem sync problems', 'tandem sync problems --json'],
    run: async ({ client, progress }) => {
      const problems: SyncProblem[] = [];
      for await (const one of itemsOf((next) => client.listProblems({ query: next }))) {
        problems.push(one);
        progress(`${problems.length} so far`);
      }
      const lines = problems.map(
        ({ id, name, code, whoseMove, message }) =>
          `${id}  ${name}: ${code}${message === '' ? '' : ` (${message})`}; move: ${whoseMove}`,
      );
      return { json: { problems }, lines: lines.length === 0 ? ['Nothing waits.'] : lines };
    },
  });
  for (const [word, about] of [
    ['retry', 'Try a task again.'],
    ['ignore', 'Take a problem off the list.'],
  ] as const) {
    addRemote(sync, cli, {
      name: `${word} <id>`,
      about,
      examples: [`tandem sync ${word} link:5d7f3c1a-9b2e-4f6d-8a0c-1e3b5d7f9a04`],
      run: async ({ client, args: [id = ''] }) => {
        const params = { id };
        await (word === 'retry'
          ? client.retryProblem({ params })
          : client.ignoreProblem({ params }));
        return { json: { id, done: word }, lines: ['Done.'] };
      },
    });
  }
}
