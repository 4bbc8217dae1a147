import { beforeEach, describe, expect, it } from 'vitest';
import { SYSTEM_CTX } from './base-rows.ts';
import { addTask, errorOf, idOf, type TestOrg, taskOf, testOrg } from './testing.ts';

let test: TestOrg;
beforeEach(() => {
  test = testOrg();
});

describe('a new task', () => {
  it('with nothing given gets the defaults of the org', () => {
    expect(taskOf(test, addTask(test))).toMatchObject({
      Subject: null,
      Status: 'Not Started',
      Priority: 'Normal',
      OwnerId: test.ann.userId,
      CreatedById: test.ann.userId,
      IsClosed: false,
      IsHighPriority: false,
      IsReminderSet: false,
      IsArchived: false,
      IsDeleted: false,
      TaskSubtype: 'Task',
      CompletedDateTime: null,
      CreatedDate: '2026-03-02T12:00:00.000+0000',
      SystemModstamp: '2026-03-02T12:00:00.000+0000',
      WhoCount: 0,
    });
  });

  it('takes field names in any case', () => {
    expect(taskOf(test, addTask(test, { sUBJECT: 'x' })).Subject).toBe('x');
  });

  it('loses ASCII blanks at the ends of text, keeps no-break spaces and line ends', () => {
    const id = addTask(test, {
      Subject: ' \t\u00a0 in \u00a0\n',
      Description: '\r\none\r\ntwo\nthree  ',
      CallDisposition: '   ',
    });
    expect(taskOf(test, id)).toMatchObject({
      Subject: '\u00a0 in \u00a0',
      Description: 'one\r\ntwo\nthree',
      CallDisposition: null,
    });
  });

  it.each([
    [
      { Subject: 'x'.repeat(256) },
      `STRING_TOO_LONG Subject: data value too large: ${'x'.repeat(256)} (max length=255)`,
    ],
    [
      { OwnerId: 'INVALID_OWNER' },
      'MALFORMED_ID Assigned To ID: id value of incorrect type: INVALID_OWNER',
    ],
    [{ WhoId: '003bm0000000099' }, 'INVALID_CROSS_REFERENCE_KEY invalid cross reference id'],
    [{ foo: 1 }, "INVALID_FIELD No such column 'foo' on sobject of type Task"],
    [
      { Id: '00Tbm0000000001' },
      'INVALID_FIELD_FOR_INSERT_UPDATE cannot specify Id in an insert call',
    ],
    [
      { IsClosed: true, CreatedDate: '2026-01-01' },
      'INVALID_FIELD_FOR_INSERT_UPDATE Unable to create/update fields: IsClosed, CreatedDate. Please check the security settings of this field and verify that it is read/write for your profile or permission set.',
    ],
    [
      { TaskSubtype: 'Carrier pigeon' },
      'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST Task Subtype: bad value for restricted picklist field: Carrier pigeon',
    ],
    [{ Status: null }, 'REQUIRED_FIELD_MISSING Required fields are missing: [Status]'],
    [
      { ActivityDate: '2026-02-30' },
      'JSON_PARSER_ERROR Cannot deserialize instance of date from VALUE_STRING value 2026-02-30 or request may be missing a required field',
    ],
    [
      { IsReminderSet: 'maybe' },
      'JSON_PARSER_ERROR Cannot deserialize instance of boolean from VALUE_STRING value maybe or request may be missing a required field',
    ],
    [
      { CallDurationInSeconds: 1.5 },
      'JSON_PARSER_ERROR Cannot deserialize instance of int from VALUE_NUMBER_FLOAT value 1.5 or request may be missing a required field',
    ],
  ])('with %j is refused', (fields, message) => {
    expect(errorOf(test.org.insert('Task', fields, test.ann))).toBe(message);
    expect(test.org.count('Task')).toBe(0);
  });

  it('keeps an unknown status unless the picklist is restricted', () => {
    const id = addTask(test, { Status: 'Parked' });
    expect(taskOf(test, id)).toMatchObject({ Status: 'Parked', IsClosed: false });
    test.org.changeSettings({ restrictedPicklists: ['Task.Status'] });
    expect(errorOf(test.org.insert('Task', { Status: 'Parked' }, test.ann))).toMatch(
      /^INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST Status: bad value/,
    );
  });

  it('takes its account from What, else from the contact', () => {
    const account = idOf(test.org.insert('Account', { Name: 'Fennimore Mills' }, test.ann));
    const other = idOf(test.org.insert('Account', { Name: 'Quillback Tools' }, test.ann));
    const contact = idOf(
      test.org.insert('Contact', { LastName: 'Ode', AccountId: account }, test.ann),
    );
    expect(taskOf(test, addTask(test, { WhoId: contact })).AccountId).toBe(account);
    expect(taskOf(test, addTask(test, { WhoId: contact, WhatId: other })).AccountId).toBe(other);
  });
});

