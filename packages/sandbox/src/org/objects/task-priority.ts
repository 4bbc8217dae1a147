import { auditFields, field, type ObjectDef, READ_ONLY } from '../schema.ts';

export const TASK_PRIORITY: ObjectDef = {
  name: 'TaskPriority',
  label: 'Task Priority Value',
  labelPlural: 'Task Priority Values',
  keyPrefix: '01P',
  writable: false,
  recycled: false,
  nameField: 'MasterLabel',
  children: [],
  fields: [
    field('Id', 'Task Priority Value ID', 'id'),
    field('MasterLabel', 'Master Label', 'string', { length: 255, ...READ_ONLY }),
    field('ApiName', 'API Name', 'string', { length: 255, ...READ_ONLY }),
    field('SortOrder', 'Sort Order', 'int', READ_ONLY),
    field('IsDefault', 'Is Default', 'boolean', READ_ONLY),
    field('IsHighPriority', 'Is High Priority', 'boolean', READ_ONLY),
    ...auditFields().filter((f) => f.name !== 'IsDeleted'),
  ],
};

export const TASK_PRIORITY_ROWS = [
  { ApiName: 'High', IsDefault: false, IsHighPriority: true },
  { ApiName: 'Normal', IsDefault: true, IsHighPriority: false },
  { ApiName: 'Low', IsDefault: false, IsHighPriority: false },
] as const;
