import { readFileSync } from 'node:fs';

/**
 * Counts what Vitest wrote. A file that could not be loaded and an error outside every test count as failures too:
 * nothing that went wrong may hide behind a row of ticks.
 */
export function countTests(reportFile, exitCode) {
  const report = readReport(reportFile);
  if (report === null)
    return { passed: 0, skipped: 0, failures: ['the test run ended without a report'] };
  const failures = [];
  for (const file of report.testResults) {
    const bad = file.assertionResults.filter((one) => one.status === 'failed');
    for (const one of bad) failures.push(`${file.name}: ${one.fullName}`);
    if (bad.length === 0 && file.status === 'failed')
      failures.push(`${file.name}: the file itself failed`);
  }
  const passed = report.numPassedTests;
  if (failures.length === 0 && passed === 0) failures.push('no test was run');
  if (failures.length === 0 && exitCode !== 0)
    failures.push('an error outside every test (see above)');
  return { passed, skipped: report.numPendingTests + report.numTodoTests, failures };
}

function readReport(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return null;
  }
}
