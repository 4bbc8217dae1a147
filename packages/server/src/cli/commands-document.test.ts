import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Command } from 'commander';
import { expect, test } from 'vitest';
import { readConfig } from '../config/config.ts';
import { COMMANDS_BY_RULE } from './commands-by-rule.ts';
import { commandsDocument } from './commands-document.ts';
import { buildProgram } from './main.ts';

const read = (name: string) =>
  readFileSync(fileURLToPath(new URL(`../../../../docs/${name}`, import.meta.url)), 'utf8');
const program = buildProgram({
  config: () => readConfig({}),
  out: process.stdout,
  err: process.stderr,
  stopSignal: async () => '',
  exitCode: 0,
});

test('docs/COMMANDS.md lists the commands as they are', () => {
  // Out of date? npm run write-commands -w packages/server
  expect(read('COMMANDS.md')).toBe(commandsDocument(program));
});

test('every behaviour of docs/SPEC.md has its command, or a sentence why none', () => {
  const spec = read('SPEC.md');
  const chapters = spec.slice(0, spec.indexOf('## Where each behaviour is met'));
  const own = [...chapters.matchAll(/^\| (B\d+\.\d+) \|/gm)];
  expect(own.length).toBeGreaterThan(0);
  expect(Object.keys(COMMANDS_BY_RULE)).toEqual(own.map(([, id = '']) => id));
});

test('the commands named for behaviours are there', () => {
  const named = Object.values(COMMANDS_BY_RULE).flatMap((by) => (typeof by === 'string' ? [] : by));
  const missing = named.filter((path) => !isThere(program, path.split(' ')));
  expect(missing).toEqual([]);
  expect(isThere(program, ['tasks', 'frobnicate'])).toBe(false);
});

function isThere(command: Command, [first, ...rest]: readonly string[]): boolean {
  if (first === undefined) return command.commands.length === 0;
  const child = command.commands.find((one) => one.name() === first);
  return child !== undefined && isThere(child, rest);
}
