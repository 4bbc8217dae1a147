/**
 * `npm test`: checks and every test but the long runs, browser tests included. The last line is exactly
 * "N passed, N failed". With arguments (`npm test -- packages/store`) only the test files whose path holds one of them.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { buildWeb } from './lib/build-web.mjs';
import { installMissing } from './lib/install.mjs';
import { requireNode } from './lib/node-version.mjs';
import { bin, root } from './lib/paths.mjs';
import { createProgress } from './lib/progress.mjs';
import { run } from './lib/run.mjs';
import { countTests } from './lib/test-report.mjs';

requireNode();
const filters = process.argv.slice(2);
const begun = performance.now();
const { step } = createProgress();
const failures = [];
let passed = 0;

try {
  await step('Packages', installMissing);
  await step('Web page', buildWeb);
  if (filters.length === 0) {
    const { runChecks } = await import('./lib/check-steps.mjs');
    const checks = await runChecks();
    failures.push(...checks.failed.map((name) => `check: ${name}`));
  }
  const tests = await runTests();
  passed = tests.passed;
  failures.push(...tests.failures);
  console.log(`\n${tests.skipped} left out on this machine, ${minutes()} in all`);
} catch (error) {
  failures.push(error instanceof Error ? error.message : String(error));
}
for (const failure of failures) console.log(`✗ ${failure.replace(`${root}/`, '')}`);
console.log(`${passed} passed, ${failures.length} failed`);
process.exitCode = failures.length === 0 ? 0 : 1;

async function runTests() {
  const folder = mkdtempSync(join(tmpdir(), 'tandem-report-'));
  const report = join(folder, 'report.json');
  try {
    const args = ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
    const paths = filters.map((one) => (one.startsWith('/') ? relative(root, one) : one));
    const { code } = await run(bin('vitest'), [...args, ...paths], { show: true });
    return countTests(report, code);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function minutes() {
  const seconds = Math.round((performance.now() - begun) / 1000);
  return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}
