import { describe, expect, it } from 'vitest';
import { plan } from './plan.ts';
import {
  baseOf,
  EARLIER,
  LATER,
  NOON,
  STRANGER_SF,
  situation,
  TOMAS,
  TOMAS_SF,
  task,
  values,
} from './testing/builders.ts';

/** Birth, deletion, and records that come and go. */

/** A deletion of ours whose reply is missing. */
const DELETION = {
  requestId: 'r',
  kind: 'delete',
  sentAt: NOON,
  expectedRevision: null,
  fields: {},
} as const;

const QUIET = { app: { kind: 'none' }, sf: { kind: 'none' }, journal: [] };

describe('deletion', () => {
  it('B8.1 a task deleted in the app is deleted in Salesforce', () => {
    const planned = plan(situation({ trashed: 'by_person' }));
    expect(planned.sf).toEqual({ kind: 'delete' });
    expect(planned.journal).toMatchObject([{ kind: 'deleted', side: 'app', rule: 'B8.1' }]);
  });

  it('B8.2 a task deleted in Salesforce goes to Trash and leaves a tombstone (R5)', () => {
    const planned = plan(situation({ sf: { IsDeleted: true } }));
    expect(planned).toMatchObject({ app: { kind: 'trash' }, sf: { kind: 'none' }, state: 'dead' });
  });

  it('B10.3 deletion wins over an edit, and the history names the edit', () => {
    const inSalesforce = plan(
      situation({ sf: { IsDeleted: true }, app: { details: 'Kept in Trash' } }),
    );
    expect(inSalesforce.app).toEqual({ kind: 'trash' });
    expect(inSalesforce.journal).toMatchObject([
      { rule: 'B10.3', lost: { details: 'Kept in Trash' } },
    ]);
    const inApp = plan(situation({ trashed: 'by_person', sf: { Description: 'Late note' } }));
    expect(inApp.sf).toEqual({ kind: 'delete' });
    expect(inApp.journal).toMatchObject([{ rule: 'B10.3', lost: { details: 'Late note' } }]);
  });

  it('L3 what was born for somebody who is not connected, and not read since, is deleted like any other', () => {
    // The owner did not travel, so nothing is agreed about it.
    const { owner: _, ...base } = baseOf(values, task);
    const link = { base: base as ReturnType<typeof baseOf> };
    const inApp = plan(situation({ link, trashed: 'by_person', app: { owner: 'user-ben' } }));
    expect(inApp).toMatchObject({ sf: { kind: 'delete' }, journal: [{ rule: 'B8.1' }] });
    const there = situation({ link, sf: { IsDeleted: true }, app: { owner: 'user-ben' } });
    expect(plan(there)).toMatchObject({ app: { kind: 'trash' }, journal: [{ rule: 'B8.2' }] });
  });

  it('I4 nothing comes back once both sides are deleted', () => {
    const dead = situation({
      trashed: 'by_sync',
      sf: { IsDeleted: true },
      link: { state: 'dead' },
    });
    expect(plan(dead)).toMatchObject(QUIET);
    expect(plan(situation({ trashed: 'by_person', sf: { IsDeleted: true } })).state).toBe('dead');
  });

  it('B8.2 an undelete in Salesforce brings the task back with the values it has there', () => {
    const planned = plan(
      situation({
        trashed: 'by_sync',
        sf: { ActivityDate: '2027-01-01' },
        link: { state: 'dead' },
      }),
    );
    expect(planned).toMatchObject({
      state: 'live',
      app: { kind: 'restore', values: { dueDate: '2027-01-01' } },
    });
    expect(planned.journal).toMatchObject([
      { kind: 'restored', rule: 'B8.2' },
      { kind: 'pulled', field: 'dueDate' },
    ]);
  });

  it('I4 a record born late of a request of ours is deleted, and an undelete of it meets what it was born with', () => {
    const late = situation({ trashed: 'by_sync', sf: { Description: 'Edited at once' } });
    const planned = plan(late);
    expect(planned).toMatchObject({ state: 'live', app: { kind: 'none' }, sf: { kind: 'delete' } });
    expect(planned.journal).toMatchObject([
      { kind: 'deleted', rule: 'B10.3', lost: { details: 'Edited at once' } },
    ]);
    const undeleted = plan(
      situation({
        trashed: 'by_sync',
        sf: { Description: 'Edited once more' },
        link: { state: 'dead', base: planned.base },
      }),
    );
    expect(undeleted.app).toEqual({ kind: 'restore', values: { details: 'Edited once more' } });
    expect(undeleted.journal.map(({ kind }) => kind)).toEqual(['restored', 'pulled']);
  });

  it('R11 a write under way when the record was given away is not looked for for ever', () => {
    const intent = {
      requestId: 'r',
      kind: 'update',
      sentAt: EARLIER,
      expectedRevision: EARLIER,
      fields: { details: { from: 'Two pages at most', to: 'Mine', app: 'Mine' } },
    } as const;
    const given = situation({ sf: { OwnerId: STRANGER_SF }, link: { intents: [intent] } });
    expect(plan(given)).toMatchObject({ state: 'left', intents: [] });
  });

  it('R6 a write that landed before the record was deleted is agreed, not lost', () => {
    const intent = {
      requestId: 'r',
      kind: 'update',
      sentAt: EARLIER,
      expectedRevision: EARLIER,
      fields: { details: { from: 'Two pages at most', to: 'Mine', app: 'Mine' } },
    } as const;
    const deleted = situation({
      app: { details: 'Mine' },
      sf: { Description: 'Mine', IsDeleted: true },
      link: { intents: [intent] },
    });
    const planned = plan(deleted);
    expect(planned).toMatchObject({
      state: 'dead',
      base: { details: { app: 'Mine', sf: 'Mine' } },
      journal: [{ kind: 'deleted', rule: 'B8.2' }],
    });
  });

  it('R10 where nobody knows the birth Salesforce keeps its value, and the other is on record', () => {
    const adopted = situation({ app: { details: 'Ours' }, link: { base: null } });
    expect(plan({ ...adopted, restoredAt: LATER })).toMatchObject({
      app: { kind: 'patch', values: { details: values.details } },
      sf: { kind: 'none' },
      journal: [{ kind: 'conflict', field: 'details', rule: 'R10', lost: 'Ours' }],
    });
  });

  it('R10 an edit made after a restored backup is the last word, and what it replaces is on record', () => {
    const adopted = situation({ app: { details: 'Ours' }, editedAt: LATER, link: { base: null } });
    expect(plan({ ...adopted, restoredAt: NOON })).toMatchObject({
      app: { kind: 'none' },
      sf: { kind: 'update', values: { details: 'Ours' } },
      journal: [{ kind: 'conflict', field: 'details', rule: 'R10', lost: values.details }],
    });
    const conflict = situation({
      app: { details: 'Ours' },
      editedAt: LATER,
      sf: { Description: 'Theirs', LastModifiedDate: LATER },
      policy: { conflict: 'salesforce' },
    });
    expect(plan({ ...conflict, restoredAt: NOON, recovering: true })).toMatchObject({
      sf: { kind: 'update', values: { details: 'Ours' } },
      journal: [{ kind: 'conflict', rule: 'R10', lost: 'Theirs' }],
    });
    expect(plan({ ...conflict, restoredAt: NOON })).toMatchObject({
      app: { kind: 'patch', values: { details: 'Theirs' } },
      journal: [{ kind: 'conflict', rule: 'B10.2', lost: 'Ours' }],
    });
  });

  it('R10 after a restored backup an edit from before it gives way: it may have been sent since', () => {
    const conflict = situation({
      app: { details: 'Ours' },
      editedAt: EARLIER,
      sf: { Description: 'Theirs' },
      policy: { conflict: 'app' },
    });
    expect(plan({ ...conflict, restoredAt: LATER })).toMatchObject({
      app: { kind: 'patch', values: { details: 'Theirs' } },
      journal: [{ kind: 'conflict', rule: 'R10', lost: 'Ours' }],
    });
  });

  it('I4 a task trashed after its record was undeleted takes the record along', () => {
    const seen = { link: { state: 'dead' }, sf: { SystemModstamp: NOON } } as const;
    const later = plan(situation({ ...seen, trashed: 'by_person', trashedAt: LATER }));
    expect(later).toMatchObject({ state: 'live', sf: { kind: 'delete' }, app: { kind: 'none' } });
    const earlier = plan(situation({ ...seen, trashed: 'by_person', trashedAt: EARLIER }));
    expect(earlier).toMatchObject({ state: 'live', app: { kind: 'restore' } });
  });

  it('R12 an edit that won and is taken back before it went out still takes the place of the loser', () => {
    const policy = { conflict: 'app' } as const;
    const sf = { Description: 'Theirs' };
    const { base } = plan(situation({ app: { details: 'Mine' }, sf, policy }));
    const back = situation({ app: { details: values.details }, sf, policy, link: { base } });
    expect(plan(back)).toMatchObject({
      sf: { kind: 'update', values: { details: values.details } },
      journal: [],
    });
  });

  it('R10 what was sent before a record was given away is decided when it comes back', () => {
    const sent = {
      requestId: 'r',
      kind: 'update',
      sentAt: EARLIER,
      expectedRevision: EARLIER,
      fields: { details: { from: values.details, to: 'Ours', app: 'Ours' } },
    } as const;
    const away = situation({
      app: { details: 'Ours' },
      sf: { OwnerId: STRANGER_SF, Description: 'Theirs' },
      link: { intents: [sent] },
      policy: { conflict: 'app' },
    });
    const left = plan(away);
    expect(left).toMatchObject({ state: 'left', intents: [sent] });
    const { base, intents, state } = left;
    const back = { ...task, Description: 'Theirs' };
    const link = { ...away.link, base, intents, state };
    const seen = { ...link, sf: { kind: 'seen', task: back, seenAt: LATER } } as const;
    expect(plan({ ...away, link: seen })).toMatchObject({
      app: { kind: 'patch', values: { details: 'Theirs' } },
      journal: [{ kind: 'conflict', rule: 'R10', lost: 'Ours' }],
    });
  });

  it('I1 an undelete does not put an older value over an edit that was never sent', () => {
    const planned = plan(
      situation({ trashed: 'by_sync', app: { details: 'Newer' }, link: { state: 'dead' } }),
    );
    expect(planned).toMatchObject({
      state: 'live',
      app: { kind: 'restore', values: {} },
      sf: { kind: 'update', values: { details: 'Newer' } },
    });
  });

  it('I2 what Salesforce changed while our deletion is under way or refused is named too', () => {
    const parked = {
      code: 'UNABLE_TO_LOCK_ROW',
      message: '',
      fields: [],
      since: EARLIER,
      retryAt: null,
      attempts: 1,
    };
    for (const link of [{ parked }, { intents: [DELETION] }]) {
      const again = situation({ trashed: 'by_person', sf: { Description: 'Theirs' }, link });
      expect(plan(again)).toMatchObject({
        sf: { kind: 'delete' },
        journal: [{ kind: 'deleted', rule: 'B10.3', lost: { details: 'Theirs' } }],
      });
      expect(plan(situation({ trashed: 'by_person', link })).journal).toEqual([]);
    }
  });

  it('B10.3 names what our deletion took along unseen, also of a task that is in Trash once more', () => {
    const sf = { IsDeleted: true, Description: 'Written at the last moment' };
    const ours = plan(situation({ trashed: 'by_person', sf, link: { intents: [DELETION] } }));
    expect(ours).toMatchObject({
      state: 'dead',
      journal: [{ kind: 'late_overwrite', rule: 'B10.3', lost: 'Written at the last moment' }],
    });
    const known = { IsDeleted: true };
    const link = { intents: [DELETION] };
    expect(plan(situation({ trashed: 'by_person', sf: known, link })).journal).toEqual([]);
    // Who deleted it in Salesforce had seen it.
    expect(plan(situation({ trashed: 'by_person', sf })).journal).toEqual([]);
  });

  it('never takes a task out of Salesforce because the engine itself put it into Trash', () => {
    const tombstone = { trashed: 'by_sync', link: { state: 'dead' } } as const;
    expect(plan(situation(tombstone)).sf).toEqual({ kind: 'none' });
  });
});

