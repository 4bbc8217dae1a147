import { describe, expect, it } from 'vitest';
import { causeOf, faultOf, retryDelayMs } from './faults.ts';
import { adopt, land, observe } from './landing.ts';
import type { Intent } from './link.ts';
import type { RowResult } from './outcome.ts';
import { plan } from './plan.ts';
import {
  EARLIER,
  LATER,
  link,
  NOON,
  policy,
  situation,
  TOMAS_SF,
  task,
  values,
} from './testing/builders.ts';

const update: Intent = {
  requestId: 'r1',
  kind: 'update',
  sentAt: NOON,
  expectedRevision: null,
  fields: { dueDate: { from: '2026-11-30', to: '2026-12-01', app: '2026-12-01' } },
};
const create: Intent = {
  ...update,
  kind: 'create',
  fields: { name: { from: null, to: 'Hi', app: 'Hi' } },
};
const unborn = { ...link, salesforceId: null, base: null, sf: { kind: 'unborn' } } as const;

function landWith(
  result: RowResult,
  intent: Intent = update,
  start = { ...link, intents: [intent] },
) {
  return land({
    link: start,
    intent,
    result,
    at: LATER,
    seenAt: LATER,
    retryAt: () => LATER,
    subjectCutFrom: null,
    policy,
  });
}

describe('the reply to a request', () => {
  it('R6 I7 moves the base when the write is known to have landed', () => {
    const { link: next, journal } = landWith({ kind: 'done', id: task.Id, before: null });
    expect(next.base?.dueDate).toEqual({ app: '2026-12-01', sf: '2026-12-01' });
    expect(next.intents).toEqual([]);
    expect(journal).toMatchObject([
      { kind: 'pushed', field: 'dueDate', from: '2026-11-30', to: '2026-12-01' },
    ]);
    expect(plan(situation({ app: { dueDate: '2026-12-01' }, link: next })).sf.kind).toBe('none');
  });

  it('a created record is known at once, so that an edit before the next poll is no second birth', () => {
    const { link: next } = landWith({ kind: 'done', id: task.Id, before: null }, create, {
      ...unborn,
      intents: [create],
    });
    expect(next.salesforceId).toBe(task.Id);
    const input = situation({ app: { name: 'Hi there' }, link: next });
    expect(plan(input).sf).not.toMatchObject({ kind: 'create' });
    expect(observe(next, task, LATER).changed).toBe(true);
  });

  it('R9 a stale write is closed and the record is read again', () => {
    expect(landWith({ kind: 'stale' })).toMatchObject({
      link: { intents: [] },
      dirty: true,
      reread: true,
    });
  });

  it('R11 keeps the intent when nobody knows the outcome', () => {
    expect(landWith({ kind: 'unknown', message: '' }).link.intents).toEqual([update]);
  });

  it('R8 adopts the record that already carries our key', () => {
    const fault = { code: 'DUPLICATE_VALUE', message: '', fields: [], httpStatus: 400 };
    const { link: next, reread } = landWith(
      { kind: 'refused', fault, duplicateOf: task.Id },
      create,
      { ...unborn, intents: [create] },
    );
    expect(next).toMatchObject({ salesforceId: task.Id, intents: [], parked: null });
    expect(reread).toBe(true);
  });

  it('B11.1 B11.2 parks a refused write with Salesforce’s words, once', () => {
    const fault = {
      code: 'FIELD_CUSTOM_VALIDATION_EXCEPTION',
      message: 'Due date is required',
      fields: ['ActivityDate'],
      httpStatus: 400,
    };
    const first = landWith({ kind: 'refused', fault, duplicateOf: null });
    expect(first.link.parked).toMatchObject({
      code: fault.code,
      message: fault.message,
      retryAt: null,
      attempts: 1,
    });
    expect(first.journal).toMatchObject([{ kind: 'refused', data: { code: fault.code } }]);
    const second = landWith({ kind: 'refused', fault, duplicateOf: null }, update, {
      ...first.link,
      intents: [update],
    });
    expect(second.link.parked?.attempts).toBe(2);
    expect(second.journal).toEqual([]);
  });

  it('B11.2 gives an intermittent fault a time to try again', () => {
    const fault = { code: 'UNABLE_TO_LOCK_ROW', message: '', fields: [], httpStatus: 400 };
    expect(landWith({ kind: 'refused', fault, duplicateOf: null }).link.parked?.retryAt).toBe(
      LATER,
    );
  });

  it('B7.2 a delete answered "gone" is looked at, and only a record seen as deleted is deleted', () => {
    const remove: Intent = { ...update, kind: 'delete', fields: {} };
    const trashed = (next: typeof link) => ({ ...situation({ trashed: 'by_person' }), link: next });
    const { link: next, ...rest } = landWith({ kind: 'gone' }, remove);
    expect(rest).toMatchObject({ dirty: true, reread: true, journal: [] });
    expect(next).toMatchObject({ state: 'live', intents: [remove] });

    const deleted = observe(next, { ...task, IsDeleted: true }, LATER).link;
    expect(plan(trashed(deleted))).toMatchObject({ state: 'dead', intents: [remove], journal: [] });

    const missing = { ...next, intents: [], sf: { kind: 'missing', seenAt: LATER } } as const;
    const gone = plan(trashed(missing));
    expect(gone).toMatchObject({ state: 'gone', sf: { kind: 'none' }, journal: [] });

    const back = observe({ ...missing, state: gone.state }, task, LATER).link;
    expect(plan(trashed(back))).toMatchObject({ state: 'live', sf: { kind: 'delete' } });
  });
});

