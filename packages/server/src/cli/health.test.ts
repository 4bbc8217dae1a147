import type { SyncHealth } from '@tandem/api';
import { EXAMPLES } from '@tandem/api/examples';
import { expect, test } from 'vitest';
import { linesOf } from './health.ts';

const HEALTH = EXAMPLES.syncHealth.reply as SyncHealth;

test('B11.6 "tandem health" says what moves, what waits, how quick and how dear it is', () => {
  expect([...linesOf(HEALTH)]).toEqual([
    'Moves: importing.',
    'Last looked at Salesforce: never, by polling.',
    'Not compared task by task yet.',
    '3 to send, the oldest for 20.0 s.',
    'To Salesforce: p50 1.6 s, p99 4.4 s (42 changes in 24 hours).',
    'From Salesforce: p50 9.1 s, p99 14.8 s (17 changes in 24 hours).',
  ]);
});

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
  expect(lines[2]).toBe(`14201 of 14201 agree, checked ${finishedAt}.`);
  expect(lines).toContain('2 need a person: "tandem sync problems" names them and what to do.');
  expect(lines.at(-1)).toBe('API calls: 312 of 3000 in 24 hours, 1440 a day at this pace.');
});
