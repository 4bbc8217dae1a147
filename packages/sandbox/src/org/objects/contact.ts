import { auditFields, field, type ObjectDef, ownerField, reference } from '../schema.ts';

export const CONTACT: ObjectDef = {
  name: 'Contact',
  label: 'Contact',
  labelPlural: 'Contacts',
  keyPrefix: '003',
  writable: true,
  recycled: true,
  nameField: 'Name',
  children: [{ name: 'Tasks', object: 'Task', field: 'WhoId' }],
  fields: [
    field('Id', 'Contact ID', 'id'),
    reference('AccountId', 'Account ID', 'Account', ['Account']),
    field('LastName', 'Last Name', 'string', { length: 80, nillable: false }),
    field('FirstName', 'First Name', 'string', { length: 40 }),
    field('Name', 'Full Name', 'string', { length: 121, createable: false, updateable: false }),
    field('Title', 'Title', 'string', { length: 128 }),
    field('Department', 'Department', 'string', { length: 80 }),
    field('Email', 'Email', 'email'),
    field('Phone', 'Business Phone', 'phone'),
    field('MobilePhone', 'Mobile Phone', 'phone'),
    field('MailingCity', 'Mailing City', 'string', { length: 40 }),
    field('Description', 'Contact Description', 'textarea', { length: 32_000, filterable: false }),
    ownerField('Owner ID', ['User']),
    ...auditFields(),
  ],
};
