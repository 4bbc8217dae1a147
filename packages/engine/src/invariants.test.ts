import { describe, expect, it } from 'vitest';
import { brokenInvariant, type PlanInvariant } from './invariants.ts';
import { plan } from './plan.ts';
import type { Plan, PlanInput } from './plan-types.ts';
import { STRANGER_SF, situation } from './testing/builders.ts';

/** Plans that no code of ours makes: each is a mistake that would reach one of the sides. */

const live = situation();
const trashed = situation({ trashed: 'by_person' });
const unborn = situation({ link: { sf: { kind: 'unborn' }, salesforceId: null, base: null } });
const update = {
  kind: 'update',
  values: { details: 'x' },
  app: {},
  subject: { cutFrom: null },
} as const;
const create = { ...update, kind: 'create' } as const;

const mistakes: [PlanInvariant, string, PlanInput, Partial<Plan>][] = [
  ['I4', 'a second record for a task that has one', live, { sf: create }],
  ['I4', 'a record for a task in Trash', { ...unborn, app: trashed.app }, { sf: create }],
  [
    'I4',
    'a record for a tombstone',
    { ...unborn, link: { ...unborn.link, state: 'dead' } },
    { sf: create },
  ],
  ['I6', 'an update of a deleted record', situation({ sf: { IsDeleted: true } }), { sf: update }],
  ['I6', 'an update of a series', situation({ sf: { IsRecurrence: true } }), { sf: update }],
  [
    'I6',
    'an update of a stranger’s record',
    situation({ sf: { OwnerId: STRANGER_SF } }),
    { sf: update },
  ],
  ['I6', 'an update for a task in Trash', trashed, { sf: update }],
  ['I6', 'an update of nothing', live, { sf: { ...update, values: {} } }],
  ['I2', 'a deletion nobody asked for', live, { sf: { kind: 'delete' } }],
  [
    'I2',
    'a deletion after a Trash of our own',
    situation({ trashed: 'by_sync', link: { state: 'dead' } }),
    { sf: { kind: 'delete' } },
  ],
  ['I2', 'Trash without a deletion', live, { app: { kind: 'trash' } }],
  [
    'I2',
    'Trash without a word in history',
    situation({ sf: { IsDeleted: true } }),
    { app: { kind: 'trash' }, journal: [] },
  ],
  [
    'I4',
    'out of Trash for a deleted record',
    situation({ trashed: 'by_sync', sf: { IsDeleted: true } }),
    { app: { kind: 'restore', values: {} } },
  ],
  ['I4', 'a new life beside a living record', live, { rebirth: true }],
  [
    'I4',
    'a new life for a task in Trash',
    situation({ trashed: 'by_person', sf: { IsDeleted: true } }),
    { rebirth: true },
  ],
  [
    'I1',
    'values of a stranger’s record, into a new life',
    situation({ sf: { IsDeleted: true, OwnerId: STRANGER_SF } }),
    { rebirth: true, app: { kind: 'patch', values: { details: 'x' } } },
  ],
  [
    'I1',
    'values for a task in Trash',
    trashed,
    { app: { kind: 'patch', values: { details: 'x' } } },
  ],
  [
    'I1',
    'values of a deleted record',
    situation({ sf: { IsDeleted: true } }),
    { app: { kind: 'patch', values: {} } },
  ],
  [
    'I2',
    'a conflict without its loser',
    live,
    {
      journal: [{ kind: 'conflict', field: 'details', side: 'sf', from: 1, to: 2, rule: 'B10.2' }],
    },
  ],
  ['I7', 'an agreement about a record nobody has seen', unborn, { base: live.link.base }],
  [
    'I8',
    'a request forgotten without a look',
    situation({
      link: {
        sf: { kind: 'missing', seenAt: '2026-11-24T12:00:00.000Z' },
        intents: [
          {
            requestId: 'r',
            kind: 'update',
            sentAt: '2026-11-24T11:00:00.000Z',
            expectedRevision: null,
            fields: {},
          },
        ],
      },
    }),
    { intents: [] },
  ],
];

describe('a plan is held to its promises before it is carried out', () => {
  it.each(mistakes)('H1 %s: %s', (invariant, _what, input, mistake) => {
    const honest = plan(input);
    expect(brokenInvariant(input, honest)).toBeNull();
    expect(brokenInvariant(input, { ...honest, ...QUIET, ...mistake })).toBe(invariant);
  });
});

const QUIET: Partial<Plan> = { app: { kind: 'none' }, sf: { kind: 'none' } };
