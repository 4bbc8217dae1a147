import { auditFields, field, type ObjectDef, READ_ONLY } from '../schema.ts';

export const TASK_STATUS: ObjectDef = {
  name: 'TaskStatus',
  label: 'Task Status Value',
  labelPlural: 'Task Status Values',
  keyPrefix: '01J',
  writable: false,
  recycled: false,
  nameField: 'MasterLabel',
  children: [],
  fields: [
    field('Id', 'Task Status Value ID', 'id'),
    field('MasterLabel', 'Master Label', 'string', { length: 255, ...READ_ONLY }),
    field('ApiName', 'API Name', 'string', { length: 255, ...READ_ONLY }),
    field('SortOrder', 'Sort Order', 'int', READ_ONLY),
    field('IsDefault', 'Is Default', 'boolean', READ_ONLY),
    field('IsClosed', 'Is Closed', 'boolean', READ_ONLY),
    ...auditFields().filter((f) => f.name !== 'IsDeleted'),
  ],
};

/** The picklist of a fresh org. Which one is closed is data: an org may have several. */
export const TASK_STATUS_ROWS = [
  { ApiName: 'Not Started', IsDefault: true, IsClosed: false },
  { ApiName: 'In Progress', IsDefault: false, IsClosed: false },
  { ApiName: 'Completed', IsDefault: false, IsClosed: true },
  { ApiName: 'Waiting on someone else', IsDefault: false, IsClosed: false },
  { ApiName: 'Deferred', IsDefault: false, IsClosed: false },
] as const;
