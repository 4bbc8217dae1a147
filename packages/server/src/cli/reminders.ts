import type { DigestPreview, ReminderSettings, Reminders } from '@tandem/api';
import type { Command, Option } from 'commander';
import type { Cli } from './cli.ts';
import { addRemote, choice, type Options, type Said, text, UsedWrongly } from './remote.ts';

/** When and how you are reminded (B13); times are on your own clock. */
export function addReminders(program: Command, cli: Cli): void {
  const reminders = program.command('reminders').description('When and how you are reminded.');
  addRemote(reminders, cli, {
    name: 'show',
    about: 'When and how you are reminded, and the next moment.',
    examples: ['tandem reminders show', 'tandem reminders show --json | jq -r .nextAt'],
    run: async ({ client }) => said(await client.getReminders()),
  });
  addRemote(reminders, cli, {
    name: 'set',
    about: 'Change when and how you are reminded; what is not named stays.',
    options: OPTIONS,
    examples: [
      'tandem reminders set --digest-at 07:30 --digest-days 1,2,3,4,5 --digest-mail on',
      'tandem reminders set --due-browser on --due-at 09:00 --eve-mail off',
    ],
    run: async ({ client, options }) => {
      if (Object.keys(options).length === 0) throw new UsedWrongly('Name a setting; see --help.');
      const { settings } = await client.getReminders();
      return said(await client.putReminders({ body: changed(settings, options) }));
    },
  });
  addRemote(reminders, cli, {
    name: 'preview',
    about: 'What your next digest would hold.',
    examples: ['tandem reminders preview'],
    run: async ({ client }) => {
      const preview = await client.previewDigest();
      return { json: preview, lines: previewLines(preview) };
    },
  });
  addRemote(reminders, cli, {
    name: 'test',
    about: 'Send yourself a test, by mail and in the browser.',
    examples: ['tandem reminders test'],
    run: async ({ client }) => {
      const sent = await client.testReminder();
      const mail = sent.mail === 'sent' ? 'A mail is on its way' : 'No mail is sent from here';
      return { json: sent, lines: [`${mail}; a notice is in the browser.`] };
    },
  });
}

const ON_OFF = ['on', 'off'] as const;
const KINDS = ['digest', 'due', 'eve'] as const;
const ABOUT = { digest: 'the digest', due: 'a word on the due date', eve: 'a word the day before' };

const OPTIONS: readonly Option[] = [
  ...KINDS.flatMap((kind) => [
    text(`--${kind}-at <time>`, `${ABOUT[kind]}: when, like 08:00`),
    choice(`--${kind}-mail <on>`, `${ABOUT[kind]}: by mail`, ON_OFF),
    choice(`--${kind}-browser <on>`, `${ABOUT[kind]}: in the browser`, ON_OFF),
  ]),
  text('--digest-days <days>', 'with commas between, Monday is 1; or none'),
  choice('--digest-when-empty <on>', 'the digest also when there is nothing to say', ON_OFF),
  choice('--needs-you-mail <on>', 'a mail when something needs you', ON_OFF),
];

function changed(before: ReminderSettings, options: Options): ReminderSettings {
  const isOn = (name: string, old: boolean) =>
    options[name] === undefined ? old : options[name] === 'on';
  const moment = <Kind extends (typeof KINDS)[number]>(kind: Kind) => ({
    at: String(options[`${kind}At`] ?? before[kind].at),
    mail: isOn(`${kind}Mail`, before[kind].mail),
    browser: isOn(`${kind}Browser`, before[kind].browser),
  });
  return {
    digest: {
      ...moment('digest'),
      days: options.digestDays === undefined ? before.digest.days : daysOf(options.digestDays),
      whenEmpty: isOn('digestWhenEmpty', before.digest.whenEmpty),
    },
    due: moment('due'),
    eve: moment('eve'),
    needsYou: { mail: isOn('needsYouMail', before.needsYou.mail) },
  };
}

function daysOf(given: Options[string]): number[] {
  if (given === 'none') return [];
  return String(given).split(',').map(Number);
}

function said(reminders: Reminders): Said {
  const { settings, timeZone, nextAt, mail, missed } = reminders;
  const { digest, needsYou } = settings;
  const line = (kind: (typeof KINDS)[number]) => {
    const { at, mail: byMail, browser } = settings[kind];
    const ways = [byMail && 'by mail', browser && 'in the browser'].filter(Boolean);
    return `${kind}: ${ways.length === 0 ? 'off' : `${at}, ${ways.join(' and ')}`}`;
  };
  const empty = digest.whenEmpty ? 'also' : 'not';
  return {
    json: reminders,
    lines: [
      `${line('digest')}; on days ${digest.days.join(', ') || 'none'}; ${empty} when empty`,
      line('due'),
      line('eve'),
      `needs you: ${needsYou.mail ? 'by mail' : 'no mail'}`,
      timeZone === null
        ? 'Nothing is planned before your time zone is known: "tandem me set --time-zone".'
        : `Next: ${nextAt ?? 'never'} (your clock is ${timeZone}).`,
      mail.on ? `Mails go to ${mail.address}.` : 'No mail is sent from here.',
      ...missed.map(({ kind, date }) => `Not sent in time: ${kind} of ${date}.`),
    ],
  };
}

function previewLines({ at, ...days }: DigestPreview): string[] {
  const section = (name: 'overdue' | 'today' | 'tomorrow') => {
    const { count, tasks } = days[name];
    return [`${name}: ${count}`, ...tasks.map((task) => `  ${task.dueDate}  ${task.name}`)];
  };
  return [
    at === null ? `No digest is planned; as of ${days.date}:` : `At ${at}:`,
    ...(['overdue', 'today', 'tomorrow'] as const).flatMap(section),
  ];
}
