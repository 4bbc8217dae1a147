import { z } from 'zod';
import { cursor } from './paging.ts';
import { instant, plainDate } from './task.ts';

/** When Tandem speaks up by itself: a digest of the day, a word when something is due, and what needs you. */

/** On the member's own clock. */
const timeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time of day like 08:00');
const channels = { mail: z.boolean(), browser: z.boolean() };

export const reminderSettings = z.strictObject({
  /** Overdue, today and tomorrow, in one message. */
  digest: z.strictObject({
    ...channels,
    at: timeOfDay,
    /** Monday is 1, Sunday 7. */
    days: z
      .array(z.int().min(1).max(7))
      .max(7)
      .refine((days) => new Set(days).size === days.length, 'must name each day once'),
    /** Also when there is nothing to say. */
    whenEmpty: z.boolean(),
  }),
  /** On the due date. */
  due: z.strictObject({ ...channels, at: timeOfDay }),
  /** The evening before it. */
  eve: z.strictObject({ ...channels, at: timeOfDay }),
  /** What only you can end: a sign-in, a question, something an admin must see to. */
  needsYou: z.strictObject({ mail: z.boolean() }),
});
export type ReminderSettings = z.infer<typeof reminderSettings>;

export const reminderKind = z.enum(['digest', 'due', 'eve']);

export const reminders = z.object({
  settings: reminderSettings,
  /** Null: until the browser has told (PATCH me), nothing is planned. */
  timeZone: z.string().nullable(),
  /** The next moment of any of them. */
  nextAt: instant.nullable(),
  mail: z.object({
    /** Whether a mail server is set (TANDEM_SMTP_URL). */
    on: z.boolean(),
    address: z.string(),
  }),
  /** Where the last mail of its kind did not leave in time: the server was down, or no mail was taken. */
  missed: z.array(z.object({ kind: reminderKind, date: plainDate })),
});
export type Reminders = z.infer<typeof reminders>;

const digestSection = z.object({
  count: z.int(),
  /** At most 15. */
  tasks: z.array(
    z.object({
      id: z.uuid(),
      name: z.string(),
      dueDate: plainDate,
      personName: z.string().nullable(),
    }),
  ),
});
/** What the next digest would hold if nothing changed until then. */
export const digestPreview = z.object({
  /** Null: no digest is planned; then the days are as of now. */
  at: instant.nullable(),
  date: plainDate,
  overdue: digestSection,
  today: digestSection,
  tomorrow: digestSection,
});
export type DigestPreview = z.infer<typeof digestPreview>;

export const testReminder = z.object({
  /** `off`: no mail server is set. */
  mail: z.enum(['sent', 'off']),
});

export const noticeKind = z.enum([
  'digest',
  'due',
  'eve',
  'sign_in',
  'brake',
  'stall',
  'new_status',
  'webhook_stopped',
  'test',
]);
export type NoticeKind = z.infer<typeof noticeKind>;

export const notice = z.object({
  id: z.uuid(),
  kind: noticeKind,
  at: instant,
  readAt: instant.nullable(),
  /** What there is to say, by kind; programs may show the counts and leave the rest. */
  data: z.object({
    date: plainDate.optional(),
    overdue: z.int().optional(),
    today: z.int().optional(),
    tomorrow: z.int().optional(),
    count: z.int().optional(),
    /** Of a word on the due date: part of the day was known before; `count` is what came to it. */
    more: z.boolean().optional(),
    /** Of the org or the webhook. */
    name: z.string().optional(),
    since: instant.optional(),
    /** Statuses the org has gained. */
    values: z.array(z.string()).optional(),
    stall: z.enum(['worker', 'poll', 'unsent']).optional(),
  }),
});
export type Notice = z.infer<typeof notice>;
export const noticeQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: cursor.optional(),
});
export const notices = z.object({
  notices: z.array(notice),
  unread: z.int(),
  nextCursor: z.string().nullable(),
});
export type Notices = z.infer<typeof notices>;
/** Without ids: all of them. */
export const noticeMark = z.strictObject({
  mark: z.enum(['read', 'cleared']),
  ids: z.array(z.uuid()).min(1).max(200).optional(),
});
export type NoticeMark = z.input<typeof noticeMark>;