describe('what the record was before our write', () => {
  it('R9 I2 a value that nobody here had seen is on record before the value that covers it', () => {
    const before = { ...task, ActivityDate: '2026-12-24' };
    const { link: next, journal, dirty } = landWith({ kind: 'done', id: task.Id, before });
    expect(journal).toMatchObject([
      {
        kind: 'late_overwrite',
        rule: 'R9',
        field: 'dueDate',
        side: 'sf',
        from: '2026-12-24',
        to: '2026-12-01',
        lost: '2026-12-24',
      },
      { kind: 'pushed', field: 'dueDate', to: '2026-12-01' },
    ]);
    expect(dirty).toBe(false);
    expect(next.sf).toMatchObject({ task: { ActivityDate: '2026-12-01' } });
  });

  it('H2 the lost value is in the app’s words where it has one, else in Salesforce’s own', () => {
    const complete: Intent = {
      ...update,
      fields: { status: { from: 'Not Started', to: 'Completed', app: 'complete' } },
    };
    const lostOf = (Status: string, IsClosed: boolean) =>
      landWith({ kind: 'done', id: task.Id, before: { ...task, Status, IsClosed } }, complete)
        .journal[0];
    expect(lostOf('Deferred', false)).toMatchObject({ kind: 'late_overwrite', lost: 'Deferred' });
    expect(lostOf('Completed', true)).toMatchObject({ kind: 'pushed' });
    const reopen: Intent = {
      ...update,
      fields: { status: { from: 'Waiting', to: 'Not Started', app: 'open' } },
    };
    const before = { ...task, Status: 'Completed', IsClosed: true };
    expect(landWith({ kind: 'done', id: task.Id, before }, reopen).journal[0]).toMatchObject({
      lost: 'complete',
    });
  });

  it('R9 what somebody changed in other fields is news, and the plan takes it in', () => {
    const before = { ...task, Priority: 'High', SystemModstamp: LATER, LastModifiedDate: LATER };
    const { link: next, journal, dirty } = landWith({ kind: 'done', id: task.Id, before });
    expect(dirty).toBe(true);
    expect(journal.map(({ kind }) => kind)).toEqual(['pushed']);
    const planned = plan(situation({ app: { dueDate: '2026-12-01' }, link: next }));
    expect(planned.app).toEqual({ kind: 'patch', values: { priority: 'high' } });
    expect(planned.sf.kind).toBe('none');
  });

  it('R9 a record that was given away under our write leaves the list', () => {
    const before = { ...task, OwnerId: '005000000000009AAA' };
    const { link: next } = landWith({ kind: 'done', id: task.Id, before });
    expect(plan(situation({ app: { dueDate: '2026-12-01' }, link: next })).state).toBe('left');
  });

  it('R11 what an earlier request of ours put there late is nobody’s change', () => {
    const earlier: Intent = {
      ...update,
      requestId: 'r0',
      fields: { dueDate: { from: '2026-11-30', to: '2026-12-05', app: '2026-12-05' } },
    };
    const before = { ...task, ActivityDate: '2026-12-05' };
    const { link: next, journal } = landWith({ kind: 'done', id: task.Id, before }, update, {
      ...link,
      intents: [earlier, update],
    });
    expect(journal.map(({ kind }) => kind)).toEqual(['pushed']);
    expect(next.intents).toEqual([earlier]);
  });

  it('R9 text that differs only in what Salesforce makes of it was not changed', () => {
    const details: Intent = {
      ...update,
      fields: { details: { from: 'One\nTwo', to: 'Three', app: 'Three' } },
    };
    const before = { ...task, Description: 'One\r\nTwo ' };
    const { journal } = landWith({ kind: 'done', id: task.Id, before }, details);
    expect(journal.map(({ kind }) => kind)).toEqual(['pushed']);
  });

  it('B10.3 I2 what a deletion takes along unseen is on record, value by value', () => {
    const remove: Intent = { ...update, kind: 'delete', fields: {} };
    const before = { ...task, Priority: 'High', OwnerId: TOMAS_SF };
    const { link: next, journal } = landWith({ kind: 'done', id: task.Id, before }, remove);
    expect(journal).toMatchObject([
      { kind: 'late_overwrite', rule: 'B10.3', field: 'priority', lost: 'high', to: null },
      { kind: 'late_overwrite', rule: 'B10.3', field: 'owner', lost: 'user-tomas', to: null },
    ]);
    expect(next).toMatchObject({ state: 'dead', sf: { task: { IsDeleted: true } } });
    expect(landWith({ kind: 'done', id: task.Id, before: task }, remove).journal).toEqual([]);
  });
});

