import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const root = new URL('../..', import.meta.url).pathname;

let copy = '';
beforeEach(() => {
  copy = mkdtempSync(join(tmpdir(), 'tandem-layers-'));
  for (const file of [
    '.dependency-cruiser.cjs',
    'tsconfig.json',
    'tsconfig.base.json',
    'package.json',
  ])
    cpSync(join(root, file), join(copy, file));
  // As npm lays workspaces out: a link into this tree.
  mkdirSync(join(copy, 'node_modules', '@tandem'), { recursive: true });
  symlinkSync('../../packages/server', join(copy, 'node_modules', '@tandem', 'server'));
  symlinkSync(join(root, 'node_modules', 'pg'), join(copy, 'node_modules', 'pg'));
});
afterEach(() => rmSync(copy, { recursive: true, force: true }));

function plant(file: string, text: string): void {
  const path = join(copy, file);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

/** Names of the rules that were broken. */
function broken(): string[] {
  const program = join(root, 'node_modules', '.bin', 'depcruise');
  const args = ['--config', '.dependency-cruiser.cjs', '--output-type', 'json', 'packages'];
  let output: string;
  try {
    output = execFileSync(program, args, { cwd: copy, encoding: 'utf8', stdio: 'pipe' });
  } catch (error) {
    output = (error as { stdout: string }).stdout;
  }
  const { summary } = JSON.parse(output) as {
    summary: { violations: { rule: { name: string } }[] };
  };
  return [...new Set(summary.violations.map((one) => one.rule.name))].sort();
}

describe('the layer check', () => {
  it('lets arrows down pass', () => {
    plant('packages/engine/src/index.ts', 'export const one = 1;\n');
    plant('packages/sync/src/index.ts', `export { one } from '../../engine/src/index.ts';\n`);
    expect(broken()).toEqual([]);
  });

  it('catches an arrow up, a type-only one too', () => {
    plant('packages/store/src/index.ts', 'export interface Row { id: string }\n');
    plant('packages/sync/src/index.ts', `export type { Row } from '../../store/src/index.ts';\n`);
    expect(broken()).toEqual(['sync-imports-downward']);
  });

  it('catches it through the name of the workspace', () => {
    plant(
      'packages/server/package.json',
      JSON.stringify({ name: '@tandem/server', exports: { '.': './src/index.ts' } }),
    );
    plant('packages/server/src/index.ts', 'export const createApp = 1;\n');
    plant('packages/engine/src/index.ts', `export { createApp } from '@tandem/server';\n`);
    expect(broken()).toContain('engine-imports-downward');
  });

  it('keeps the engine free of Node and of packages', () => {
    plant(
      'packages/engine/src/index.ts',
      `import { readFileSync } from 'node:fs';\nimport pg from 'pg';\nexport { pg, readFileSync };\n`,
    );
    expect(broken()).toEqual(['engine-is-pure']);
  });

  it('catches an import of what is not there', () => {
    plant('packages/server/src/index.ts', `import '@tandem/nothing';\n`);
    expect(broken()).toEqual(['no-unresolvable']);
  });

  it('catches a circle', () => {
    plant('packages/engine/src/a.ts', `import { b } from './b.ts';\nexport const a = () => b;\n`);
    plant('packages/engine/src/b.ts', `import { a } from './a.ts';\nexport const b = () => a;\n`);
    expect(broken()).toEqual(['no-cycles']);
  });

  it('keeps the sandbox org to itself', () => {
    plant('packages/engine/src/index.ts', 'export const one = 1;\n');
    plant('packages/sandbox/src/index.ts', `export { one } from '../../engine/src/index.ts';\n`);
    plant('packages/web/src/main.tsx', `export { one } from '../../engine/src/index.ts';\n`);
    expect(broken()).toEqual(['sandbox-imports-downward', 'web-imports-downward']);
  });
});
