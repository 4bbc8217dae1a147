import { auditFields, field, type ObjectDef, READ_ONLY } from '../schema.ts';

export const ORGANIZATION: ObjectDef = {
  name: 'Organization',
  label: 'Organization',
  labelPlural: 'Organizations',
  keyPrefix: '00D',
  writable: false,
  recycled: false,
  nameField: 'Name',
  children: [],
  fields: [
    field('Id', 'Organization ID', 'id'),
    field('Name', 'Name', 'string', { length: 80, ...READ_ONLY }),
    field('InstanceName', 'Instance Name', 'string', { length: 5, ...READ_ONLY }),
    field('IsSandbox', 'Is Sandbox', 'boolean', READ_ONLY),
    field('OrganizationType', 'Edition', 'picklist', { length: 40, ...READ_ONLY }),
    field('NamespacePrefix', 'Namespace Prefix', 'string', { length: 15, ...READ_ONLY }),
    field('TrialExpirationDate', 'Trial Expiration Date', 'datetime', READ_ONLY),
    field('LanguageLocaleKey', 'Language', 'picklist', { length: 40, ...READ_ONLY }),
    field('TimeZoneSidKey', 'Time Zone', 'picklist', { length: 40, ...READ_ONLY }),
    field('DefaultLocaleSidKey', 'Locale', 'picklist', { length: 40, ...READ_ONLY }),
    ...auditFields().filter((f) => f.name !== 'IsDeleted'),
  ],
};
