import type { SyncHealth } from '@tandem/api';
import { EXAMPLES } from '@tandem/api/examples';
import { expect, test } from 'vitest';
import { linesOf } from './health.ts';

const HEALTH = EXAMPLES.syncHealth.reply as SyncHealth;

test('B11.6 "tandem health" says what moves, what waits, how quick and how dear it is', () => {
  expect([...linesOf(HEALTH)]).toEqual([
    'Moves: importing.',
    'Last looked at Salesforce: never, by change events and polling, next 2026-11-24T09:31:00.000Z.',
    'Change events: followed since 2026-11-24T09:00:00.000Z; last event 2026-11-24T09:29:58.000Z.',
    'Not compared task by task yet.',
    '3 to send, the oldest for 20.0 s.',
    'To Salesforce: p50 1.6 s, p99 4.4 s (42 changes in 24 hours).',
    'From Salesforce: p50 9.1 s, p99 14.8 s (17 changes in 24 hours).',
  ]);
});

const SINCE = '2026-11-24T09:10:00.000Z';
const NO_EVENTS = {
  state: 'off',
  since: null,
  lastEventAt: null,
  code: null,
  message: null,
} as const;

test.each<[Partial<SyncHealth['status']['events']>, string | null, string]>([
  [{}, null, 'Change events: not followed.'],
  [
    { state: 'listening', since: SINCE },
    null,
    `Change events: followed since ${SINCE}; last event never.`,
  ],
  [
    { state: 'lost', since: SINCE, code: 'UNAVAILABLE', message: 'no connection' },
    SINCE,
    `Change events: LOST since ${SINCE}, polling instead (UNAVAILABLE: no connection); last event ${SINCE}.`,
  ],
  [
    {
      state: 'refused',
      since: SINCE,
      code: 'sfdc.platform.eventbus.grpc.subscription.topic.not.found',
    },
    null,
    `Change events: REFUSED since ${SINCE}, polling instead (sfdc.platform.eventbus.grpc.subscription.topic.not.found); last event never.`,
  ],
])(
  'B8.2 B11.6 "tandem health" tells of change events as they are: %j',
  (events, lastEventAt, line) => {
    const status = { ...HEALTH.status, events: { ...NO_EVENTS, ...events } };
    const watching = events.state === 'listening' ? 'events' : 'polls';
    const lines = [...linesOf({ ...HEALTH, status, watching, lastEventAt, nextTurnAt: null })];
    const by = watching === 'events' ? 'change events and polling' : 'polling';
    expect(lines.slice(1, 3)).toEqual([`Last looked at Salesforce: never, by ${by}.`, line]);
  },
);

test('B11.6 "tandem health" names a stall, what agrees and the forecast', () => {
  const finishedAt = '2026-11-24T09:00:00.000Z';
  const status: SyncHealth['status'] = {
    ...HEALTH.status,
    stall: { kind: 'worker', since: finishedAt, whoseMove: 'admin', accounts: 2 },
    comparison: {
      state: 'done',
      compared: 14_201,
      agreed: 14_201,
      missing: 0,
      startedAt: finishedAt,
      finishedAt,
    },
    needsAttention: 2,
    apiBudget: { spent: 312, allowance: 3_000, forecast: 1_440 },
  };
  const lines = [...linesOf({ ...HEALTH, status })];
  expect(lines[0]).toMatch(/^STANDS STILL since .* \(2 accounts\)\. Nobody works on it/);
  expect(lines[3]).toBe(`14201 of 14201 agree, checked ${finishedAt}.`);
  expect(lines).toContain('2 need a person: "tandem sync problems" names them and what to do.');
  expect(lines.at(-1)).toBe('API calls: 312 of 3000 in 24 hours, 1440 a day at this pace.');
});
