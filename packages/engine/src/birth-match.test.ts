import { describe, expect, it } from 'vitest';
import { type BirthInDoubt, matchBirths, mayBeBirth } from './birth-match.ts';
import type { Intent } from './link.ts';
import type { SalesforceTask } from './salesforce-task.ts';
import { baseOf, EARLIER, LATER, NOON, STRANGER_SF, task, values } from './testing/builders.ts';

/** What we sent, and whether a record with these changes may have been born of it. */
function sent(own: Partial<SalesforceTask> = {}, more: Partial<Intent> = {}) {
  const base = baseOf(values, { ...task, ...own });
  const fields = Object.fromEntries(
    Object.entries(base).map(([field, pair]) => [
      field,
      { from: null, to: pair.sf, app: pair.app },
    ]),
  ) as unknown as Intent['fields'];
  const birth: Intent = {
    requestId: 'request-1',
    kind: 'create',
    sentAt: EARLIER,
    expectedRevision: null,
    fields,
    ...more,
  };
  const doubt: BirthInDoubt = {
    linkId: 'link-1',
    creationKey: 'key-1',
    births: [birth],
    former: null,
  };
  const may = (change: Partial<SalesforceTask>) =>
    mayBeBirth({ ...task, ...own, ...change }, doubt, 0);
  return { doubt, may };
}

const UNTOUCHED = { LastModifiedDate: EARLIER } as const;
const OTHER = {
  Subject: 'Lunch',
  Description: 'Two of us',
  ActivityDate: '2026-12-01',
  Priority: 'High',
} as const;

describe('which record was born of which create (R8)', () => {
  it('R8 one changed value is not enough to make a stranger of a record, whichever it is', () => {
    const { may } = sent();
    for (const [field, value] of Object.entries(OTHER)) expect(may({ [field]: value })).toBe(true);
    expect(may({ OwnerId: STRANGER_SF })).toBe(true);
    const bare = sent({ Description: null, ActivityDate: null });
    expect(bare.may({ Subject: 'Lunch' })).toBe(true);
    expect(bare.may({ Subject: 'Lunch', ...UNTOUCHED })).toBe(false);
  });

  it('R8 a text, a date or a link in common is enough on the list it was sent to', () => {
    const { may } = sent();
    expect(may(OTHER)).toBe(false);
    for (const field of ['Subject', 'Description', 'ActivityDate'] as const)
      expect(may({ ...OTHER, ...UNTOUCHED, [field]: task[field] })).toBe(true);
    const linked = sent({ WhoId: '003000000000001AAA' });
    expect(linked.may({ ...OTHER, ...UNTOUCHED })).toBe(true);
  });

  it('R8 a Subject names the task under another template too, but not as a part of a word', () => {
    const { may } = sent();
    expect(may({ ...OTHER, Subject: 'Call: Send the offer' })).toBe(true);
    expect(may({ ...OTHER, Subject: 'Send the offers' })).toBe(false);
  });

  it('R8 on another list a date alone says nothing, and an edited record needs two hints', () => {
    const { may } = sent();
    const theirs = { ...OTHER, OwnerId: STRANGER_SF, ActivityDate: task.ActivityDate };
    expect(may(theirs)).toBe(false);
    expect(may({ ...theirs, Subject: 'Call: Send the offer' })).toBe(true);
    expect(may({ ...theirs, Description: task.Description })).toBe(true);
  });

  it('R8 a Subject that is the same for every task tells only of an edited record', () => {
    const { may } = sent({ Subject: 'Follow-up' });
    const alike = { ...OTHER, Subject: 'Follow-up' };
    expect(may(alike)).toBe(true);
    expect(may({ ...alike, ...UNTOUCHED })).toBe(false);
    expect(may({ ...alike, OwnerId: STRANGER_SF })).toBe(false);
  });

  it('R8 a record is as old as its request, or as the backup that has forgotten it', () => {
    const early = { CreatedDate: '2026-11-24T08:00:00.000Z' };
    expect(sent().may(early)).toBe(false);
    const forgotten = sent({}, { sentAt: LATER, expectedRevision: early.CreatedDate });
    expect(forgotten.may(early)).toBe(true);
    expect(forgotten.may({ CreatedDate: '2026-11-24T07:59:59.000Z' })).toBe(false);
    expect(forgotten.may({ CreatedDate: '2026-11-24T12:21:00.000Z' })).toBe(false);
    expect(sent({}, { expectedRevision: '2026-11-24T08:00:00.900Z' }).may(early)).toBe(true);
  });

  it('R8 of what was sent and is forgotten nothing is born', () => {
    const { doubt, may } = sent({}, { fields: {} });
    expect(may({})).toBe(false);
    expect(matchBirths([doubt], [task], 0)).toEqual({
      pairs: [],
      unclear: [],
      absent: ['link-1'],
    });
  });

  it('R8 an equal record is ours, one changed at noon is asked about, none is absent', () => {
    const { doubt } = sent();
    const changed = { ...task, Subject: 'Lunch', LastModifiedDate: NOON };
    expect(matchBirths([doubt], [task], 0).pairs).toEqual([{ linkId: 'link-1', task }]);
    expect(matchBirths([doubt], [changed], 0).unclear).toEqual(['link-1']);
    expect(matchBirths([doubt], [], 0).absent).toEqual(['link-1']);
  });
});
