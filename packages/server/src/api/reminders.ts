import { ENDPOINTS, type Reminders, type ReminderSettings as SettingsJson } from '@tandem/api';
import {
  type Actor,
  addTestNotice,
  digestOf,
  findMember,
  getReminders,
  listNotices,
  type MemberView,
  markNotices,
  putReminders,
  type ReminderSettings,
} from '@tandem/store';
import type { FastifyInstance } from 'fastify';
import { endpoint } from '../http/endpoint.ts';
import { mailLimit, type RateLimits } from '../http/rate-limits.ts';
import { Refusal } from '../http/refusal.ts';
import { compose } from '../mail/compose.ts';
import { MailError } from '../mail/mailer.ts';
import { nextMoment } from '../reminders/due-reminders.ts';
import { testLetter } from '../reminders/letters.ts';
import { wallTime } from '../reminders/wall-clock.ts';
import type { Services } from '../services.ts';

/** Settings → Reminders, and the list of what one has been told. */
export function registerReminders(
  app: FastifyInstance,
  services: Services,
  limits: RateLimits,
): void {
  const { db, clock, log, mailer, publicUrl, unsubscribeUrl } = services;

  const memberOf = async (actor: Actor): Promise<MemberView> => {
    const self = await findMember(db, actor, actor.userId);
    if (self === null) throw new Refusal('not_signed_in');
    return self;
  };

  const present = async (actor: Actor): Promise<Reminders> => {
    const [{ settings, missed }, { timeZone, email }] = await Promise.all([
      getReminders(db, actor),
      memberOf(actor),
    ]);
    return {
      settings: toJson(settings),
      timeZone,
      nextAt: timeZone === null ? null : nextMoment(clock.now(), settings, timeZone),
      mail: { on: mailer !== null, address: email },
      missed: [...missed],
    };
  };

  endpoint(app, ENDPOINTS.getReminders, ({ actor }) => present(actor));

  endpoint(app, ENDPOINTS.putReminders, async ({ actor, body }) => {
    const settings = fromJson(body);
    const { timeZone } = await memberOf(actor);
    const now = clock.now();
    const nextAt = timeZone === null ? null : nextMoment(now, settings, timeZone);
    await putReminders(db, actor, settings, nextAt, now);
    return present(actor);
  });

  endpoint(app, ENDPOINTS.previewDigest, async ({ actor }) => {
    const [{ settings }, { timeZone }] = await Promise.all([
      getReminders(db, actor),
      memberOf(actor),
    ]);
    const zone = timeZone ?? 'UTC';
    const at = nextMoment(clock.now(), settings, zone, ['digest']);
    const { date } = wallTime(at ?? clock.now(), zone);
    const { overdue, today, tomorrow } = await digestOf(db, actor, date);
    const copy = ({ count, tasks }: typeof today) => ({ count, tasks: [...tasks] });
    return { at, date, overdue: copy(overdue), today: copy(today), tomorrow: copy(tomorrow) };
  });

  const sendTest = async ({ actor }: { readonly actor: Actor }) => {
    const { name, email, locale, timeZone } = await memberOf(actor);
    await addTestNotice(db, actor, clock.now());
    if (mailer === null) return { mail: 'off' } as const;
    const reader = {
      name,
      locale,
      timeZone,
      publicUrl: publicUrl(),
      unsubscribeUrl: (kind: 'digest' | 'due' | 'eve' | 'needsYou') =>
        unsubscribeUrl({ ...actor, kind }),
    };
    try {
      await mailer.send({ to: email, ...compose(testLetter(reader)) });
    } catch (error) {
      if (!(error instanceof MailError)) throw error;
      log.warn({ fault: error.fault }, 'mail.test_failed');
      throw new Refusal('mail_unavailable');
    }
    return { mail: 'sent' } as const;
  };
  endpoint(app, ENDPOINTS.testReminder, sendTest, mailLimit(app, limits));

  endpoint(app, ENDPOINTS.listNotices, async ({ actor, query }) => {
    const { notices, unread, nextCursor } = await listNotices(db, actor, query);
    return {
      notices: notices.map((one) => ({ ...one, data: withLists(one.data) })),
      unread,
      nextCursor,
    };
  });

  endpoint(app, ENDPOINTS.markNotices, ({ actor, body: { mark, ids } }) =>
    markNotices(db, actor, mark, ids ?? null, clock.now()),
  );
}

function withLists(data: Awaited<ReturnType<typeof listNotices>>['notices'][number]['data']) {
  const { values, ...rest } = data;
  return { ...rest, ...(values === undefined ? {} : { values: [...values] }) };
}

const HOUR = 60;
const two = (value: number) => String(value).padStart(2, '0');
const timeOf = (minute: number) => `${two(Math.floor(minute / HOUR))}:${two(minute % HOUR)}`;
const minuteOf = (time: string) => Number(time.slice(0, 2)) * HOUR + Number(time.slice(3));

function toJson({ digest, due, eve, needsYou }: ReminderSettings): SettingsJson {
  return {
    digest: { ...digest, at: timeOf(digest.at), days: [...digest.days] },
    due: { ...due, at: timeOf(due.at) },
    eve: { ...eve, at: timeOf(eve.at) },
    needsYou: { ...needsYou },
  };
}

function fromJson({ digest, due, eve, needsYou }: SettingsJson): ReminderSettings {
  return {
    digest: { ...digest, at: minuteOf(digest.at), days: [...digest.days].sort((a, b) => a - b) },
    due: { ...due, at: minuteOf(due.at) },
    eve: { ...eve, at: minuteOf(eve.at) },
    needsYou,
  };
}
