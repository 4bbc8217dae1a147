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

/** E1 to E4 as the tests count them: calls of the org's, beside the fewest that Salesforce would allow. */
export async function countCalls() {
  const vitest = inRoot('node_modules', 'vitest', 'vitest.mjs');
  const { code, output } = await run(process.execPath, [vitest, 'run', ...FILES]);
  if (code !== 0) throw new Error(`The tests of economy failed:\n${output}`);
  const said = [...output.matchAll(/economy: (.+): ([\d.]+) calls, floor ([\d.]+)/g)];
  return FIGURES.map(({ name, says }) => {
    const line = said.find(([, what]) => says.test(what));
    if (line === undefined) throw new Error(`No test of economy said ${says}`);
    return { name, value: Number(line[2]), unit: 'calls', floor: Number(line[3]) };
  });
}