describe('birth', () => {
  const unborn = { salesforceId: null, base: null, sf: { kind: 'unborn' } } as const;

  it('B5.3 a task made in the app is created with its rendered Subject and all its fields', () => {
    const planned = plan(
      situation({
        link: unborn,
        policy: { subjectTemplate: '[T] {{Activity_Type}}: {{activity_subject}}' },
      }),
    );
    expect(planned.sf).toMatchObject({
      kind: 'create',
      values: {
        name: '[T] Call: Send the offer',
        status: 'Not Started',
        priority: 'Normal',
        dueDate: '2026-11-30',
      },
    });
  });

  it('a task thrown away before it was sent is never created', () => {
    expect(plan(situation({ link: unborn, trashed: 'by_person' }))).toMatchObject({
      sf: { kind: 'none' },
      state: 'dead',
    });
  });

  it('R8 waits for a birth in doubt before it deletes', () => {
    const intent = {
      requestId: 'r',
      kind: 'create',
      sentAt: NOON,
      expectedRevision: null,
      fields: {},
    } as const;
    const planned = plan(
      situation({ link: { ...unborn, intents: [intent] }, trashed: 'by_person' }),
    );
    expect(planned).toMatchObject({ sf: { kind: 'none' }, state: 'live', intents: [intent] });
  });
});

