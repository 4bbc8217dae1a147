import { isDead, type Row, TOKEN_FIELDS, textOf, tokenOf } from './history.ts';

/** What B2–B5 promise of two sides in step, said here once more without the engine's help. Null: they agree. */
export function disagreement(tasks: readonly Row[], records: readonly Row[]): string | null {
  const task = tasks.find((row) => !isDead('app', row));
  const record = records.find((row) => !isDead('sf', row));
  if (task === undefined && record === undefined) return null;
  if (task === undefined) return `alive in Salesforce only (${textOf(record?.Id)})`;
  if (record === undefined) return `alive in the app only (${textOf(task.task_id)})`;
  const pairs: [string, string, string][] = [
    ...TOKEN_FIELDS.map((field): [string, string, string] => [
      field,
      tokenOf('app', field, task),
      tokenOf('sf', field, record),
    ]),
    ['name', textOf(task.name), textOf(record.Subject)],
    ['status', STATUS[textOf(task.status)] ?? '', textOf(record.Status)],
    ['priority', PRIORITY[textOf(task.priority)] ?? '', textOf(record.Priority)],
  ];
  const differing = pairs.filter(([, app, sf]) => app !== sf);
  return differing.length === 0
    ? null
    : differing.map(([field, app, sf]) => `${field} is “${app}” here and “${sf}” there`).join(', ');
}

const STATUS: Readonly<Record<string, string>> = { open: 'Not Started', complete: 'Completed' };
const PRIORITY: Readonly<Record<string, string>> = { normal: 'Normal', high: 'High' };
