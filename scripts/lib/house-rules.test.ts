import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { houseRuleFindings } from './house-rules.mjs';

let root = '';
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'tandem-rules-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function findings(file: string, text: string): string[] {
  mkdirSync(dirname(join(root, file)), { recursive: true });
  writeFileSync(join(root, file), text);
  return houseRuleFindings(root);
}

describe('house rules', () => {
  it.each([
    'Date.now()',
    'new Date()',
    'Math.random()',
    'crypto.randomUUID()',
    'setTimeout(go, 5)',
    'process.env.HOME',
  ])('the engine may not say %s', (call) => {
    const [finding] = findings(
      'packages/engine/src/plan.ts',
      `const at = 1;\nconst x = ${call};\n`,
    );
    expect(finding).toMatch(/^packages\/engine\/src\/plan\.ts:2: .*repeat from their seed/);
  });

  it('tests, comments, fixed dates and other packages may', () => {
    expect(findings('packages/engine/src/plan.test.ts', 'const x = Date.now();\n')).toEqual([]);
    expect(
      findings('packages/sync/src/poll.ts', '// not Date.now()\nconst x = new Date(0);\n'),
    ).toEqual([]);
    expect(findings('packages/server/src/clock.ts', 'const x = Date.now();\n')).toEqual([]);
  });

  it('a file of 401 lines is too long, one of 400 is not', () => {
    expect(findings('packages/api/src/a.ts', '\n'.repeat(400))).toEqual([]);
    expect(findings('packages/api/src/a.ts', '\n'.repeat(401))).toHaveLength(1);
  });

  it('a lock file that lost the packages of other systems is named', () => {
    const packages = {
      'node_modules/fast': { version: '1.0.0', optionalDependencies: { 'fast-win32': '1.0.0' } },
    };
    expect(findings('package-lock.json', JSON.stringify({ packages }))).toHaveLength(1);
    const whole = { ...packages, 'node_modules/fast-win32': { version: '1.0.0', optional: true } };
    expect(findings('package-lock.json', JSON.stringify({ packages: whole }))).toEqual([]);
  });

  it('a name that is not kebab-case is named', () => {
    expect(findings('packages/api/src/TaskList.ts', '')).toHaveLength(1);
  });

  it('two tests of one title in one group are named, in two groups they are not', () => {
    const test = (title: string) => `  it('${title}', () => {});\n`;
    const one = `describe('a', () => {\n${test('same')}});\n`;
    const other = `describe('b', () => {\n${test('same')}${test('else')}});\n`;
    expect(findings('packages/api/src/a.test.ts', one + other)).toEqual([]);
    const [finding] = findings('packages/api/src/a.test.ts', one + other + test('else'));
    expect(finding).toMatch(/a\.test\.ts:8: the title "else" is that of line 6 too/);
  });

  it('a class that its style sheet lacks is named, and one that nobody uses', () => {
    const file = 'packages/web/src/page.tsx';
    const sheet =
      '/* .old */\n.title {\n  color: red;\n}\n@media print {\n  .left:global(.theirs) {\n  }\n}\n';
    const text = (names: string) => `import s from './page.module.css';\n${names}\n`;
    expect(findings('packages/web/src/page.module.css', sheet)).toEqual([]);
    expect(findings(file, text('s.title s.left'))).toEqual([]);
    expect(findings(file, text('s[state]'))).toEqual([]);
    expect(findings(file, text('s.title s.lost'))).toEqual([
      'packages/web/src/page.tsx: packages/web/src/page.module.css has no class "lost".',
      'packages/web/src/page.module.css: nobody uses the class "left". Remove it.',
    ]);
  });
});
