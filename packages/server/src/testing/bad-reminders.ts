import type { EndpointName } from '@tandem/api';
import { GOOD_BODY } from './good-requests.ts';

const UNKNOWN_ID = '00000000-0000-4000-8000-000000000000';

const remindersWith = (one: object) => ({ ...GOOD_BODY.putReminders, ...one });
const digestOn = (days: number[]) => ({
  at: '08:00',
  days,
  mail: true,
  browser: true,
  whenEmpty: false,
});

type Bad = { readonly query?: string; readonly body?: object; readonly field: string };

/** What reminders and notices refuse; part of the table of api/bad-input.pg.test.ts. */
export const BAD_REMINDERS = {
  getReminders: [],
  putReminders: [
    { body: {}, field: 'digest' },
    { body: remindersWith({ due: { at: '24:00', mail: true, browser: true } }), field: 'due.at' },
    { body: remindersWith({ eve: { at: '8:00', mail: true, browser: true } }), field: 'eve.at' },
    { body: remindersWith({ digest: digestOn([0]) }), field: 'digest.days.0' },
    { body: remindersWith({ digest: digestOn([1, 1]) }), field: 'digest.days' },
    { body: remindersWith({ needsYou: { mail: 'yes' } }), field: 'needsYou.mail' },
    { body: remindersWith({ snooze: true }), field: 'snooze' },
  ],
  previewDigest: [],
  testReminder: [],
  listNotices: [
    { query: 'limit=0', field: 'limit' },
    { query: 'limit=201', field: 'limit' },
    { query: 'cursor=nonsense', field: 'cursor' },
  ],
  markNotices: [
    { body: {}, field: 'mark' },
    { body: { mark: 'seen' }, field: 'mark' },
    { body: { mark: 'read', ids: [] }, field: 'ids' },
    { body: { mark: 'read', ids: ['x'] }, field: 'ids.0' },
    { body: { mark: 'read', ids: Array(201).fill(UNKNOWN_ID) }, field: 'ids' },
  ],
} satisfies Partial<Record<EndpointName, readonly Bad[]>>;
