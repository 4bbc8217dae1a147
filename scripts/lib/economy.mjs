import { inRoot } from './paths.mjs';
import { run } from './run.mjs';

/** The tests that count what an org is charged: on a whole stack with the sandbox, and on the real store. */
const FILES = ['e2e/economy.e2e.test.ts', 'packages/server/src/jobs/idle-hour.pg.test.ts'];

/** What they say, and what we call it. */
const FIGURES = [
  { name: 'calls.1000_edits_out', says: /^1000 edits out$/ },
  { name: 'calls.2000_changes_in', says: /^2000 changes in$/ },
  { name: 'calls.50_edits_of_one_task', says: /^50 edits of one task\b/ },
  { name: 'calls.idle_hour_of_100_people', says: /^an idle hour of 100 people$/ },
];

/**
 * E1 to E4 as the tests count them: calls of the org's, beside the fewest that Salesforce would allow. Also what was
 * counted before a test failed; `failure` is then what it printed.
 */
export async function countCalls() {
  const vitest = inRoot('node_modules', 'vitest', 'vitest.mjs');
  // One after the other: on a busy machine fifty quick edits are no longer quick.
  const args = [vitest, 'run', '--no-file-parallelism', ...FILES];
  const { code, output } = await run(process.execPath, args);
  const said = [...output.matchAll(/economy: (.+): ([\d.]+) calls, floor ([\d.]+)/g)];
  const figures = FIGURES.flatMap(({ name, says }) => {
    const line = said.find(([, what]) => says.test(what));
    return line === undefined
      ? []
      : [{ name, value: Number(line[2]), unit: 'calls', floor: Number(line[3]) }];
  });
  const isWhole = code === 0 && figures.length === FIGURES.length;
  return { figures, failure: isWhole ? null : output };
}
