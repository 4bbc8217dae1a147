import type { Command } from 'commander';
import { COMMANDS_BY_RULE } from './commands-by-rule.ts';

/** docs/COMMANDS.md: every command with what it is for, and the behaviours of SPEC.md by command. */
export function commandsDocument(program: Command): string {
  const rules = Object.entries(COMMANDS_BY_RULE).map(([rule, by]) => {
    const said = typeof by === 'string' ? by : by.map((command) => `\`${command}\``).join(' · ');
    return `| ${rule} | ${said} |`;
  });
  const single = program.commands.filter(({ commands }) => commands.length === 0);
  const nouns = program.commands.filter(({ commands }) => commands.length > 0);
  return `${[
    '# The command line',
    '',
    'What a program or a page can do, `npx tandem` can. This list is made of the commands themselves',
    '(`npm run write-commands -w packages/server`); each explains itself with `--help`, with examples.',
    '',
    ...CONVENTIONS,
    '',
    ...chapter('One word', 'Installation, and what one word says.', single),
    ...nouns.flatMap((noun) => chapter(noun.name(), noun.description(), [noun])),
    '## Behaviours by command',
    '',
    'The numbers of [SPEC.md](SPEC.md), and where each is met.',
    '',
    '| id | `tandem` … |',
    '|---|---|',
    ...rules,
  ].join('\n')}\n`;
}

const CONVENTIONS = [
  '- `--json` prints what the API answers; lists have `nextCursor`, and take `--limit` and `--cursor`.',
  '- Exit codes: 0 done, 1 not done (the reason and the next step are on standard error), 2 used wrongly.',
  '- What takes long shows how far it is, on standard error and to a terminal only.',
  '- People are named as `me`, by e-mail address or by id.',
];

function chapter(title: string, about: string, commands: readonly Command[]): string[] {
  const found = commands.flatMap((command) => leaves(command));
  const rows = found.map(([path, leaf]) => `| \`${path}\` | ${cell(leaf.description())} |`);
  return [`## ${title}`, '', cell(about), '', HEADER, RULER, ...rows, ''];
}

const HEADER = '| command | what it does |';
const RULER = '|---|---|';

function leaves(command: Command, before = ''): [string, Command][] {
  const path = `${before}${command.name()}`;
  if (command.commands.length > 0) {
    return command.commands.flatMap((child) => leaves(child, `${path} `));
  }
  const args = command.registeredArguments.map((argument) => {
    const name = argument.variadic ? `${argument.name()}...` : argument.name();
    return argument.required ? ` <${name}>` : ` [${name}]`;
  });
  return [[`${path}${args.join('')}`, command]];
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|');
}
