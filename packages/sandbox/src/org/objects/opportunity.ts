import {
  auditFields,
  field,
  type ObjectDef,
  ownerField,
  READ_ONLY,
  reference,
  values,
} from '../schema.ts';

export const OPPORTUNITY: ObjectDef = {
  name: 'Opportunity',
  label: 'Opportunity',
  labelPlural: 'Opportunities',
  keyPrefix: '006',
  writable: true,
  recycled: true,
  nameField: 'Name',
  children: [{ name: 'Tasks', object: 'Task', field: 'WhatId' }],
  fields: [
    field('Id', 'Opportunity ID', 'id'),
    reference('AccountId', 'Account ID', 'Account', ['Account']),
    field('Name', 'Name', 'string', { length: 120, nillable: false }),
    field('StageName', 'Stage', 'picklist', {
      nillable: false,
      values: values(
        'Prospecting',
        'Qualification',
        'Proposal/Price Quote',
        'Negotiation/Review',
        'Closed Won',
        'Closed Lost',
      ),
    }),
    field('CloseDate', 'Close Date', 'date', { nillable: false }),
    field('Amount', 'Amount', 'currency'),
    field('Probability', 'Probability (%)', 'percent'),
    field('IsClosed', 'Closed', 'boolean', READ_ONLY),
    field('IsWon', 'Won', 'boolean', READ_ONLY),
    field('Description', 'Description', 'textarea', { length: 32_000, filterable: false }),
    ownerField('Owner ID', ['User']),
    ...auditFields(),
  ],
};