describe('records that leave', () => {
  it('B8.3 a task given to another connected user moves to that user', () => {
    expect(plan(situation({ sf: { OwnerId: TOMAS_SF } })).app).toEqual({
      kind: 'patch',
      values: { owner: TOMAS },
    });
  });

  it('B8.3 a task given to anybody else leaves the list, and comes back when it is given back', () => {
    const left = plan(situation({ sf: { OwnerId: STRANGER_SF } }));
    expect(left).toMatchObject({ state: 'left', app: { kind: 'none' }, sf: { kind: 'none' } });
    expect(left.journal).toMatchObject([{ kind: 'reassigned', rule: 'B8.3' }]);
    expect(
      plan(situation({ sf: { OwnerId: STRANGER_SF }, link: { state: 'left' } })).journal,
    ).toEqual([]);
    expect(plan(situation({ link: { state: 'left' } })).state).toBe('live');
  });

  it('B7.2 a record Salesforce no longer shows is kept, never deleted on absence', () => {
    const gone = plan(situation({ link: { sf: { kind: 'missing', seenAt: NOON } } }));
    expect(gone).toMatchObject({ state: 'gone', app: { kind: 'none' }, sf: { kind: 'none' } });
    expect(gone.journal).toMatchObject([{ kind: 'gone', rule: 'B7.2' }]);
  });

  it('B8.5 an archived record is kept, and goes on syncing what people change', () => {
    const archived = { IsArchived: true, Status: 'Completed', IsClosed: true };
    const base = baseOf({ ...values, status: 'complete' }, { ...task, ...archived });
    const quiet = situation({ app: { status: 'complete' }, sf: archived, link: { base } });
    expect(plan(quiet)).toMatchObject(QUIET);
  });

  it('B8.4 a series row is left to Salesforce', () => {
    expect(plan(situation({ sf: { IsRecurrence: true }, app: { details: 'x' } }))).toMatchObject(
      QUIET,
    );
  });
});
