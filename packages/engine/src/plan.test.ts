import { describe, expect, it } from 'vitest';
import { plan } from './plan.ts';
import {
  baseOf,
  EARLIER,
  LATER,
  link,
  NOON,
  policy,
  situation,
  task,
  values,
} from './testing/builders.ts';

const QUIET = { app: { kind: 'none' }, sf: { kind: 'none' }, journal: [] };

describe('two sides that agree', () => {
  it('L2 plans nothing', () => {
    expect(plan(situation())).toMatchObject(QUIET);
  });

  it('I12 does not take trimmed text or other line ends for an edit', () => {
    const app = { details: '  one\r\ntwo ' };
    const sf = { Description: 'one\ntwo' };
    const base = baseOf({ ...values, ...app }, { ...task, Description: '  one\r\ntwo ' });
    expect(plan(situation({ app, sf, link: { base } }))).toMatchObject(QUIET);
  });
});

describe('one side changed', () => {
  it('R3 sends only the field that changed', () => {
    const planned = plan(situation({ app: { dueDate: '2026-12-01' } }));
    expect(planned.sf).toMatchObject({
      kind: 'update',
      values: { dueDate: '2026-12-01' },
      app: { dueDate: '2026-12-01' },
    });
    expect(Object.keys((planned.sf as { values: object }).values)).toEqual(['dueDate']);
    expect(planned.app).toEqual({ kind: 'none' });
  });

  it('R6 leaves the base where it was until the write is known to have landed', () => {
    expect(plan(situation({ app: { dueDate: null } })).base?.dueDate).toEqual({
      app: '2026-11-30',
      sf: '2026-11-30',
    });
  });

  it('takes over a change from Salesforce and moves the base with it', () => {
    const planned = plan(situation({ sf: { ActivityDate: null, Description: null } }));
    expect(planned.app).toEqual({ kind: 'patch', values: { dueDate: null, details: '' } });
    expect(planned.base?.dueDate).toEqual({ app: null, sf: null });
    expect(planned.sf).toEqual({ kind: 'none' });
    expect(planned.journal).toMatchObject([
      { kind: 'pulled', field: 'dueDate', from: '2026-11-30', to: null },
      { kind: 'pulled', field: 'details', from: 'Two pages at most', to: '' },
    ]);
  });

  it('B3.1 completes and reopens with the mapped values', () => {
    expect(plan(situation({ app: { status: 'complete' } })).sf).toMatchObject({
      values: { status: 'Completed' },
    });
    const closed = { Status: 'Completed', IsClosed: true };
    const base = baseOf({ ...values, status: 'complete' }, { ...task, ...closed });
    const reopened = plan(situation({ sf: closed, link: { base }, app: { status: 'open' } }));
    expect(reopened.sf).toMatchObject({ values: { status: 'Not Started' } });
  });

  it('B3.3 reopens to the open value it had before, when the setting says so', () => {
    const closed = { Status: 'Completed', IsClosed: true };
    const base = baseOf({ ...values, status: 'complete' }, { ...task, ...closed });
    const reopened = plan(
      situation({
        sf: closed,
        link: { base, formerOpenStatus: 'Waiting on someone else' },
        app: { status: 'open' },
        policy: { reopenToFormerStatus: true },
      }),
    );
    expect(reopened.sf).toMatchObject({ values: { status: 'Waiting on someone else' } });
  });
});

describe('values the app has no word for', () => {
  const inProgress = { Status: 'In Progress', Priority: 'Low' };

  it('B3.2 B4.1 never change the app, and are told once', () => {
    const planned = plan(situation({ sf: inProgress }));
    expect(planned.app).toEqual({ kind: 'none' });
    expect(planned.sf).toEqual({ kind: 'none' });
    expect(planned.journal).toMatchObject([
      { kind: 'unmapped', field: 'status', to: 'In Progress', rule: 'B3.2' },
      { kind: 'unmapped', field: 'priority', to: 'Low', rule: 'B4.1' },
    ]);
    const again = situation({ sf: inProgress, link: { base: planned.base } });
    expect(plan(again)).toMatchObject(QUIET);
  });

  it('B3.2 B10.2 stand against an edit here of the same second or before, and the history says what did not go out', () => {
    const edited = { app: { status: 'complete' }, sf: inProgress, editedAt: NOON } as const;
    const planned = plan(situation(edited));
    expect(planned).toMatchObject({ app: { kind: 'none' }, sf: { kind: 'none' } });
    expect(planned.journal[0]).toMatchObject({
      kind: 'conflict',
      field: 'status',
      side: 'sf',
      from: 'complete',
      to: 'In Progress',
      lost: 'complete',
      rule: 'B10.2',
    });
    const again = plan(situation({ ...edited, link: { base: planned.base } }));
    expect(again).toMatchObject(QUIET);

    const later = plan(situation({ ...edited, editedAt: LATER }));
    expect(later.sf).toMatchObject({ kind: 'update', values: { status: 'Completed' } });
    expect(later.journal[0]).toMatchObject({ kind: 'conflict', side: 'app', lost: 'In Progress' });
  });

  it('B3.2 B4.1 are not overwritten by an edit of details', () => {
    const base = baseOf(values, { ...task, ...inProgress });
    const planned = plan(
      situation({ sf: inProgress, link: { base }, app: { details: 'Call first' } }),
    );
    expect(planned.sf).toMatchObject({ kind: 'update', values: { details: 'Call first' } });
    expect(Object.keys((planned.sf as { values: object }).values)).toEqual(['details']);
  });

  it('B3.3 are replaced when the app completes the task', () => {
    const base = baseOf(values, { ...task, ...inProgress });
    const planned = plan(
      situation({ sf: inProgress, link: { base }, app: { status: 'complete' } }),
    );
    expect(planned.sf).toMatchObject({ values: { status: 'Completed' } });
  });
});

