import type { Command } from 'commander';
import type { Cli } from './cli.ts';
import { addRemote, UsedWrongly, whole } from './remote.ts';
import { brakeLines } from './sync-status.ts';

/** More tasks than any account has. */
const COUNT_MAX = 10_000_000;

/** B11.5: the answer to what "tandem sync status" asks before much is deleted. */
export function addSyncBrake(sync: Command, cli: Cli): void {
  addRemote(sync, cli, {
    name: 'answer <answer>',
    about: 'Answer the question that "tandem sync status" asks: go_on, or keep.',
    options: [
      whole(
        '--count <count>',
        'how many you were told would go; if more wait by then, you are asked again',
        1,
        COUNT_MAX,
      ),
    ],
    examples: ['tandem sync answer keep', 'tandem sync answer go_on --count 12'],
    run: async ({ client, args: [answer = ''], options: { count } }) => {
      if (answer !== 'go_on' && answer !== 'keep') {
        throw new UsedWrongly(`The answer is go_on or keep, not "${answer}".`);
      }
      // Nobody lets go of tasks without having seen how many.
      if (answer === 'go_on' && count === undefined) {
        const { brake } = await client.syncStatus();
        const asked = brake === null ? ['Nothing is asked at present.'] : [...brakeLines(brake)];
        throw new UsedWrongly(['go_on needs --count.', ...asked].join('\n'));
      }
      const counted = count === undefined ? {} : { count: Number(count) };
      await client.answerBrake({ body: { answer, ...counted } });
      return {
        json: { answer, ...counted },
        lines: [answer === 'keep' ? 'They are kept.' : 'Going on.'],
      };
    },
  });
}
