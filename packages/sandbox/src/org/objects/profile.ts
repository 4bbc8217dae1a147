import { auditFields, field, type ObjectDef, READ_ONLY } from '../schema.ts';

export const ADMINISTRATOR = 'System Administrator';
export const STANDARD_USER = 'Standard User';

export const PROFILE: ObjectDef = {
  name: 'Profile',
  label: 'Profile',
  labelPlural: 'Profiles',
  keyPrefix: '00e',
  writable: false,
  recycled: false,
  nameField: 'Name',
  children: [],
  fields: [
    field('Id', 'Profile ID', 'id'),
    field('Name', 'Name', 'string', { length: 255, ...READ_ONLY }),
    field('PermissionsModifyAllData', 'Modify All Data', 'boolean', READ_ONLY),
    field('PermissionsViewAllData', 'View All Data', 'boolean', READ_ONLY),
    ...auditFields().filter((f) => f.name !== 'IsDeleted'),
  ],
};
