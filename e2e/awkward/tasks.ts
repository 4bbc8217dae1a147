import { DESCRIPTIONS, DUE_DATES, SUBJECTS } from './texts.ts';

/** Records of the org that tasks may point to, and the people who may own them. */
export interface Surroundings {
  readonly me: string;
  readonly others: readonly string[];
  readonly who: readonly string[];
  readonly what: readonly string[];
}

export interface AwkwardTask {
  /** What makes it awkward; shown when an expectation fails. */
  readonly kind: string;
  readonly fields: Readonly<Record<string, string | boolean | number | null>>;
  readonly fate: 'stays' | 'deleted' | 'archived';
}

/** The standard values, and ones the app has no word for; the last two are unknown to the org itself. */
const STATUSES = [
  'Not Started',
  'In Progress',
  'Completed',
  'Waiting on someone else',
  'Deferred',
  'Parked, “for now”',
  'completed ',
];
const PRIORITIES = ['High', 'Normal', 'Low', 'Urgent!', 'high'];
const SUBTYPES = ['Task', 'Email', 'Call', 'LinkedIn', 'Cadence', 'List Email'];

/**
 * `count` tasks: every subject, description, date, status, priority and relation at least once, then
 * combinations in which each turns at its own speed, so that many pairs meet. The same every run.
 */
export function awkwardTasks(count: number, around: Surroundings): AwkwardTask[] {
  return Array.from({ length: count }, (_, index) => awkwardTask(index, around));
}

function awkwardTask(index: number, around: Surroundings): AwkwardTask {
  const subject = nth(SUBJECTS, index);
  const description = descriptionFor(index);
  // A lead may not have a related record beside it (FIELD_INTEGRITY_EXCEPTION), a contact may.
  const who = index % 3 === 0 ? null : nth(around.who, Math.floor(index / 3));
  const isLead = who?.startsWith('00Q') ?? false;
  const what = isLead || index % 4 === 0 ? null : nth(around.what, Math.floor(index / 4));
  const special = specialFor(index, around);
  return {
    kind: [subject.kind, description.kind, special.kind].filter((part) => part !== '').join(' · '),
    fate: special.fate,
    fields: {
      Subject: index % 50 === 49 ? null : subject.text,
      Description: description.text,
      Status: nth(STATUSES, Math.floor(index / 2)),
      Priority: nth(PRIORITIES, Math.floor(index / 5)),
      ActivityDate: nth(DUE_DATES, index),
      TaskSubtype: nth(SUBTYPES, Math.floor(index / 7)),
      WhoId: who,
      WhatId: what,
      OwnerId: around.me,
      ...special.fields,
    },
  };
}

/** The 32,000-character ones are rare enough to keep the whole at some 25 MB. */
function descriptionFor(index: number): { kind: string; text: string | null } {
  if (index % 6 === 5) return { kind: 'no description', text: null };
  const short = DESCRIPTIONS.filter(({ text }) => text.length < 5_000);
  const long = DESCRIPTIONS.filter(({ text }) => text.length >= 5_000);
  return index % 25 === 7
    ? nth(long, Math.floor(index / 25))
    : nth(short, index + Math.floor(index / short.length));
}

function specialFor(
  index: number,
  around: Surroundings,
): Pick<AwkwardTask, 'kind' | 'fate' | 'fields'> {
  const stays = { fate: 'stays', fields: {} } as const;
  if (index % 40 === 13) return { ...stays, kind: 'deleted', fate: 'deleted' };
  if (index % 40 === 23) {
    const fields = { Status: 'Completed', ActivityDate: '2020-02-29' };
    return { kind: 'archived', fate: 'archived', fields };
  }
  if (index % 40 === 33) {
    return { ...stays, kind: "somebody else's", fields: { OwnerId: nth(around.others, index) } };
  }
  if (index % 100 === 77) {
    const fields = {
      IsRecurrence: true,
      ActivityDate: null,
      RecurrenceType: 'RecursDaily',
      RecurrenceInterval: 1,
      RecurrenceStartDateOnly: '2026-12-01',
      RecurrenceEndDateOnly: '2026-12-24',
    };
    return { ...stays, kind: 'series', fields };
  }
  return { ...stays, kind: '' };
}

function nth<T>(items: readonly T[], index: number): T {
  const item = items[index % items.length];
  if (item === undefined) throw new RangeError('no items');
  return item;
}
