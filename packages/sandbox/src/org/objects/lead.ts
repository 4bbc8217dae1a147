import { auditFields, field, type ObjectDef, ownerField, READ_ONLY, values } from '../schema.ts';

export const LEAD: ObjectDef = {
  name: 'Lead',
  label: 'Lead',
  labelPlural: 'Leads',
  keyPrefix: '00Q',
  writable: true,
  recycled: true,
  nameField: 'Name',
  children: [{ name: 'Tasks', object: 'Task', field: 'WhoId' }],
  fields: [
    field('Id', 'Lead ID', 'id'),
    field('LastName', 'Last Name', 'string', { length: 80, nillable: false }),
    field('FirstName', 'First Name', 'string', { length: 40 }),
    field('Name', 'Full Name', 'string', { length: 121, createable: false, updateable: false }),
    field('Company', 'Company', 'string', { length: 255, nillable: false }),
    field('Title', 'Title', 'string', { length: 128 }),
    field('Email', 'Email', 'email'),
    field('Phone', 'Phone', 'phone'),
    field('Status', 'Status', 'picklist', {
      nillable: false,
      defaultedOnCreate: true,
      defaultValue: 'Open - Not Contacted',
      values: values(
        'Open - Not Contacted',
        'Working - Contacted',
        'Closed - Converted',
        'Closed - Not Converted',
      ),
    }),
    field('LeadSource', 'Lead Source', 'picklist', {
      length: 255,
      values: values('Web', 'Phone Inquiry', 'Partner Referral', 'Other'),
    }),
    field('City', 'City', 'string', { length: 40 }),
    field('IsConverted', 'Converted', 'boolean', READ_ONLY),
    field('Description', 'Description', 'textarea', { length: 32_000, filterable: false }),
    ownerField(),
    ...auditFields(),
  ],
};
