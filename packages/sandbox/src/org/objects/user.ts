import { auditFields, field, type ObjectDef, reference, values } from '../schema.ts';

/** Users are made by the seed and the controls; the API of this org reads them. */
export const USER: ObjectDef = {
  name: 'User',
  label: 'User',
  labelPlural: 'Users',
  keyPrefix: '005',
  writable: false,
  recycled: false,
  nameField: 'Name',
  children: [],
  fields: [
    field('Id', 'User ID', 'id'),
    field('Username', 'Username', 'string', { length: 80, nillable: false }),
    field('LastName', 'Last Name', 'string', { length: 80, nillable: false }),
    field('FirstName', 'First Name', 'string', { length: 40 }),
    field('Name', 'Full Name', 'string', { length: 121, createable: false, updateable: false }),
    field('CompanyName', 'Company Name', 'string', { length: 80 }),
    field('Title', 'Title', 'string', { length: 80 }),
    field('Email', 'Email', 'email', { length: 128 }),
    field('Phone', 'Phone', 'phone'),
    field('Alias', 'Alias', 'string', { length: 8 }),
    field('CommunityNickname', 'Nickname', 'string', { length: 40 }),
    field('IsActive', 'Active', 'boolean', { defaultValue: true }),
    field('TimeZoneSidKey', 'Time Zone', 'picklist', {
      length: 40,
      defaultedOnCreate: true,
      defaultValue: 'UTC',
    }),
    field('LocaleSidKey', 'Locale', 'picklist', {
      length: 40,
      defaultedOnCreate: true,
      defaultValue: 'en_US',
    }),
    field('LanguageLocaleKey', 'Language', 'picklist', {
      length: 40,
      defaultedOnCreate: true,
      defaultValue: 'en_US',
    }),
    field('EmailEncodingKey', 'Email Encoding', 'picklist', {
      length: 40,
      defaultedOnCreate: true,
      defaultValue: 'UTF-8',
    }),
    field('UserType', 'User Type', 'picklist', {
      length: 40,
      defaultedOnCreate: true,
      defaultValue: 'Standard',
      values: values('Standard'),
    }),
    reference('ProfileId', 'Profile ID', 'Profile', ['Profile']),
    reference('ManagerId', 'Manager ID', 'Manager', ['User']),
    ...auditFields().filter((f) => f.name !== 'IsDeleted'),
  ],
};