describe('the life of a task', () => {
  it('completing sets the moment, reopening clears it', () => {
    const id = addTask(test);
    test.org.clock.advance(5000);
    test.org.update('Task', id, { Status: 'Completed' }, test.ann);
    expect(taskOf(test, id)).toMatchObject({
      IsClosed: true,
      CompletedDateTime: '2026-03-02T12:00:05.000+0000',
      LastModifiedDate: '2026-03-02T12:00:05.000+0000',
    });
    test.org.update('Task', id, { Status: 'In Progress' }, test.ann);
    expect(taskOf(test, id)).toMatchObject({ IsClosed: false, CompletedDateTime: null });
  });

  it('a delete goes to the bin, moves SystemModstamp only, and can be undone', () => {
    const id = addTask(test);
    test.org.clock.advance(2000);
    expect(test.org.remove('Task', id, test.ann).ok).toBe(true);
    expect(test.org.lookup('Task', id, test.ann)).toEqual({ kind: 'deleted' });
    expect(errorOf(test.org.update('Task', id, { Subject: 'x' }, test.ann))).toBe(
      'ENTITY_IS_DELETED entity is deleted',
    );
    expect(test.org.deletedRows('Task', test.ann)[0]).toMatchObject({
      IsDeleted: true,
      LastModifiedDate: '2026-03-02T12:00:00.000+0000',
      SystemModstamp: '2026-03-02T12:00:02.000+0000',
    });
    expect(test.org.undelete(id, test.ann).ok).toBe(true);
    expect(taskOf(test, id).IsDeleted).toBe(false);
  });

  it('leaves the bin for good after 15 days', () => {
    const id = addTask(test);
    test.org.remove('Task', id, test.ann);
    test.org.clock.advance(15.2 * 86_400_000);
    expect(test.org.deletedRows('Task', test.ann)).toEqual([]);
    expect(errorOf(test.org.update('Task', id, {}, test.ann))).toMatch(
      /^INVALID_CROSS_REFERENCE_KEY/,
    );
  });

  it('is archived by the night job a year after its date, beneath LastModifiedDate', () => {
    const id = addTask(test, { Status: 'Completed', ActivityDate: '2025-02-01' });
    addTask(test, { ActivityDate: '2025-02-01' });
    test.org.clock.advance(1000);
    expect(test.org.runArchiver()).toEqual([id]);
    expect(taskOf(test, id)).toMatchObject({
      IsArchived: true,
      LastModifiedDate: '2026-03-02T12:00:00.000+0000',
    });
  });
});

describe('the creation key', () => {
  it('is unique, and the refusal names the row that has it', () => {
    const id = addTask(test, { Tandem_Key__c: 'k' });
    expect(errorOf(test.org.insert('Task', { Tandem_Key__c: 'k' }, test.ann))).toBe(
      `DUPLICATE_VALUE duplicate value found: Tandem_Key__c duplicates value on record with id: ${id.slice(0, 15)}`,
    );
    addTask(test, { Tandem_Key__c: 'K' });
  });

  it('is free again while its row is in the bin, and undelete then fails', () => {
    const id = addTask(test, { Tandem_Key__c: 'k' });
    test.org.remove('Task', id, test.ann);
    addTask(test, { Tandem_Key__c: 'k' });
    expect(errorOf(test.org.undelete(id, test.ann))).toMatch(/^DUPLICATE_VALUE/);
  });

  it('is unknown when the org is without the field', () => {
    test.org.changeSettings({ creationKeyField: false });
    expect(errorOf(test.org.insert('Task', { Tandem_Key__c: 'k' }, test.ann))).toBe(
      "INVALID_FIELD No such column 'Tandem_Key__c' on sobject of type Task",
    );
    expect(() => test.org.query('SELECT Tandem_Key__c FROM Task', test.ann)).toThrow(
      /No such column/,
    );
  });
});

