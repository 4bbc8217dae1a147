import type { Mutant } from './mutant.ts';

const FIELD_MAP = 'packages/engine/src/field-map.ts';
const INTAKE = 'packages/sync/src/intake.ts';
const READ_RECORDS = 'packages/sync/src/read-records.ts';

/** Mistakes that are common in connectors. */
export const commonMistakes: readonly Mutant[] = [
  {
    name: 'echo-by-author',
    rule: 'E2',
    sentence: 'A change whose author is the connected user is taken for our own and skipped.',
    changes: [
      {
        file: INTAKE,
        find: '    const known = byId.get(task.Id);\n',
        replace:
          '    if (task.LastModifiedById === run.connection.salesforceUserId) continue;\n' +
          '    const known = byId.get(task.Id);\n',
      },
    ],
  },
  {
    name: 'absence-is-deletion',
    rule: 'B7.2',
    sentence: 'A record that is not shown is taken to be deleted.',
    changes: [
      {
        file: READ_RECORDS,
        find: "sf: { kind: 'missing', seenAt }",
        replace:
          "sf: link.sf.kind === 'seen' ? { ...link.sf, task: { ...link.sf.task, IsDeleted: true }, seenAt } : link.sf",
      },
    ],
  },
  {
    name: 'date-through-a-clock-type',
    rule: 'B1.1',
    sentence: 'A due date passes through a type with a clock and a time zone on its way.',
    changes: [
      {
        file: FIELD_MAP,
        find: 'dueDate: (values) => ({ value: values.dueDate }),',
        replace:
          "dueDate: (values) => ({ value: values.dueDate === null ? null : new Date(values.dueDate).toLocaleDateString('sv') }),",
      },
    ],
  },
];
