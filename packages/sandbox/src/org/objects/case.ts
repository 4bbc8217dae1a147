import {
  auditFields,
  field,
  type ObjectDef,
  ownerField,
  READ_ONLY,
  reference,
  values,
} from '../schema.ts';

export const CASE: ObjectDef = {
  name: 'Case',
  label: 'Case',
  labelPlural: 'Cases',
  keyPrefix: '500',
  writable: true,
  recycled: true,
  nameField: 'CaseNumber',
  children: [{ name: 'Tasks', object: 'Task', field: 'WhatId' }],
  fields: [
    field('Id', 'Case ID', 'id'),
    field('CaseNumber', 'Case Number', 'string', { length: 30, nillable: false, ...READ_ONLY }),
    reference('ContactId', 'Contact ID', 'Contact', ['Contact']),
    reference('AccountId', 'Account ID', 'Account', ['Account']),
    field('Subject', 'Subject', 'string', { length: 255 }),
    field('Status', 'Status', 'picklist', {
      nillable: false,
      defaultedOnCreate: true,
      defaultValue: 'New',
      values: values('New', 'Working', 'Escalated', 'Closed'),
    }),
    field('Priority', 'Priority', 'picklist', {
      defaultedOnCreate: true,
      defaultValue: 'Medium',
      values: values('High', 'Medium', 'Low'),
    }),
    field('IsClosed', 'Closed', 'boolean', READ_ONLY),
    field('Description', 'Description', 'textarea', { length: 32_000, filterable: false }),
    ownerField(),
    ...auditFields(),
  ],
};