describe('many rows at once', () => {
  it('with allOrNone one bad row undoes all', () => {
    const rows = [{ Subject: 'a' }, { WhoId: 'x' }].map((fields) => ({ object: 'Task', fields }));
    const results = test.org.insertMany(rows, test.ann, { allOrNone: true });
    expect(results.map(errorOf)).toEqual([
      expect.stringMatching(/^ALL_OR_NONE_OPERATION_ROLLED_BACK/),
      expect.stringMatching(/^MALFORMED_ID/),
    ]);
    expect(test.org.count('Task')).toBe(0);
  });

  it('tells its followers of one commit with the final state of each row', () => {
    const heard: unknown[] = [];
    const stop = test.org.onCommit((commit) =>
      heard.push(commit.changes.map((c) => [c.kind, c.id])),
    );
    const ids = test.org
      .insertMany(
        [
          { object: 'Task', fields: {} },
          { object: 'Task', fields: {} },
        ],
        test.ann,
      )
      .map(idOf);
    test.org.remove('Task', ids[0] ?? '', test.ann);
    stop();
    addTask(test);
    expect(heard).toEqual([ids.map((id) => ['insert', id]), [['delete', ids[0]]]]);
  });

  it('an open transaction stamps rows when they are written and shows them at commit', () => {
    const open = test.org.openTransaction(test.ann);
    open.insert('Task', { Subject: 'late' });
    test.org.clock.advance(600_000);
    expect(test.org.count('Task')).toBe(0);
    const window = { start: '2026-03-02T11:00:00Z', end: '2026-03-02T12:30:00Z' };
    expect(test.org.updated('Task', window, test.ann).latestDateCovered).toBe(
      '2026-03-02T12:00:00.000+0000',
    );
    open.commit();
    const [row] = test.org.query('SELECT SystemModstamp FROM Task', test.ann).records;
    expect(row?.SystemModstamp).toBe('2026-03-02T12:00:00.000+0000');
    expect(test.org.updated('Task', window, test.ann).latestDateCovered).toBe(
      '2026-03-02T12:10:00.000+0000',
    );
  });
});

describe('who may do what', () => {
  it('an ordinary user neither sees nor edits the unrelated task of another', () => {
    const id = addTask(test);
    expect(test.org.retrieve('Task', id, test.bo)).toBeNull();
    expect(errorOf(test.org.update('Task', id, { Subject: 'x' }, test.bo))).toBe(
      'INSUFFICIENT_ACCESS_OR_READONLY insufficient access rights on object id',
    );
    expect(test.org.query('SELECT Id FROM Task', test.bo).totalSize).toBe(0);
  });

  it('a related record that all may read makes the task readable, not editable', () => {
    const what = idOf(test.org.insert('Account', { Name: 'Pennard' }, test.ann));
    const id = addTask(test, { WhatId: what });
    expect(test.org.retrieve('Task', id, test.bo)).not.toBeNull();
    expect(test.org.mayEdit('Task', id, test.bo)).toBe(false);
    test.org.changeSettings({ parentAccess: 'private' });
    expect(test.org.retrieve('Task', id, test.bo)).toBeNull();
  });

  it('controlled by parent, who edits the parent edits the task, and who reads it reads', () => {
    test.org.changeSettings({ activityAccess: 'controlled_by_parent' });
    const what = idOf(test.org.insert('Account', { Name: 'Pennard' }, test.bo));
    const id = addTask(test, { WhatId: what });
    expect(test.org.mayEdit('Task', id, test.bo)).toBe(true);
    const own = idOf(test.org.insert('Account', { Name: 'Ashcombe' }, test.ann));
    test.org.update('Task', id, { WhatId: own }, test.ann);
    expect(test.org.mayEdit('Task', id, test.bo)).toBe(false);
    expect(test.org.retrieve('Task', id, test.bo)).not.toBeNull();
  });

  it('an administrator may edit, and a task given away is gone for its old owner', () => {
    const id = addTask(test);
    expect(test.org.update('Task', id, { OwnerId: test.bo.userId }, test.admin).ok).toBe(true);
    expect(test.org.retrieve('Task', id, test.ann)).toBeNull();
    expect(test.org.mayEdit('Task', id, test.bo)).toBe(true);
  });

  it('lost access shows nothing in any feed', () => {
    const id = addTask(test);
    test.org.hide(test.ann.userId, [id]);
    expect(test.org.retrieve('Task', id, test.ann)).toBeNull();
    expect(test.org.query('SELECT Id FROM Task', test.ann, { all: true }).totalSize).toBe(0);
    test.org.unhide(test.ann.userId, 'all');
    expect(test.org.retrieve('Task', id, test.ann)).not.toBeNull();
  });

  it('setup rows are not written through the API', () => {
    expect(errorOf(test.org.insert('TaskStatus', {}, test.admin))).toMatch(/^CANNOT_INSERT/);
    const [status] = test.org.query('SELECT Id FROM TaskStatus', SYSTEM_CTX).records;
    expect(errorOf(test.org.remove('TaskStatus', String(status?.Id), test.admin))).toMatch(
      /^CANNOT/,
    );
  });
});
