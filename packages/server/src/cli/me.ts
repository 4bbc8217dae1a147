import { type Me, type MePatch, me as meSchema } from '@tandem/api';
import type { Command } from 'commander';
import type { Cli } from './cli.ts';
import { addRemote, choice, text, UsedWrongly } from './remote.ts';

/** Whose token it is. */
export function addMe(program: Command, cli: Cli): void {
  const me = program.command('me').description('You: name, time zone, language.');
  addRemote(me, cli, {
    name: 'show',
    about: 'Whose token it is, and as what they belong to which workspace.',
    examples: ['tandem me show', 'tandem me show --json | jq -r .userId'],
    run: async ({ client }) => said(await client.getMe()),
  });
  addRemote(me, cli, {
    name: 'set',
    about: 'Change your name, time zone or language.',
    options: [
      text('--name <name>', 'how others see you'),
      text('--time-zone <zone>', 'by which today and tomorrow are meant, like Europe/Oslo'),
      choice('--language <language>', 'of pages and mails', meSchema.shape.locale.options),
    ],
    examples: ['tandem me set --time-zone Europe/Oslo', 'tandem me set --language zh-CN'],
    run: async ({ client, options: { name, timeZone, language } }) => {
      const body: MePatch = {
        ...(name === undefined ? {} : { name: String(name) }),
        ...(timeZone === undefined ? {} : { timeZone: String(timeZone) }),
        ...(language === undefined ? {} : { locale: language as Me['locale'] }),
      };
      if (Object.keys(body).length === 0) throw new UsedWrongly('Name what changes; see --help.');
      return said(await client.patchMe({ body }));
    },
  });
}

function said(me: Me) {
  const { userId, name, email, role, workspaceName, timeZone, locale } = me;
  return {
    json: me,
    lines: [
      `${userId}  ${name} <${email}>`,
      `${role} of ${workspaceName}; time zone ${timeZone ?? 'not known yet'}; language ${locale}`,
    ],
  };
}