describe('the name and the Subject', () => {
  it('B5.4 a name edit reaches Subject only if the template contains {{activity_subject}}', () => {
    const change = { app: { name: 'Send the second offer' } };
    expect(plan(situation(change)).sf).toMatchObject({ values: { name: 'Send the second offer' } });
    const withoutName = plan(
      situation({ ...change, policy: { subjectTemplate: '[Tandem] {{activity_type}}' } }),
    );
    expect(withoutName.sf).toEqual({ kind: 'none' });
    expect(withoutName.journal).toEqual([]);
  });

  it('B5.4 a Subject edit in Salesforce does not change the name and is not undone by it', () => {
    const planned = plan(situation({ sf: { Subject: 'Offer sent!' } }));
    expect(planned.app).toEqual({ kind: 'none' });
    expect(planned.sf).toEqual({ kind: 'none' });
    expect(planned.journal).toMatchObject([
      { kind: 'unmapped', field: 'name', to: 'Offer sent!', rule: 'B5.4' },
    ]);
    expect(
      plan(situation({ sf: { Subject: 'Offer sent!' }, link: { base: planned.base } })),
    ).toMatchObject(QUIET);
  });

  it('B5.6 a task from Salesforce gets its plain name, whatever the template decorates', () => {
    const planned = plan(
      situation({
        app: { name: 'Ring back' },
        link: { origin: 'sf' },
        policy: { subjectTemplate: '[Tandem] {{activity_type}} {{activity_subject}}' },
      }),
    );
    expect(planned.sf).toMatchObject({ values: { name: 'Ring back' } });
  });

  it('B5.7 a new template alone rewrites nothing', () => {
    expect(
      plan(situation({ policy: { subjectTemplate: '[New] {{activity_subject}}' } })),
    ).toMatchObject(QUIET);
  });

  it('B5.5 says from which length a subject was shortened', () => {
    const planned = plan(
      situation({
        app: { name: 'x'.repeat(255) },
        policy: { subjectTemplate: '[T] {{activity_subject}}' },
      }),
    );
    expect(planned.sf).toMatchObject({ kind: 'update', subject: { cutFrom: 259 } });
  });
});

describe('both sides changed', () => {
  it('B10.1 keeps edits of different fields on both sides', () => {
    const planned = plan(
      situation({ app: { details: 'Mine' }, sf: { ActivityDate: '2026-12-24' } }),
    );
    expect(planned.app).toEqual({ kind: 'patch', values: { dueDate: '2026-12-24' } });
    expect(planned.sf).toMatchObject({ values: { details: 'Mine' } });
  });

  it('B10.4 the same value on both sides is no conflict', () => {
    const planned = plan(
      situation({ app: { dueDate: '2026-12-24' }, sf: { ActivityDate: '2026-12-24' } }),
    );
    expect(planned).toMatchObject(QUIET);
    expect(planned.base?.dueDate).toEqual({ app: '2026-12-24', sf: '2026-12-24' });
  });

  const clash = { app: { dueDate: '2026-12-01' }, sf: { ActivityDate: '2026-12-24' } };

  it('B10.2 the later edit wins, and the loser is in the journal first', () => {
    const mine = plan(situation({ ...clash, editedAt: LATER }));
    expect(mine.sf).toMatchObject({ values: { dueDate: '2026-12-01' } });
    expect(mine.journal).toMatchObject([
      { kind: 'conflict', field: 'dueDate', side: 'app', lost: '2026-12-24', rule: 'B10.2' },
    ]);
    const theirs = plan(situation({ ...clash, editedAt: EARLIER }));
    expect(theirs.app).toEqual({ kind: 'patch', values: { dueDate: '2026-12-24' } });
    expect(theirs.journal).toMatchObject([
      { kind: 'conflict', field: 'dueDate', side: 'sf', lost: '2026-12-01', rule: 'B10.2' },
    ]);
  });

  it('B10.2 Salesforce wins a tie within one second', () => {
    const tie = plan(situation({ ...clash, editedAt: '2026-11-24T12:00:00.900Z' }));
    expect(tie.app).toMatchObject({ values: { dueDate: '2026-12-24' } });
    expect(NOON.slice(0, 19)).toBe('2026-11-24T12:00:00');
  });

  it('B10.2 an admin may let one side always win', () => {
    expect(
      plan(situation({ ...clash, editedAt: LATER, policy: { conflict: 'salesforce' } })).app.kind,
    ).toBe('patch');
    expect(
      plan(situation({ ...clash, editedAt: EARLIER, policy: { conflict: 'app' } })).sf.kind,
    ).toBe('update');
  });

  it('R12 does not decide a conflict again after a crash between decision and send', () => {
    const first = situation({ ...clash, editedAt: LATER });
    const decided = plan(first);
    const again = plan({ ...first, link: { ...first.link, base: decided.base } });
    expect(again.sf).toEqual(decided.sf);
    expect(again.journal).toEqual([]);
  });
});

it('the builders describe a pair that agrees', () => {
  expect(link.base).toEqual(baseOf(values, task));
  expect(policy.owners.toApp[task.OwnerId]).toBe(values.owner);
});
