import type { Instant, PlainDate } from '@tandem/engine';
import type { Digest, DigestDay, NoticeData, TroubleKind, Unsubscribed } from '@tandem/store';
import type { Letter, Part } from '../mail/compose.ts';
import type { Locale } from '../texts/locale.ts';
import { MAIL_TEXTS } from '../texts/mail-texts.ts';

/** To whom, and where links lead. */
export interface Reader {
  readonly name: string;
  readonly locale: Locale;
  readonly timeZone: string | null;
  /** Without a slash at the end. */
  readonly publicUrl: string;
  /** The page that ends mails of this kind, signed for this reader. */
  unsubscribeUrl(kind: Unsubscribed): string;
}

export function digestLetter(reader: Reader, date: PlainDate, digest: Digest): Letter {
  const { locale, name } = reader;
  const t = MAIL_TEXTS[locale];
  const { overdue, today, tomorrow } = digest;
  const counts = { overdue: overdue.count, today: today.count, tomorrow: tomorrow.count };
  const lists = (['overdue', 'today', 'tomorrow'] as const).flatMap((day) =>
    digest[day].count === 0 ? [] : [listOf(reader, digest, day, t.digest[day](digest[day].count))],
  );
  return {
    locale,
    subject: t.digest.subject(counts),
    heading: t.greeting(name),
    parts: [
      { kind: 'text', text: longDate(date, locale) },
      ...(lists.length === 0 ? [{ kind: 'text', text: t.digest.nothing } as const] : lists),
      { kind: 'button', label: t.openTasks, url: `${reader.publicUrl}/` },
    ],
    footer: footerOf(reader, 'digest', t.digest),
  };
}

/** On the day (`due`) or the evening before it (`eve`); `date` is the due date. `more`: the day was told before. */
export function dueLetter(
  reader: Reader,
  kind: 'due' | 'eve',
  date: PlainDate,
  digest: Digest,
  more = false,
): Letter {
  const { locale } = reader;
  const t = MAIL_TEXTS[locale];
  const day = kind === 'due' ? 'today' : 'tomorrow';
  const { count } = digest[day];
  return {
    locale,
    subject: more ? t.moreDue : t[kind].subject(count),
    heading: t[kind].heading(longDate(date, locale)),
    parts: [
      listOf(reader, digest, day, t.digest[day](count)),
      { kind: 'button', label: t.openTasks, url: `${reader.publicUrl}/` },
    ],
    footer: footerOf(reader, kind, t[kind]),
  };
}

export function troubleLetter(reader: Reader, kind: TroubleKind, data: NoticeData): Letter {
  const t = MAIL_TEXTS[reader.locale];
  const texts = t.needsYou[kind];
  return {
    locale: reader.locale,
    subject: texts.subject,
    heading: texts.subject,
    parts: [
      { kind: 'text', text: texts.text(data) },
      ...(data.since === undefined
        ? []
        : [{ kind: 'text', text: t.since(moment(data.since, reader)) } as const]),
      { kind: 'button', label: texts.action, url: `${reader.publicUrl}${PLACES[kind]}` },
    ],
    footer: footerOf(reader, 'needsYou', t.needsYou),
  };
}

/** Where the trouble can be ended. */
const PLACES: Readonly<Record<TroubleKind, string>> = {
  sign_in: '/settings/salesforce',
  brake: '/settings/salesforce',
  stall: '/health',
  new_status: '/settings/salesforce',
  webhook_stopped: '/settings/programs',
};

export function testLetter(reader: Reader): Letter {
  const t = MAIL_TEXTS[reader.locale];
  return {
    locale: reader.locale,
    subject: t.test.subject,
    heading: t.greeting(reader.name),
    parts: [
      { kind: 'text', text: t.test.text },
      { kind: 'button', label: t.open, url: `${reader.publicUrl}/` },
    ],
    footer: [
      { text: t.test.why },
      { text: t.settings, url: `${reader.publicUrl}/settings/reminders` },
    ],
  };
}

export function resetLetter(
  reader: Pick<Reader, 'locale' | 'name' | 'publicUrl'>,
  token: string,
): Letter {
  const t = MAIL_TEXTS[reader.locale];
  // Behind the hash: it reaches no server log and no other site.
  const url = `${reader.publicUrl}/reset-password#${encodeURIComponent(token)}`;
  return {
    locale: reader.locale,
    subject: t.reset.subject,
    heading: t.greeting(reader.name),
    parts: [
      { kind: 'text', text: t.reset.text },
      { kind: 'button', label: t.reset.action, url },
    ],
    footer: [{ text: t.reset.why }],
  };
}

function listOf(reader: Reader, digest: Digest, day: DigestDay, heading: string): Part {
  const { locale, publicUrl } = reader;
  const { count, tasks } = digest[day];
  const rest = count - tasks.length;
  const { more, unnamed } = MAIL_TEXTS[locale];
  return {
    kind: 'list',
    heading,
    rows: tasks.map(({ id, name, dueDate, personName }) => ({
      text: name === '' ? unnamed : name,
      note: [
        personName && isolated(personName),
        day === 'overdue' ? shortDate(dueDate, locale) : null,
      ]
        .filter((part) => part !== null && part !== '')
        .join(' · '),
      url: `${publicUrl}/?task=${id}`,
    })),
    more: rest > 0 ? { label: more(rest), url: `${publicUrl}/?view=${day}` } : null,
  };
}

/** A name in Arabic or Hebrew would turn the date beside it around. */
function isolated(name: string): string {
  return /[\p{Script=Arabic}\p{Script=Hebrew}]/u.test(name) ? `\u2068${name}\u2069` : name;
}

function footerOf(reader: Reader, kind: Unsubscribed, ending: { why: string; stop: string }) {
  return [
    { text: ending.why },
    {
      text: MAIL_TEXTS[reader.locale].settings,
      url: `${reader.publicUrl}/settings/reminders`,
    },
    { text: ending.stop, url: reader.unsubscribeUrl(kind) },
  ];
}

/** A calendar date is written through UTC, so that no zone shifts it. */
function longDate(date: PlainDate, locale: Locale): string {
  return inWords(Date.parse(date), locale, {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    timeZone: 'UTC',
  });
}

function shortDate(date: PlainDate, locale: Locale): string {
  return inWords(Date.parse(date), locale, { day: 'numeric', month: 'short', timeZone: 'UTC' });
}

function moment(at: Instant, { locale, timeZone }: Reader): string {
  return inWords(Date.parse(at), locale, {
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
    timeZone: timeZone ?? 'UTC',
    ...(timeZone === null ? { timeZoneName: 'short' } : {}),
  });
}

function inWords(at: number, locale: Locale, options: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat(locale === 'en' ? 'en-GB' : locale, options).format(at);
}
