import { describe, expect, it } from 'vitest';
import { brokenInvariant } from './invariants.ts';
import type { AppState, Intent, Link, SfState } from './link.ts';
import { plan } from './plan.ts';
import type { PlanInput } from './plan-types.ts';
import type { SalesforceTask } from './salesforce-task.ts';
import {
  baseOf,
  context,
  EARLIER,
  LATER,
  link,
  NOON,
  policy,
  STRANGER_SF,
  task,
  values,
} from './testing/builders.ts';

/**
 * T0: every combination of what a link can be with what each side can be, possible or not: a cell that the
 * database could never hold must do no harm either. The records below force a row for every state, so that
 * a new one cannot be forgotten here.
 */

const EDITED = { ...values, details: 'Edited here' };
const ELSEWHERE = 'Edited there';

const STATES: Record<Link['state'], true> = { live: true, left: true, gone: true, dead: true };

const APPS: Record<'live' | 'edited' | 'trashed' | 'trashedBySync', AppState> = {
  live: { kind: 'live', values, editedAt: {}, revision: 2 },
  edited: { kind: 'live', values: EDITED, editedAt: { details: LATER }, revision: 3 },
  trashed: {
    kind: 'trashed',
    values: EDITED,
    editedAt: {},
    bySync: false,
    at: EARLIER,
    revision: 3,
  },
  trashedBySync: { kind: 'trashed', values, editedAt: {}, bySync: true, at: EARLIER, revision: 3 },
};

const RECORDS = {
  quiet: {},
  changed: { Description: ELSEWHERE },
  deleted: { IsDeleted: true },
  deletedAfterChange: { IsDeleted: true, Description: ELSEWHERE },
  archived: { IsArchived: true, IsClosed: true, Status: 'Completed' },
  series: { IsRecurrence: true },
  foreign: { OwnerId: STRANGER_SF },
  unknownWords: { Status: 'In Progress', Priority: 'Low' },
} satisfies Record<string, Partial<SalesforceTask>>;

const INTENTS: Record<
  'none' | `${Intent['kind']}` | 'updateLanded' | 'updateLate' | 'updateGuarded',
  Intent[]
> = {
  none: [],
  create: [intent('create', { from: null, to: values.details, app: values.details })],
  update: [intent('update', { from: task.Description, to: EDITED.details, app: EDITED.details })],
  updateLanded: [intent('update', { from: 'Older', to: task.Description, app: values.details })],
  updateLate: [intent('update', { from: 'Older', to: 'Never seen', app: 'Never seen' })],
  updateGuarded: [
    {
      ...intent('update', { from: task.Description, to: EDITED.details, app: EDITED.details }),
      expectedRevision: EARLIER,
    },
  ],
  delete: [intent('delete', null)],
};

const AGREED = baseOf(values, task);
const { owner: _, ...withoutOwner } = AGREED;
const BASES: Record<string, Link['base']> = {
  whole: AGREED,
  none: null,
  // Born for somebody who is not connected: the owner did not travel.
  ownerless: withoutOwner as typeof AGREED,
};

/** What the rest of a plan's input says; `plain` meets every cell, the others one parking and one link. */
const CIRCUMSTANCES: Record<string, Partial<PlanInput>> = {
  plain: {},
  deletedByUs: { deletedByUs: true },
  restoredBefore: { restoredAt: EARLIER },
  restoredAfter: { restoredAt: LATER },
  recovering: { restoredAt: EARLIER, recovering: true },
  formerStatus: { policy: { ...policy, reopenToFormerStatus: true } },
  appWins: { policy: { ...policy, conflict: 'app' } },
};

const PARKED: Record<string, Link['parked']> = {
  no: null,
  byLock: parked('UNABLE_TO_LOCK_ROW'),
  byRule: parked('FIELD_CUSTOM_VALIDATION_EXCEPTION'),
  inDoubt: parked('OUTCOME_UNKNOWN'),
};

/** Which of the above varies what: a new input needs a row here, and an axis. */
const AXES: Record<keyof PlanInput, object> = {
  link: { STATES, RECORDS, INTENTS, BASES, PARKED },
  app: APPS,
  context: {},
  policy: CIRCUMSTANCES,
  soleLink: { true: true, false: false },
  restoredAt: CIRCUMSTANCES,
  deletedByUs: CIRCUMSTANCES,
  recovering: CIRCUMSTANCES,
};

