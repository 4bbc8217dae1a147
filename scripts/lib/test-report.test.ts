import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { countTests } from './test-report.mjs';

let file = '';
beforeEach(() => {
  file = join(mkdtempSync(join(tmpdir(), 'tandem-count-')), 'report.json');
});
afterEach(() => rmSync(join(file, '..'), { recursive: true, force: true }));

const good = { status: 'passed', fullName: 'adds' };
const bad = { status: 'failed', fullName: 'subtracts' };

function count(
  passed: number,
  files: { status: string; assertionResults: object[] }[],
  exitCode: number,
) {
  const testResults = files.map((one, index) => ({ name: `f${index}.test.ts`, ...one }));
  writeFileSync(
    file,
    JSON.stringify({ numPassedTests: passed, numPendingTests: 0, numTodoTests: 0, testResults }),
  );
  return countTests(file, exitCode);
}

describe('the count at the end of npm test', () => {
  it('counts passed and failed tests', () => {
    const files = [{ status: 'failed', assertionResults: [good, bad] }];
    expect(count(1, files, 1)).toEqual({
      passed: 1,
      skipped: 0,
      failures: ['f0.test.ts: subtracts'],
    });
  });

  it('counts a file that could not be loaded', () => {
    const files = [
      { status: 'failed', assertionResults: [] },
      { status: 'passed', assertionResults: [good] },
    ];
    expect(count(1, files, 1).failures).toEqual(['f0.test.ts: the file itself failed']);
  });

  it('counts an error outside every test, no test at all, and a run that broke off', () => {
    const files = [{ status: 'passed', assertionResults: [good] }];
    expect(count(1, files, 0).failures).toEqual([]);
    expect(count(1, files, 1).failures).toHaveLength(1);
    expect(count(0, [], 0).failures).toEqual(['no test was run']);
    expect(countTests(`${file}.none`, 1).failures).toEqual(['the test run ended without a report']);
  });
});
