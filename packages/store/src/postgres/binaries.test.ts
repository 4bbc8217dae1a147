import { execFileSync } from 'node:child_process';
import { cpSync, lstatSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findBinaries } from './binaries.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tandem-binaries-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** The platform package as `npm ci --ignore-scripts` leaves it: no links. */
function withoutLinks(): string {
  const installed = dirname(dirname(dirname(findBinaries(join(folder, 'unused')).postgres)));
  const copy = join(folder, 'package');
  const skip = /[/\\](share|lib[/\\]postgresql)$/;
  cpSync(installed, copy, {
    recursive: true,
    filter: (path) => !skip.test(path) && !lstatSync(path).isSymbolicLink(),
  });
  return copy;
}

function versionOf(binaries: ReturnType<typeof findBinaries>): string {
  const env = { ...process.env, ...binaries.env };
  return [binaries.postgres, binaries.initdb]
    .map((program) => execFileSync(program, ['--version'], { encoding: 'utf8', env }))
    .join('');
}

describe.runIf(process.platform === 'linux')('the PostgreSQL programs', () => {
  it('run after an install without scripts: the missing links are made in the package', () => {
    const copy = withoutLinks();
    const links: { target: string }[] = JSON.parse(
      readFileSync(join(copy, 'native', 'pg-symlinks.json'), 'utf8'),
    );
    const binaries = findBinaries(join(folder, 'links'), copy);
    expect(versionOf(binaries)).toMatch(/postgres \(PostgreSQL\) 18[\s\S]*initdb/);
    expect(binaries.env).toEqual({});
    for (const { target } of links)
      expect(lstatSync(join(copy, target)).isSymbolicLink()).toBe(true);
    expect(versionOf(findBinaries(join(folder, 'links'), copy))).toMatch(/18/);
  });

  it('run from a package folder that cannot be written: the links go beside the data', () => {
    const copy = withoutLinks();
    const readOnly = (at: string) => {
      if (at.startsWith(copy)) throw Object.assign(new Error('read-only'), { code: 'EROFS' });
    };
    const links = join(folder, 'links');
    const binaries = findBinaries(links, copy, readOnly);
    expect(readdirSync(links)).toContain('libicui18n.so.60');
    expect(versionOf(binaries)).toMatch(/postgres \(PostgreSQL\) 18/);
  });
});
