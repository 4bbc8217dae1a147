import { describe, expect, it } from 'vitest';
import type { Intent, Link } from './link.ts';
import { plan } from './plan.ts';
import { isInDoubt, waitsForReturn } from './settle-intents.ts';
import { baseOf, EARLIER, LATER, NOON, situation, task, values } from './testing/builders.ts';

const QUIET = { app: { kind: 'none' }, sf: { kind: 'none' }, journal: [] };

describe('a lost reply', () => {
  const sent = {
    requestId: 'r1',
    kind: 'update',
    sentAt: NOON,
    expectedRevision: null,
    fields: { dueDate: { from: '2026-11-30', to: '2026-12-01', app: '2026-12-01' } },
  } as const;
  const guarded = { ...sent, expectedRevision: NOON } as const;
  const { dueDate } = sent.fields;
  const shown = { ...sent, fields: { dueDate: { ...dueDate, from: dueDate.to } } };

  it('R10 of a birth that a restored backup forgot holds back another, of which its record could not be told', () => {
    const unborn = { salesforceId: null, base: null, sf: { kind: 'unborn' } } as const;
    const known: Intent = { ...sent, kind: 'create' };
    const both = { ...unborn, intents: [known, { ...known, requestId: 'r2', fields: {} }] };
    expect(plan(situation({ link: both }))).toMatchObject({ ...QUIET, intents: both.intents });
    const alone = plan(situation({ link: { ...unborn, intents: [known] } }));
    expect(alone.sf.kind).toBe('create');
  });

  it('R10 that landed is recognised by its value and costs nothing more', () => {
    const planned = plan(
      situation({
        app: { dueDate: '2026-12-01' },
        sf: { ActivityDate: '2026-12-01' },
        link: { intents: [guarded] },
      }),
    );
    expect(planned).toMatchObject({ ...QUIET, intents: [] });
    expect(planned.base?.dueDate).toEqual({ app: '2026-12-01', sf: '2026-12-01' });
  });

  it('R11 without a guard its value may be there of another request: it stays on record while it can land', () => {
    const there = { app: { dueDate: '2026-12-01' }, sf: { ActivityDate: '2026-12-01' } };
    const planned = plan(situation({ ...there, link: { intents: [sent] } }));
    expect(planned).toMatchObject({ ...QUIET, intents: [shown] });
    const old = { ...sent, sentAt: '2026-11-24T10:00:00.000Z' };
    expect(plan(situation({ ...there, link: { intents: [old] } })).intents).toEqual([]);
  });

  it('R11 I1 and landing late over what followed it gives way again', () => {
    const planned = plan(
      situation({
        app: { dueDate: '2026-12-02' },
        sf: { ActivityDate: '2026-12-01' },
        link: {
          base: { ...baseOf(values, task), dueDate: { app: '2026-12-02', sf: '2026-12-02' } },
          intents: [shown],
        },
      }),
    );
    expect(planned.app).toEqual({ kind: 'none' });
    expect(planned.sf).toMatchObject({ kind: 'update', values: { dueDate: '2026-12-02' } });
  });

  it('B10.2 B11.6 what has shown is no more in doubt, and lets times decide what comes after it', () => {
    const later = { LastModifiedDate: LATER, ActivityDate: '2027-03-01' };
    const moved = situation({
      app: { dueDate: '2026-12-02' },
      editedAt: EARLIER,
      sf: later,
      link: { intents: [shown] },
    });
    expect(isInDoubt(moved.link)).toBe(false);
    expect(isInDoubt({ ...moved.link, intents: [sent] })).toBe(true);
    expect(plan(moved).journal).toMatchObject([{ kind: 'conflict', rule: 'B10.2' }]);
  });

  it('R10 that did not land is sent again, and stays on record while it may still land (R11)', () => {
    const planned = plan(situation({ app: { dueDate: '2026-12-01' }, link: { intents: [sent] } }));
    expect(planned.sf).toMatchObject({ kind: 'update', values: { dueDate: '2026-12-01' } });
    expect(planned.intents).toEqual([sent]);
  });

  it('R10 whose place holds a third value gives way to it, and the loser is in the journal', () => {
    const planned = plan(
      situation({
        app: { dueDate: '2026-12-01' },
        editedAt: LATER,
        sf: { ActivityDate: '2027-03-01' },
        link: { intents: [sent] },
      }),
    );
    expect(planned.app).toEqual({ kind: 'patch', values: { dueDate: '2027-03-01' } });
    expect(planned.journal).toMatchObject([{ kind: 'conflict', lost: '2026-12-01', rule: 'R10' }]);
  });

  it('R8 R11 a birth of another request stays on record until it can land no more, and changes nothing', () => {
    const birth = { ...sent, kind: 'create', expectedRevision: null } as const;
    const old = { ...birth, sentAt: '2026-11-24T10:00:00.000Z' };
    const planned = plan(situation({ link: { intents: [old, birth] } }));
    expect(planned).toMatchObject({ ...QUIET, intents: [birth] });
  });

  it('R10 that landed after the app moved on is not taken for a foreign edit', () => {
    const planned = plan(
      situation({
        app: { dueDate: '2026-12-02' },
        sf: { ActivityDate: '2026-12-01' },
        link: { intents: [sent] },
      }),
    );
    expect(planned.sf).toMatchObject({ values: { dueDate: '2026-12-02' } });
    expect(planned.journal).toEqual([]);
  });

  it('R10 I1 I2 taken back here and found there in another hand: ours goes out, theirs is on record', () => {
    const planned = plan(
      situation({
        sf: { ActivityDate: '2026-12-01', LastModifiedById: '005000000000009AAA' },
        link: { intents: [sent] },
      }),
    );
    expect(planned.sf).toMatchObject({ kind: 'update', values: { dueDate: '2026-11-30' } });
    expect(planned.app).toEqual({ kind: 'none' });
    expect(planned.journal).toMatchObject([
      { kind: 'late_overwrite', field: 'dueDate', lost: '2026-12-01', rule: 'R10' },
    ]);
  });

  it('R10 R12 what lay under ours is told once', () => {
    const first = situation({
      sf: { ActivityDate: '2026-12-01', LastModifiedById: '005000000000009AAA' },
      link: { intents: [sent] },
    });
    const decided = plan(first);
    const again = plan({
      ...first,
      link: { ...first.link, base: decided.base, intents: decided.intents },
    });
    expect(again.sf).toEqual(decided.sf);
    expect(again.journal).toEqual([]);
  });

  it('R10 taken back here and landed late by our own hand is no news', () => {
    const planned = plan(
      situation({ sf: { ActivityDate: '2026-12-01' }, link: { intents: [sent] } }),
    );
    expect(planned.sf).toMatchObject({ kind: 'update', values: { dueDate: '2026-11-30' } });
    expect(planned.journal).toEqual([]);
  });

  it('R10 the same value from another hand is agreement as long as nobody took it back', () => {
    const planned = plan(
      situation({
        app: { dueDate: '2026-12-01' },
        sf: { ActivityDate: '2026-12-01', LastModifiedById: '005000000000009AAA' },
        link: { intents: [sent] },
      }),
    );
    expect(planned).toMatchObject(QUIET);
  });

  it('R10 I5 in a record that is deleted with a third value stays on record, and gives way when it is undeleted', () => {
    const old = { ...sent, sentAt: '2026-11-24T10:00:00.000Z' };
    const theirs = { ActivityDate: '2027-03-01' };
    const both = { app: { dueDate: '2026-12-01' }, editedAt: LATER, link: { intents: [old] } };
    const buried = plan(situation({ ...both, sf: { ...theirs, IsDeleted: true } }));
    expect(buried).toMatchObject({ state: 'dead', app: { kind: 'trash' }, intents: [old] });
    const { base, intents } = buried;
    const undeleted = plan(
      situation({
        ...both,
        trashed: 'by_sync',
        sf: theirs,
        link: { state: 'dead', base, intents },
      }),
    );
    expect(undeleted.app).toEqual({ kind: 'restore', values: { dueDate: '2027-03-01' } });
    expect(undeleted.journal).toMatchObject([
      { kind: 'restored', rule: 'B8.2' },
      { kind: 'conflict', lost: '2026-12-01', rule: 'R10' },
    ]);
    expect(undeleted.intents).toEqual([]);
  });

  it('R10 R11 only an update waits for what was deleted, and any request for what was given away', () => {
    const waits = (state: Link['state'], kind: Intent['kind'], sf = situation({}).link.sf) =>
      waitsForReturn({ ...situation({}).link, state, sf }, { ...sent, kind });
    expect(waits('dead', 'update')).toBe(true);
    expect(waits('dead', 'delete')).toBe(false);
    expect(waits('dead', 'create')).toBe(false);
    expect(waits('left', 'delete')).toBe(true);
    expect(waits('live', 'update')).toBe(false);
    // Kept without its record, which was seen deleted (B11.5); where nothing was seen, it may come back any time.
    expect(waits('gone', 'update')).toBe(true);
    expect(waits('gone', 'update', { kind: 'missing', seenAt: NOON })).toBe(false);
  });

  it('R11 is forgotten once it can no longer land', () => {
    const old = { ...sent, sentAt: '2026-11-24T11:00:00.000Z' };
    expect(plan(situation({ link: { intents: [old] } })).intents).toEqual([]);
    const guarded = { ...sent, expectedRevision: EARLIER };
    expect(plan(situation({ link: { intents: [guarded] } })).intents).toEqual([]);
  });
});
