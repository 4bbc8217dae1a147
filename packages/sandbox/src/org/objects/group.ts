import { auditFields, field, type ObjectDef, READ_ONLY, values } from '../schema.ts';

export const GROUP: ObjectDef = {
  name: 'Group',
  label: 'Group',
  labelPlural: 'Groups',
  keyPrefix: '00G',
  writable: false,
  recycled: false,
  nameField: 'Name',
  children: [],
  fields: [
    field('Id', 'Group ID', 'id'),
    field('Name', 'Name', 'string', { length: 40, ...READ_ONLY }),
    field('DeveloperName', 'Developer Name', 'string', { length: 80, ...READ_ONLY }),
    field('Type', 'Type', 'picklist', {
      length: 40,
      values: values('Regular', 'Queue'),
      ...READ_ONLY,
    }),
    field('Email', 'Email', 'email', READ_ONLY),
    ...auditFields().filter((f) => f.name !== 'IsDeleted'),
  ],
};
