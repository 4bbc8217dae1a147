import type { Mutant } from './mutant.ts';

/**
 * The text of `file` with the mutant's mistakes in it. A text that moved on makes a mutant meaningless, so
 * anything but exactly one occurrence is an error.
 */
export function mutate(mutant: Mutant, file: string, text: string): string {
  return mutant.changes
    .filter((change) => change.file === file)
    .reduce((before, { find, replace }) => {
      const times = before.split(find).length - 1;
      if (times !== 1)
        throw new Error(
          `Mutant ${mutant.name}: "${find}" occurs ${times} times in ${file}, and must occur once.`,
        );
      return before.replace(find, () => replace);
    }, text);
}