function intent(kind: Intent['kind'], details: Intent['fields']['details'] | null): Intent {
  const fields = details ? { details } : {};
  return { requestId: kind, kind, sentAt: NOON, expectedRevision: null, fields };
}

function parked(code: string): Link['parked'] {
  return { code, message: '', fields: [], since: NOON, retryAt: null, attempts: 1 };
}

interface Cell {
  readonly title: string;
  readonly input: PlanInput;
  readonly record: SalesforceTask | null;
}

function* everyCell(): Generator<Cell> {
  const seen = Object.entries(RECORDS).map(([name, change]): [string, SfState] => [
    name,
    { kind: 'seen', task: { ...task, ...change }, seenAt: LATER },
  ]);
  const sides: [string, SfState][] = [
    ...seen,
    ['unborn', { kind: 'unborn' }],
    ['missing', { kind: 'missing', seenAt: LATER }],
  ];
  for (const [saidBy, circumstance] of Object.entries(CIRCUMSTANCES))
    for (const state of Object.keys(STATES) as Link['state'][])
      for (const [appName, app] of Object.entries(APPS))
        for (const [sfName, sf] of sides)
          for (const [intentName, intents] of Object.entries(INTENTS))
            for (const [parkedName, park] of Object.entries(PARKED))
              for (const soleLink of [true, false])
                for (const [baseName, base] of Object.entries(BASES)) {
                  const isRare = saidBy !== 'plain' || baseName === 'ownerless';
                  if (isRare && (park !== null || !soleLink)) continue;
                  const salesforceId = sf.kind === 'unborn' ? null : task.Id;
                  const title = [saidBy, state, appName, sfName, intentName, parkedName, baseName];
                  yield {
                    title: `${title.join()},${soleLink}`,
                    record: sf.kind === 'seen' ? sf.task : null,
                    input: {
                      link: { ...link, state, sf, intents, parked: park, base, salesforceId },
                      app,
                      context,
                      policy,
                      soleLink,
                      ...circumstance,
                    },
                  };
                }
}

const cells = [...everyCell()].map((cell) => ({ ...cell, planned: plan(cell.input) }));

/** What may be written to Salesforce at all: a living record of a connected owner, which is no series. */
function isOurs(record: SalesforceTask | null): record is SalesforceTask {
  if (record === null || record.IsDeleted || record.IsRecurrence) return false;
  return policy.owners.toApp[record.OwnerId] !== undefined;
}

