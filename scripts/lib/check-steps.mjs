import { bin, inRoot } from './paths.mjs';
import { run } from './run.mjs';

/** A program of npm as a step: fine when it ends with 0. */
const program =
  (name, ...args) =>
  async () => {
    const { code, output } = await run(bin(name), args);
    return { ok: code === 0, output };
  };

/** Everything a change must pass besides the tests. The longest first, so that two at a time end together. */
export const CHECK_STEPS = [
  { name: 'types', work: program('tsc', '-p', 'tsconfig.json') },
  { name: 'types of the web page', work: program('tsc', '-p', 'packages/web/tsconfig.json') },
  { name: 'types of the tests over the stack', work: program('tsc', '-p', 'e2e/tsconfig.json') },
  {
    name: 'layers',
    work: program('depcruise', '--config', '.dependency-cruiser.cjs', 'packages', 'e2e'),
  },
  { name: 'dead code', work: program('knip', '--no-progress') },
  { name: 'format and lint', work: program('biome', 'ci', '--colors=off', '--error-on-warnings') },
  {
    name: 'house rules',
    work: async () => {
      const { houseRuleFindings } = await import('./house-rules.mjs');
      const findings = houseRuleFindings(inRoot());
      return { ok: findings.length === 0, output: findings.join('\n') };
    },
  },
];

/** The machine for this has two cores. */
const AT_ONCE = 2;

/**
 * Runs the steps two at a time and prints a line for each as it ends, with its output when it failed.
 * @returns {Promise<{ passed: number, failed: string[] }>}
 */
export async function runChecks(steps = CHECK_STEPS, print = console.log) {
  const waiting = [...steps];
  const failed = [];
  const lane = async () => {
    for (let step = waiting.shift(); step !== undefined; step = waiting.shift()) {
      const begun = performance.now();
      const { ok, output } = await step.work();
      const seconds = ((performance.now() - begun) / 1000).toFixed(1);
      print(`  ${ok ? '✓' : '✗'} ${step.name}  (${seconds} s)`);
      if (ok) continue;
      failed.push(step.name);
      print(`${output.trimEnd()}\n`);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, lane));
  return { passed: steps.length - failed.length, failed };
}
