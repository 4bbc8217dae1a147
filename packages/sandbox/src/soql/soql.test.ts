import { beforeAll, describe, expect, it } from 'vitest';
import { idOf, type TestOrg, testOrg } from '../org/testing.ts';

let test: TestOrg;
let contact: string;

beforeAll(() => {
  test = testOrg();
  const { org, ann, bo } = test;
  const account = idOf(org.insert('Account', { Name: 'Harrow Lane' }, ann));
  contact = idOf(
    org.insert('Contact', { FirstName: 'Ida', LastName: 'Moss', AccountId: account }, ann),
  );
  const add = (fields: Record<string, unknown>, ctx = ann) => {
    org.clock.advance(1000);
    return idOf(org.insert('Task', fields, ctx));
  };
  add({ Subject: 'Alpha', ActivityDate: '2026-03-01', WhoId: contact, WhatId: account });
  add({ Subject: 'beta 100%', ActivityDate: '2026-03-02', Status: 'Completed', Priority: 'High' });
  add({ Subject: "it's_gamma", ActivityDate: '2026-03-03', Status: 'In Progress' });
  add({ Subject: 'delta', Priority: 'Low' });
  add({ ActivityDate: '2026-03-09' });
  add({ Subject: 'of Bo' }, bo);
  const gone = add({ Subject: 'gone' });
  org.remove('Task', gone, ann);
  const old = add({ Subject: 'old', Status: 'Completed', ActivityDate: '2024-01-01' });
  org.setArchived([old], true);
});

const subjects = (soql: string, all = false) =>
  test.org.query(soql, test.ann, { all }).records.map((row) => row.Subject);
const where = (condition: string) =>
  subjects(`SELECT Subject FROM Task WHERE ${condition} ORDER BY Id`);
/** What this process has computed so far, whatever else the machine does. */
const workMs = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
};

