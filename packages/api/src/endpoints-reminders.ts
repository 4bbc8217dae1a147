import type { EndpointContract } from './endpoints.ts';
import * as reminders from './reminders.ts';

/** Reminders and what they have said. Part of ENDPOINTS. */

const V1 = '/api/v1';

export const REMINDER_ENDPOINTS = {
  getReminders: {
    method: 'GET',
    path: `${V1}/reminders`,
    tag: 'Reminders',
    summary: 'When and how you are reminded',
    who: 'member',
    reply: reminders.reminders,
  },
  putReminders: {
    method: 'PUT',
    path: `${V1}/reminders`,
    tag: 'Reminders',
    summary: 'Set when and how you are reminded; times are on your own clock',
    who: 'member',
    body: reminders.reminderSettings,
    reply: reminders.reminders,
  },
  previewDigest: {
    method: 'GET',
    path: `${V1}/reminders/preview`,
    tag: 'Reminders',
    summary: 'What your next digest would hold',
    who: 'member',
    reply: reminders.digestPreview,
  },
  testReminder: {
    method: 'POST',
    path: `${V1}/reminders/test`,
    tag: 'Reminders',
    summary: 'Send yourself a test, by mail and in the browser',
    who: 'member',
    reply: reminders.testReminder,
    problems: ['mail_unavailable'],
  },
  listNotices: {
    method: 'GET',
    path: `${V1}/notices`,
    tag: 'Reminders',
    summary: 'What you have been told, newest first; a trouble that is over is gone',
    who: 'member',
    query: reminders.noticeQuery,
    reply: reminders.notices,
  },
  markNotices: {
    method: 'POST',
    path: `${V1}/notices`,
    tag: 'Reminders',
    summary: 'Mark notices as read, or put them away',
    who: 'member',
    body: reminders.noticeMark,
    reply: null,
  },
} as const satisfies Record<string, EndpointContract>;
