import type { InputFields } from '../org/org.ts';
import type { Customer } from './customers.ts';
import { longNotes } from './long-text.ts';
import { pick, seededRandom } from './random.ts';
import { dayFrom } from './rows.ts';
import { ENGLISH, OTHER_LANGUAGES, PAST, type TaskText } from './task-texts.ts';

/** A task of the demo before it is made. */
export interface PlannedTask {
  readonly owner: string;
  /** Who made and last changed it; usually the owner. */
  readonly editor: string;
  readonly fields: InputFields;
  readonly createdAt: number;
  readonly modifiedAt: number;
  readonly completed: boolean;
  readonly deletedAt: number | null;
}

/** What a stretch of somebody's list looks like. */
interface Batch {
  readonly owner: string;
  readonly count: number;
  /** Due, in days from today; null is without a date. They take turns. */
  readonly due: readonly (number | null)[];
  readonly statuses: readonly string[];
  /** Last changed between these many hours ago. */
  readonly hours: readonly [number, number];
  readonly texts: readonly TaskText[];
  readonly kind?: 'archived' | 'deleted';
}

const OPEN = [
  'Not Started',
  'Not Started',
  'In Progress',
  'Not Started',
  'Waiting on someone else',
  'Not Started',
  'Deferred',
];
const DONE = ['Completed'];
const PRIORITIES = ['Normal', 'Normal', 'High', 'Normal', 'Low', 'Normal', 'High', 'Normal'];
const ALL_TEXTS = [...ENGLISH, ...OTHER_LANGUAGES];

const BATCHES: readonly Batch[] = [
  // Mara: the person a newcomer signs in as. Most of her work moved since yesterday.
  { owner: 'mara', count: 18, due: [0], statuses: OPEN, hours: [0.3, 20], texts: ENGLISH },
  { owner: 'mara', count: 12, due: [1], statuses: OPEN, hours: [1, 23], texts: ALL_TEXTS },
  {
    owner: 'mara',
    count: 8,
    due: [-1, -3, -2, -9, -30],
    statuses: OPEN,
    hours: [2, 22],
    texts: OTHER_LANGUAGES,
  },
  { owner: 'mara', count: 7, due: [null], statuses: OPEN, hours: [1, 23], texts: ALL_TEXTS },
  {
    owner: 'mara',
    count: 8,
    due: [2, 5, 12, 45, 200, 3_650],
    statuses: OPEN,
    hours: [3, 22],
    texts: ALL_TEXTS,
  },
  {
    owner: 'mara',
    count: 7,
    due: [0, -1, null, -4],
    statuses: DONE,
    hours: [0.5, 21],
    texts: ENGLISH,
  },
  {
    owner: 'mara',
    count: 14,
    due: [-40, 6, null, 20, -80, 3],
    statuses: OPEN,
    hours: [30, 1_400],
    texts: ALL_TEXTS,
  },
  {
    owner: 'mara',
    count: 10,
    due: [-12, -33, -70, null, -150],
    statuses: DONE,
    hours: [200, 4_000],
    texts: ENGLISH,
  },
  {
    owner: 'mara',
    count: 9,
    due: [-400, -420, null, -480],
    statuses: DONE,
    hours: [9_400, 11_500],
    texts: PAST,
    kind: 'archived',
  },
  {
    owner: 'mara',
    count: 6,
    due: [-2, 1, null],
    statuses: OPEN,
    hours: [200, 400],
    texts: ENGLISH,
    kind: 'deleted',
  },
  // The others.
  {
    owner: 'tomas',
    count: 22,
    due: [0, 1, -2, 4, null, 9, 0],
    statuses: OPEN,
    hours: [1, 200],
    texts: ENGLISH,
  },
  {
    owner: 'tomas',
    count: 8,
    due: [-5, -20, null],
    statuses: DONE,
    hours: [5, 900],
    texts: ENGLISH,
  },
  {
    owner: 'linwei',
    count: 24,
    due: [0, 1, 3, -1, null, 14],
    statuses: OPEN,
    hours: [1, 150],
    texts: ALL_TEXTS,
  },
  {
    owner: 'linwei',
    count: 7,
    due: [-3, -16, null],
    statuses: DONE,
    hours: [4, 700],
    texts: ALL_TEXTS,
  },
  {
    owner: 'linwei',
    count: 4,
    due: [-410, -500],
    statuses: DONE,
    hours: [9_600, 11_800],
    texts: PAST,
    kind: 'archived',
  },
  {
    owner: 'priya',
    count: 20,
    due: [1, 0, 2, null, -6, 30],
    statuses: OPEN,
    hours: [1, 160],
    texts: ALL_TEXTS,
  },
  { owner: 'priya', count: 6, due: [-2, -9], statuses: DONE, hours: [6, 800], texts: ENGLISH },
  {
    owner: 'priya',
    count: 3,
    due: [0, -4, 7],
    statuses: OPEN,
    hours: [200, 400],
    texts: ENGLISH,
    kind: 'deleted',
  },
];