describe('SOQL', () => {
  it.each([
    ["Subject = 'ALPHA'", ['Alpha']],
    ["Subject != 'alpha'", ['beta 100%', "it's_gamma", 'delta', null]],
    ["Subject LIKE '%100\\%'", ['beta 100%']],
    ["Subject LIKE 'it_s\\_g%'", ["it's_gamma"]],
    ["Subject = 'it\\'s_gamma'", ["it's_gamma"]],
    ['Subject = null', [null]],
    ["Subject IN ('alpha', 'delta')", ['Alpha', 'delta']],
    ["Status NOT IN ('Not Started')", ['beta 100%', "it's_gamma"]],
    ["(Subject = 'alpha' OR Subject = 'delta') AND Priority = 'Low'", ['delta']],
    ["NOT (Status = 'Not Started' OR Status = 'Completed')", ["it's_gamma"]],
    ["(NOT Subject LIKE '%a%') AND ActivityDate != null", [null]],
    ['IsClosed = true', ['beta 100%']],
    ['ActivityDate < 2026-03-03', ['Alpha', 'beta 100%']],
    ['ActivityDate = TODAY', ['beta 100%']],
    ['ActivityDate = LAST_N_DAYS:1', ['Alpha', 'beta 100%']],
    ['ActivityDate = NEXT_N_DAYS:1', ["it's_gamma"]],
    ['ActivityDate > TODAY', ["it's_gamma", null]],
    ['ActivityDate = NEXT_WEEK', [null]],
    ["CreatedDate = TODAY AND Priority = 'High'", ['beta 100%']],
    ['CreatedDate > 2026-03-02T12:00:03Z', ['delta', null]],
    ['CreatedDate >= 2026-03-02T04:00:04.000-08:00', ['delta', null]],
    ["Who.Name = 'ida moss'", ['Alpha']],
    ["Who.Type = 'Contact' AND What.Name LIKE 'harrow%'", ['Alpha']],
    ["Account.Name = 'Harrow Lane'", ['Alpha']],
    ["WhoId IN (SELECT Id FROM Contact WHERE LastName = 'Moss')", ['Alpha']],
    ["OwnerId IN (SELECT Id FROM User WHERE Username = 'bo@test.example')", []],
    ["DAY_ONLY(CreatedDate) = 2026-03-02 AND Subject = 'delta'", ['delta']],
    ["Task.Subject = 'delta'", ['delta']],
  ])('WHERE %s', (condition, expected) => {
    expect(where(condition)).toEqual(expected);
  });

  it('orders by several fields, nulls first unless told otherwise', () => {
    expect(subjects('SELECT Subject FROM Task ORDER BY ActivityDate, Id')[0]).toBe('delta');
    expect(
      subjects(
        'SELECT Subject FROM Task ORDER BY ActivityDate DESC NULLS LAST, Subject LIMIT 2 OFFSET 1',
      ),
    ).toEqual(["it's_gamma", 'beta 100%']);
    expect(subjects('SELECT Subject FROM Task ORDER BY Priority, Subject DESC')).toEqual([
      'beta 100%',
      'delta',
      null,
      "it's_gamma",
      'Alpha',
    ]);
  });

  it('queryAll and ALL ROWS add the bin and the archive', () => {
    expect(subjects('SELECT Subject FROM Task', true)).toEqual(
      expect.arrayContaining(['gone', 'old']),
    );
    expect(subjects('SELECT Subject FROM Task ALL ROWS')).toHaveLength(7);
    expect(subjects('SELECT Subject FROM Task')).toHaveLength(5);
    expect(subjects('SELECT Subject FROM Task WHERE IsDeleted = true', true)).toEqual(['gone']);
  });

  it('answers in canonical spelling, with related rows inside', () => {
    const soql =
      "select id, SUBJECT, who.name, Who.TYPE, owner.Name, account.name, what.id from task where subject = 'alpha'";
    const [row] = test.org.query(soql, test.ann, { version: '58.0' }).records;
    expect(row).toMatchObject({
      attributes: { type: 'Task' },
      Subject: 'Alpha',
      Who: {
        attributes: { type: 'Name', url: `/services/data/v58.0/sobjects/Contact/${contact}` },
        Name: 'Ida Moss',
        Type: 'Contact',
      },
      Owner: { Name: 'Ann' },
      Account: { attributes: { type: 'Account' }, Name: 'Harrow Lane' },
    });
  });

  it('USING SCOPE mine leaves what the caller owns', () => {
    const soql = 'SELECT Id FROM Task USING SCOPE mine';
    expect(test.org.query(soql, test.admin).totalSize).toBe(0);
    expect(test.org.query(soql, test.bo).totalSize).toBe(1);
  });

  it('counts and groups', () => {
    const { org, ann } = test;
    expect(org.query('SELECT COUNT() FROM Task', ann)).toMatchObject({ totalSize: 5, records: [] });
    expect(org.query('SELECT COUNT(Id) FROM Task', ann).records).toEqual([
      { attributes: { type: 'AggregateResult' }, expr0: 5 },
    ]);
    const grouped = org.query(
      'SELECT Status, COUNT(Id) n, MAX(ActivityDate) FROM Task GROUP BY Status HAVING COUNT(Id) < 3 ORDER BY Status',
      ann,
    );
    expect(grouped.records).toEqual([
      { attributes: { type: 'AggregateResult' }, Status: 'Completed', n: 1, expr0: '2026-03-02' },
      { attributes: { type: 'AggregateResult' }, Status: 'In Progress', n: 1, expr0: '2026-03-03' },
    ]);
  });

  it('gives the children of a parent', () => {
    const [row] = test.org.query(
      'SELECT Name, (SELECT Subject FROM Tasks) FROM Contact',
      test.ann,
    ).records;
    expect(row).toMatchObject({ Name: 'Ida Moss', Tasks: { totalSize: 1, done: true } });
  });

  it.each([
    [
      'SELECT Id, Foo FROM Task',
      'INVALID_FIELD',
      "\nSELECT Id, Foo FROM Task\n           ^\nERROR at Row:1:Column:12\nNo such column 'Foo' on entity 'Task'.",
    ],
    [
      'SELECT Id, Foo.Name FROM Task',
      'INVALID_FIELD',
      "Didn't understand relationship 'Foo' in field path.",
    ],
    ['SELECT Who.Company FROM Task', 'INVALID_FIELD', "No such column 'Company' on entity 'Name'."],
    ['SELECT Id FROM Tusk', 'INVALID_TYPE', "sObject type 'Tusk' is not supported."],
    ['SELECT Id FROM', 'MALFORMED_QUERY', "unexpected token: '<EOF>'"],
    ['SELECT Id, FROM Task', 'MALFORMED_QUERY', "unexpected token: 'FROM'"],
    ['SELECT Id FROM Task WHERE', 'MALFORMED_QUERY', 'unexpected token'],
    [
      'SELECT Id FROM Task WHERE IsClosed = true OR IsDeleted = true AND Id = null',
      'MALFORMED_QUERY',
      "unexpected token: 'AND'",
    ],
    [
      "SELECT Id FROM Task WHERE Description = 'x'",
      'INVALID_FIELD',
      "field 'Description' can not be filtered in a query call",
    ],
    [
      'SELECT Id FROM Task ORDER BY Description',
      'INVALID_FIELD',
      "field 'Description' can not be sorted in a query call",
    ],
    [
      'SELECT Id FROM Task WHERE Subject = 5',
      'INVALID_FIELD',
      "value of filter criterion for field 'Subject' must be of type string and should be enclosed in quotes",
    ],
    [
      "SELECT Id FROM Task WHERE CreatedDate > '2026-01-01'",
      'INVALID_FIELD',
      "value of filter criterion for field 'CreatedDate' must be of type dateTime and should not be enclosed in quotes",
    ],
    [
      "SELECT Id FROM Task WHERE OwnerId = 'me'",
      'INVALID_QUERY_FILTER_OPERATOR',
      'invalid ID field: me',
    ],
    [
      'SELECT Subject, COUNT(Id) FROM Task GROUP BY Status',
      'MALFORMED_QUERY',
      'Field must be grouped or aggregated: Subject',
    ],
    ['SELECT FIELDS(ALL) FROM Task', 'MALFORMED_QUERY', 'LIMIT of at most 200'],
    [
      'SELECT Id FROM Task OFFSET 2001',
      'NUMBER_OUTSIDE_VALID_RANGE',
      'Maximum SOQL offset allowed is 2000',
    ],
  ])('refuses %s with %s', (soql, code, message) => {
    expect(() => test.org.query(soql, test.ann)).toThrowError(
      expect.objectContaining({ code, message: expect.stringContaining(message) }),
    );
  });

  it('pages by locator for two days, for the one who asked', () => {
    const big = testOrg();
    const rows = Array.from({ length: 450 }, () => ({ object: 'Task', fields: {} }));
    big.org.insertMany(rows, big.ann);
    const first = big.org.query('SELECT Id FROM Task', big.ann, { batchSize: 200 });
    const locator = first.nextLocator ?? '';
    expect(locator).toMatch(/^01g.*-200$/);
    const again = big.org.queryMore(locator, big.ann, { batchSize: 200 });
    expect(again).toMatchObject({ totalSize: 450, done: false });
    expect(big.org.queryMore(again.nextLocator ?? '', big.ann).records).toHaveLength(50);
    expect(() => big.org.queryMore(locator, big.bo)).toThrow('invalid query locator');
    big.org.clock.advance(2 * 86_400_000);
    expect(() => big.org.queryMore(locator, big.ann)).toThrow('invalid query locator');
  });

  it('reads 2,000 of 10,000 tasks quickly, and takes as many inserts in stride', () => {
    const big = testOrg();
    const began = workMs();
    for (let chunk = 0; chunk < 50; chunk += 1) {
      const rows = Array.from({ length: 200 }, (_, i) => ({
        object: 'Task',
        fields: { Subject: `n ${chunk} ${i}`, Tandem_Key__c: `${chunk}-${i}` },
      }));
      big.org.insertMany(rows, big.ann);
      big.org.clock.advance(1000);
    }
    const inserted = workMs();
    const soql =
      'SELECT Id, Subject, Status, Who.Name, Owner.Name, SystemModstamp FROM Task WHERE SystemModstamp >= 2026-03-02T12:00:10Z AND IsRecurrence = false ORDER BY SystemModstamp, Id';
    const page = big.org.query(soql, big.ann, { all: true });
    const read = workMs() - inserted;
    expect(page.totalSize).toBe(8000);
    expect(page.records).toHaveLength(2000);
    // Loose bounds for a slow machine: the work takes a tenth of them.
    expect(inserted - began).toBeLessThan(10_000);
    expect(read).toBeLessThan(1000);
  });
});