describe('observations', () => {
  it('an older one says nothing', () => {
    expect(observe(link, { ...task, SystemModstamp: EARLIER, Subject: 'Old' }, LATER).changed).toBe(
      false,
    );
  });

  it('R9 a new stamp alone is kept, so that the next guarded write names it, and E2 asks for no write', () => {
    const moved = { ...task, SystemModstamp: LATER, LastModifiedDate: LATER };
    const seen = observe(link, moved, LATER);
    expect(seen).toMatchObject({ changed: true, link: { sf: { task: moved } } });
    expect(plan(situation({ link: seen.link }))).toMatchObject({
      app: { kind: 'none' },
      sf: { kind: 'none' },
      journal: [],
    });
    expect(observe(seen.link, moved, LATER).changed).toBe(false);
  });

  it('I1 a page asked for before our write was answered says nothing', () => {
    const { link: written } = landWith({ kind: 'done', id: task.Id, before: null });
    expect(observe(written, task, NOON).changed).toBe(false);
  });

  it('R8 I7 of several births an adopted record takes the one it shows most of', () => {
    const birth = (requestId: string, details: string, dueDate: string): Intent => ({
      ...create,
      requestId,
      fields: {
        details: { from: null, to: details, app: details },
        dueDate: { from: null, to: dueDate, app: dueDate },
      },
    });
    const { link: next } = adopt(
      {
        ...unborn,
        intents: [birth('one', 'First', '2026-12-01'), birth('two', 'Second', '2026-12-02')],
      },
      // Born of the second, and its text was edited since.
      { ...task, Description: 'Edited', ActivityDate: '2026-12-02' },
      LATER,
    );
    expect(next.base?.dueDate).toEqual({ app: '2026-12-02', sf: '2026-12-02' });
    expect(next.base?.details).toEqual({ app: 'Second', sf: 'Second' });
  });

  it('R8 I7 what a restored backup has forgotten was agreed to by nobody', () => {
    const forgotten: Intent = { ...create, requestId: 'forgotten', fields: {} };
    const bare = { ...task, Description: null };
    const alone = adopt({ ...unborn, intents: [forgotten] }, bare, LATER);
    expect(alone.link).toMatchObject({ base: null, salesforceId: task.Id });
    expect(alone.journal).toHaveLength(1);
    const born = { ...bare, Subject: 'Hi' };
    const { link: next, journal } = adopt({ ...unborn, intents: [create, forgotten] }, born, LATER);
    expect(next.base).toEqual(adopt({ ...unborn, intents: [create] }, born, LATER).link.base);
    expect(journal).toHaveLength(1);
  });

  it('R10 of several births that show alike the last is taken, and what nobody can tell is on record', () => {
    const birth = (requestId: string, details: string): Intent => ({
      ...update,
      requestId,
      kind: 'create',
      expectedRevision: null,
      fields: {
        name: { from: null, to: task.Subject, app: values.name },
        details: { from: null, to: details, app: details },
      },
    });
    const births = [birth('1', 'first'), birth('2', 'second')] as const;
    const NAMED = { from: null, to: 'Another', app: 'Another' };
    const unborn = {
      ...link,
      salesforceId: null,
      sf: { kind: 'unborn' },
      intents: births,
    } as const;
    const edited = adopt(unborn, { ...task, Description: 'by hand' }, LATER);
    expect(edited.link.base?.details).toEqual({ app: 'second', sf: 'second' });
    // R11: which of them has landed is not certain, so none is over.
    expect(edited.link.intents).toEqual(births);
    expect(edited.journal).toMatchObject([
      { kind: 'adopted' },
      { kind: 'conflict', field: 'details', rule: 'R10', lost: 'second', to: 'by hand' },
    ]);
    // Also where the record shows more of the first one: a person's value may have come of either.
    const renamed = { ...births[1], fields: { ...births[1].fields, name: NAMED } };
    const unlike = adopt(
      { ...unborn, intents: [births[0], renamed] },
      { ...task, Description: 'by hand' },
      LATER,
    );
    expect(unlike.link.base?.details).toEqual({ app: 'second', sf: 'second' });
    expect(unlike.link.base?.name).toEqual({ app: values.name, sf: task.Subject });
    const shown = adopt(unborn, { ...task, Subject: 'By hand', Description: 'first' }, LATER);
    expect(shown.link.base?.details).toEqual({ app: 'first', sf: 'first' });
    expect(shown.journal).toHaveLength(1);
  });

  it('R8 an adopted record keeps what a person changed there since its birth', () => {
    const { link: next, journal } = adopt(
      {
        ...unborn,
        intents: [{ ...create, fields: { details: { from: null, to: 'Mine', app: 'Mine' } } }],
      },
      { ...task, Description: 'Changed since' },
      LATER,
    );
    expect(journal).toMatchObject([{ kind: 'adopted', rule: 'R8' }]);
    const planned = plan(situation({ app: { ...values, details: 'Mine' }, link: next }));
    expect(planned.app).toMatchObject({ kind: 'patch', values: { details: 'Changed since' } });
    expect(planned.sf.kind).toBe('none');
  });
});

