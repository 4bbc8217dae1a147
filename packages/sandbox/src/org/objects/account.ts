import { auditFields, field, type ObjectDef, ownerField, reference, values } from '../schema.ts';

export const ACCOUNT: ObjectDef = {
  name: 'Account',
  label: 'Account',
  labelPlural: 'Accounts',
  keyPrefix: '001',
  writable: true,
  recycled: true,
  nameField: 'Name',
  children: [
    { name: 'Contacts', object: 'Contact', field: 'AccountId' },
    { name: 'Opportunities', object: 'Opportunity', field: 'AccountId' },
    { name: 'Cases', object: 'Case', field: 'AccountId' },
    { name: 'Tasks', object: 'Task', field: 'WhatId' },
  ],
  fields: [
    field('Id', 'Account ID', 'id'),
    field('Name', 'Account Name', 'string', { length: 255, nillable: false }),
    field('Type', 'Account Type', 'picklist', {
      length: 255,
      values: values('Prospect', 'Customer - Direct', 'Channel Partner', 'Other'),
    }),
    reference('ParentId', 'Parent Account ID', 'Parent', ['Account']),
    field('BillingCity', 'Billing City', 'string', { length: 40 }),
    field('BillingCountry', 'Billing Country', 'string', { length: 80 }),
    field('Phone', 'Account Phone', 'phone'),
    field('Website', 'Website', 'url'),
    field('Industry', 'Industry', 'picklist', {
      values: values('Agriculture', 'Construction', 'Electronics', 'Retail', 'Technology', 'Other'),
    }),
    field('AnnualRevenue', 'Annual Revenue', 'currency'),
    field('NumberOfEmployees', 'Employees', 'int'),
    field('Description', 'Account Description', 'textarea', { length: 32_000, filterable: false }),
    // An external id that several rows may share: an upsert by it can answer 300.
    field('Legacy_Key__c', 'Legacy Key', 'string', { length: 40, custom: true, externalId: true }),
    ownerField('Owner ID', ['User']),
    ...auditFields(),
  ],
};