/** Comments this long stand at these places of the whole list; 32,000 is the field's limit. */
const LONG: ReadonlyMap<number, readonly [number, 'en' | 'zh' | 'mixed']> = new Map([
  [3, [1_800, 'en']],
  [21, [32_000, 'en']],
  [34, [9_500, 'mixed']],
  [108, [4_200, 'en']],
  [139, [32_000, 'zh']],
]);

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const SUBJECT_MAX = 255;

export function planTasks(
  seed: number,
  now: number,
  people: readonly string[],
  customers: readonly Customer[],
): readonly PlannedTask[] {
  const draw = seededRandom(seed);
  const planned: PlannedTask[] = [];
  for (const batch of BATCHES) {
    // Each stretch starts somewhere else in the texts, and walks on from there.
    const from = Math.floor(draw() * batch.texts.length);
    for (let index = 0; index < batch.count; index += 1) {
      const text = batch.texts[(from + index) % batch.texts.length];
      if (text !== undefined) planned.push(planOne(batch, index, text, planned.length));
    }
  }
  return planned;

  function planOne(batch: Batch, index: number, text: TaskText, place: number): PlannedTask {
    const customer = customerFor(batch.owner, text);
    const what = customer.whats.length > 0 && draw() < 0.75 ? pick(customer.whats, draw) : null;
    const named = draw() < 0.88 || text.subject.includes('{who}');
    const fill = (words: string) =>
      words.replaceAll('{who}', customer.name).replaceAll('{what}', what?.name ?? 'the new site');
    const due = batch.due[index % batch.due.length] ?? null;
    const status = batch.statuses[index % batch.statuses.length] ?? 'Not Started';
    const long = LONG.get(place);
    const comments = long === undefined ? text.comments : longNotes(long[0], long[1]);
    const [least, most] = batch.hours;
    const modifiedAt = now - (least + draw() * (most - least)) * HOUR_MS;
    const age = draw() < 0.3 ? draw() * HOUR_MS : draw() * 20 * DAY_MS;
    const others = people.filter((key) => key !== batch.owner);
    return {
      owner: batch.owner,
      editor: draw() < 0.12 ? pick(others, draw) : batch.owner,
      createdAt: modifiedAt - age,
      modifiedAt,
      completed: status === 'Completed',
      deletedAt: batch.kind === 'deleted' ? now - (2 + index * 41) * HOUR_MS : null,
      fields: {
        Subject: clip(fill(text.subject)),
        Status: status,
        Priority: PRIORITIES[(index + place) % PRIORITIES.length] ?? 'Normal',
        ActivityDate: due === null ? null : dayFrom(now, due),
        Description: comments === undefined ? null : fill(comments),
        WhoId: named ? customer.whoId : null,
        WhatId: what?.id ?? null,
        ...(text.subject.startsWith('Call') ? { TaskSubtype: 'Call' } : {}),
        ...(batch.kind === 'archived' ? { IsArchived: true } : {}),
      },
    };
  }

  /** Somebody of the owner's; a text in another script goes to a customer who reads it. */
  function customerFor(owner: string, text: TaskText): Customer {
    const script = scriptOf(text.subject);
    const readers = customers.filter((customer) => customer.script === script);
    const own = readers.filter((customer) => customer.owner === owner);
    return pick(own.length > 0 ? own : readers, draw);
  }
}

function scriptOf(words: string): Customer['script'] {
  if (/\p{Script=Arabic}/u.test(words)) return 'arabic';
  if (/[\p{Script=Hiragana}\p{Script=Katakana}]|試験/u.test(words)) return 'japanese';
  return /\p{Script=Han}/u.test(words) ? 'chinese' : 'latin';
}

function clip(subject: string): string {
  return [...subject].slice(0, SUBJECT_MAX).join('');
}
