import { type SalesforceTask, STANDARD_PRIORITY_MAP, STANDARD_STATUS_MAP } from '@tandem/engine';
import type { SalesforceSideView, TaskView } from '@tandem/store';
import { describe, expect, test } from 'vitest';
import { presentSides } from './sides.ts';

const AT = '2026-11-24T09:30:00.000Z';
const ME = '005000000000001AAA';

const task = (
  change: Partial<TaskView>,
  state: TaskView['sync']['state'] = 'in_step',
): TaskView => ({
  id: '3f0c2c6e-52c4-4b4b-9f2a-6f4a1f6f0a01',
  name: 'Call Osterly',
  type: 'call',
  status: 'open',
  priority: 'normal',
  dueDate: '2026-11-24',
  details: '',
  ownerId: 'user1',
  createdBy: 'user1',
  person: null,
  related: null,
  campaign: null,
  callOutcome: null,
  callReason: null,
  origin: 'app',
  createdAt: AT,
  updatedAt: AT,
  completedAt: null,
  trashedAt: null,
  trashedBySync: false,
  revision: 1,
  sync: {
    state,
    reason: null,
    message: null,
    problem: null,
    salesforceId: '00T000000000001AAA',
    instanceUrl: null,
    salesforceStatus: 'Not Started',
    salesforcePriority: 'Normal',
    lastSyncedAt: AT,
  },
  ...change,
});

const side = (
  change: Partial<SalesforceTask>,
  template = '{{activity_subject}}',
): SalesforceSideView => ({
  seenAt: AT,
  origin: 'app',
  ownerName: 'Mara',
  policy: {
    status: STANDARD_STATUS_MAP,
    priority: STANDARD_PRIORITY_MAP,
    subjectTemplate: template,
    owners: { toApp: { [ME]: 'user1' }, toSf: { user1: ME } },
  },
  task: {
    Id: '00T000000000001AAA',
    Subject: 'Call Osterly',
    Status: 'Not Started',
    IsClosed: false,
    Priority: 'Normal',
    ActivityDate: '2026-11-24',
    Description: null,
    OwnerId: ME,
    WhoId: null,
    WhatId: null,
    WhoName: null,
    WhoType: null,
    WhatName: null,
    WhatType: null,
    IsDeleted: false,
    IsArchived: false,
    IsRecurrence: false,
    CreatedDate: AT,
    LastModifiedDate: AT,
    LastModifiedById: ME,
    SystemModstamp: AT,
    CreationKey: null,
    ...change,
  },
});

const fields = (...given: Parameters<typeof presentSides>) => presentSides(...given).fields;

describe('both sides of a task', () => {
  test('B2 agree as the engine has it: Open is Not Started, no details are none', () => {
    const states = fields(task({}), side({}));
    expect(new Set(Object.values(states ?? {}))).toEqual(new Set(['same']));
    expect(presentSides(task({}), side({})).salesforce).toMatchObject({
      status: 'Not Started',
      ownerName: 'Mara',
      stampedAt: AT,
    });
  });

  test('B11.4 a stamp that Salesforce was not asked for yet is none, not the year 1970', () => {
    const unread = side({ SystemModstamp: '1970-01-01T00:00:00.000Z' });
    expect(presentSides(task({}), unread).salesforce).toMatchObject({ stampedAt: null });
  });

  test('B3.2 B4.1 B5.4 what is not mapped, and a Subject of Salesforce’s own, is kept apart', () => {
    const given = { Status: 'Deferred', Priority: 'Low', Subject: 'Renamed there' };
    expect(fields(task({}), side(given))).toMatchObject({
      status: 'apart',
      priority: 'apart',
      name: 'apart',
      dueDate: 'same',
    });
    expect(fields(task({}), side({ Status: 'Deferred' }))?.name).toBe('same');
  });

  test('a change that has not arrived is on its way; one that nobody carries differs', () => {
    const moved = task({ dueDate: null, name: 'New name' }, 'sending');
    expect(fields(moved, side({}))).toMatchObject({ dueDate: 'on_its_way', name: 'on_its_way' });
    expect(fields(moved, side({}, 'Call'))?.name).toBe('apart');
    expect(fields(task({ dueDate: null }, 'not_synced'), side({}))?.dueDate).toBe('differs');
    expect(fields(task({}), side({ OwnerId: '005000000000009AAA' }))?.owner).toBe('differs');
  });

  test('B7.2 a record that was never seen, or is not shown any more, is none', () => {
    expect(presentSides(task({}), 'unseen')).toEqual({
      salesforce: null,
      isMissing: false,
      fields: null,
    });
    expect(presentSides(task({}), 'missing').isMissing).toBe(true);
  });
});