describe('faults', () => {
  it('B11.1 knows an unknown code as "other"', () => {
    expect(faultOf('BRAND_NEW_CODE', '')).toEqual({ class: 'other', whoseMove: 'admin' });
  });

  it('B11.1 tells apart the codes that mean two things, by Salesforce’s text', () => {
    const column = "No such column 'Tandem_Key__c' on sobject of type Task";
    expect(causeOf('INVALID_FIELD', column)).toBe('INVALID_FIELD');
    expect(faultOf('INVALID_FIELD', column)).toMatchObject({ class: 'access', whoseMove: 'admin' });
    for (const text of ['Read timed out', 'read time-out', 'connection timeout']) {
      expect(faultOf('INVALID_FIELD', text).class, text).toBe('intermittent');
    }
    const both = [
      'TotalRequests Limit exceeded.',
      'ConcurrentRequests (Concurrent API Requests) Limit exceeded.',
    ];
    expect(both.map((text) => causeOf('REQUEST_LIMIT_EXCEEDED', text))).toEqual([
      'REQUEST_LIMIT_EXCEEDED',
      'REQUEST_LIMIT_EXCEEDED/concurrent',
    ]);
    expect(causeOf('HTTP_418', '')).toBe('HTTP');
    expect(faultOf('constructor', '')).toEqual({ class: 'other', whoseMove: 'admin' });
  });

  it('B11.2 delays grow, are spread, and are bounded', () => {
    const delays = [1, 2, 3, 50].map((attempt) => retryDelayMs(attempt, 0.5));
    expect(delays).toEqual([...delays].sort((a, b) => a - b));
    expect(Math.max(...delays)).toBeLessThanOrEqual(15 * 60_000);
    expect(retryDelayMs(3, 0)).toBeLessThan(retryDelayMs(3, 0.99));
  });
});