describe('T0 every state of a link with every state of both sides', () => {
  it('covers tens of thousands of cells, and each input has an axis', () => {
    expect(cells.length).toBeGreaterThan(30_000);
    const varied = Object.entries(AXES).filter(([, axis]) => Object.keys(axis).length > 1);
    expect(varied.map(([input]) => input)).toEqual(
      Object.keys(AXES).filter((input) => input !== 'context'),
    );
  });

  it('I4 R8 a record is created only for a living task that has none and is in no doubt', () => {
    for (const { title, input, planned } of cells) {
      if (planned.sf.kind !== 'create') continue;
      expect(input.link.sf.kind, title).toBe('unborn');
      expect(input.app.kind, title).toBe('live');
      expect(input.link.state, title).not.toBe('dead');
      expect(input.link.parked?.code, title).not.toBe('OUTCOME_UNKNOWN');
    }
  });

  it('I6 a record is updated only while both sides live, and only if it is ours to change', () => {
    for (const { title, input, record, planned } of cells) {
      if (planned.sf.kind !== 'update') continue;
      expect(isOurs(record), title).toBe(true);
      // Or comes back to life in the same transaction, before anything is sent (B8.2).
      if (planned.app.kind === 'restore') continue;
      expect(input.app.kind, title).toBe('live');
      expect(input.link.state, title).not.toBe('dead');
    }
  });

  it('B10.3 a record is deleted only after a person deleted the task', () => {
    for (const { title, input, record, planned } of cells) {
      if (planned.sf.kind !== 'delete') continue;
      expect(input.app.kind, title).toBe('trashed');
      expect(record?.IsDeleted, title).toBe(false);
      // Or the record before this one: a living link then names one that was born late (I4).
      expect(input.link.state, title).not.toBe('dead');
    }
  });

  it('B7.2 a task goes to Trash only on evidence that its record was deleted, and history says so', () => {
    for (const { title, input, record, planned } of cells) {
      if (planned.app.kind !== 'trash') continue;
      expect(record?.IsDeleted, title).toBe(true);
      expect(input.app.kind, title).toBe('live');
      expect(planned.sf.kind, title).toBe('none');
      expect(
        planned.journal.map(({ kind }) => kind),
        title,
      ).toContain('deleted');
    }
  });

  it('I2 what was edited here and not sent is named when the task goes to Trash', () => {
    for (const { title, input, planned } of cells) {
      if (planned.app.kind !== 'trash' || input.app.values.details !== EDITED.details) continue;
      expect(planned.journal[0]?.lost, title).toMatchObject({ details: EDITED.details });
    }
  });

  it('I4 a task leaves Trash only from a tombstone whose record lives again', () => {
    for (const { title, input, record, planned } of cells) {
      if (planned.app.kind !== 'restore') continue;
      expect(input.link.state, title).toBe('dead');
      expect(input.soleLink, title).toBe(true);
      expect(record?.IsDeleted, title).toBe(false);
    }
  });

  it('I1 a task takes values only while it lives, from a record that lives, or that a deletion of ours took from it', () => {
    for (const { title, input, record, planned } of cells) {
      const { app, rebirth } = planned;
      if (app.kind !== 'patch') continue;
      expect(input.app.kind, title).toBe('live');
      expect(record?.IsDeleted, title).toBe(rebirth);
      expect(isOurs(record === null ? null : { ...record, IsDeleted: false }), title).toBe(true);
      const isAsked = input.link.intents.some(({ kind }) => kind === 'delete');
      if (rebirth) expect(isAsked || input.deletedByUs, title).toBe(true);
    }
  });

  it('B7.2 B8.4 nothing is written for a record that is not shown, or that is a series', () => {
    for (const { title, input, record, planned } of cells) {
      if (input.link.sf.kind !== 'missing' && record?.IsRecurrence !== true) continue;
      // A task that a person deleted takes its series' record along; that is their word, not ours.
      if (input.app.kind === 'trashed' || input.link.state === 'dead') continue;
      expect(planned, title).toMatchObject({ app: { kind: 'none' }, sf: { kind: 'none' } });
    }
  });

  it('R11 an intent is dropped only where a record was seen that answers it', () => {
    for (const { title, input, planned } of cells) {
      const { intents } = planned;
      if (intents.length === input.link.intents.length) continue;
      expect(input.link.sf.kind, title).toBe('seen');
    }
  });

  it('R12 a decision is made once: what was committed is not decided again', () => {
    for (const { title, input, planned: first } of cells) {
      if (first.rebirth) continue;
      const again = plan(committed(input, first));
      expect(again.app, title).toEqual({ kind: 'none' });
      // A deletion that is tried again is told again only while no request of it is under way.
      if (first.sf.kind !== 'delete') expect(again.journal, title).toEqual([]);
      expect(again.state, title).toBe(first.state);
    }
  });

  it('H1 no cell breaks an invariant that is watched before every commit', () => {
    for (const { title, input, planned } of cells)
      expect(brokenInvariant(input, planned), title).toBeNull();
  });

  it('is a function: the same input gives the same plan and is left as it was', () => {
    for (const { title, input, planned } of cells) {
      const before = JSON.stringify(input);
      expect(JSON.stringify(plan(input)), title).toBe(JSON.stringify(planned));
      expect(JSON.stringify(input), title).toBe(before);
    }
  });
});

/** The state after the transaction of a plan, with its request still to come. */
function committed(input: PlanInput, planned: ReturnType<typeof plan>): PlanInput {
  const { base, intents, state, formerOpenStatus } = planned;
  const action = planned.app;
  const app: AppState =
    action.kind === 'trash'
      ? {
          kind: 'trashed',
          values: input.app.values,
          bySync: true,
          editedAt: input.app.editedAt,
          at: LATER,
          revision: input.app.revision,
        }
      : action.kind === 'none'
        ? input.app
        : {
            kind: 'live',
            values: { ...input.app.values, ...action.values },
            editedAt: input.app.editedAt,
            revision: input.app.revision + 1,
          };
  return { ...input, app, link: { ...input.link, base, intents, state, formerOpenStatus } };
}
