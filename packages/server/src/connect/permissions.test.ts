import type { Reply } from '@tandem/engine';
import type { TaskAccess } from '@tandem/salesforce';
import { expect, test } from 'vitest';
import { grantedIn, permissionsOf } from './permissions.ts';

const both = { createable: true, updateable: true };
const ALL: TaskAccess = {
  queryable: true,
  createable: true,
  updateable: true,
  deletable: true,
  fields: Object.fromEntries(
    [
      'Subject',
      'Status',
      'Priority',
      'ActivityDate',
      'Description',
      'OwnerId',
      'WhoId',
      'WhatId',
    ].map((name) => [name, both]),
  ),
};
const ok = (access: TaskAccess): Reply<{ access: TaskAccess }> => ({
  kind: 'ok',
  value: { access },
  serverTime: '2026-11-24T12:00:00.000Z',
  usage: null,
});
const fault = (code: string): Reply<{ access: TaskAccess }> => ({
  kind: 'fault',
  fault: { code, message: '', fields: [], httpStatus: 403 },
});
const missing = (reply: Reply<{ access: TaskAccess }>) =>
  permissionsOf(reply)
    .filter(({ granted }) => !granted)
    .map(({ name, field }) => [name, field]);

test('B6.1 an account that may do everything misses nothing', () => {
  expect(missing(ok(ALL))).toEqual([]);
  expect(permissionsOf(ok(ALL)).map(({ name }) => name)).toEqual([
    'api',
    'task_read',
    'task_create',
    'task_edit',
    'task_delete',
  ]);
});

test('B6.1 a missing permission is named, of the object and of each field', () => {
  const { Priority: _, ...fields } = ALL.fields;
  const readOnly = { ...fields, ActivityDate: { createable: true, updateable: false } };
  expect(missing(ok({ ...ALL, deletable: false, fields: readOnly }))).toEqual([
    ['task_delete', null],
    ['field_read', 'Priority'],
    ['field_edit', 'ActivityDate'],
  ]);
});

test('B6.1 an account without the API, or without tasks, is told apart from an outage', () => {
  expect(missing(fault('API_DISABLED_FOR_ORG'))).toEqual([['api', null]]);
  expect(missing(fault('NOT_FOUND'))).toEqual([['task_read', null]]);
  expect(() => permissionsOf(fault('SERVER_UNAVAILABLE'))).toThrow();
});

test('B11.2 each permission has a name, so that one more is noticed', () => {
  const subjectOnly = {
    ...ALL,
    deletable: false,
    fields: { Subject: { createable: true, updateable: false } },
  };
  expect(grantedIn(subjectOnly, 'Key__c')).toEqual([
    'queryable',
    'createable',
    'updateable',
    'Subject:read',
    'Subject:create',
  ]);
  const more = grantedIn({ ...ALL, fields: { ...ALL.fields, Key__c: both } }, 'Key__c');
  expect(more).toEqual(expect.arrayContaining(['deletable', 'Subject:update', 'Key__c:create']));
});
