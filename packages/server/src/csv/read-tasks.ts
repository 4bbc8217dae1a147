import {
  CSV_COLUMNS,
  CSV_EXTRA_COLUMNS,
  CSV_ROWS_MAX,
  type ImportResult,
  newTask,
  type RowFault,
} from '@tandem/api';
import type { ImportRow, NewTaskRow, TaskRowPatch } from '@tandem/store';
import type { z } from 'zod';
import { safeParse } from 'zod/v4/core';
import { plainWords } from '../http/validation.ts';
import { COLUMNS_ZH } from '../texts/csv-columns-zh-cn.ts';
import type { Cell } from './format.ts';
import { CsvBroken, type CsvRow, parseCsv } from './parse.ts';

type Column = (typeof CSV_COLUMNS)[number];
export type RowError = ImportResult['errors'][number];

export interface ReadRow extends ImportRow {
  readonly line: number;
}

export interface People {
  /** Whose task a new row is that names no owner. */
  readonly self: string;
  /** User ids by e-mail in small letters: those this person may give tasks to. */
  readonly ownerIds: ReadonlyMap<string, string>;
}

/** Rows as tasks, and every row that cannot be one, by line. A broken file ends at its first mistake. */
export function readTaskRows(
  csv: string,
  people: People,
): { readonly rows: readonly ReadRow[]; readonly errors: readonly RowError[] } {
  const rows: ReadRow[] = [];
  const errors: RowError[] = [];
  const seen = new Map<string, number>();
  try {
    const lines = parseCsv(csv);
    const header = lines.next();
    const columns = header.done ? [] : columnsOf(header.value, errors);
    if (header.done)
      errors.push({ line: 1, column: null, code: 'empty_file', message: 'the file is empty' });
    if (errors.length > 0) return { rows, errors };
    for (const row of lines) {
      if (rows.length + errors.length >= CSV_ROWS_MAX) {
        const message = `there are more than ${CSV_ROWS_MAX} rows; split the file`;
        errors.push({ line: row.line, column: null, code: 'too_many_rows', message });
        break;
      }
      const read = readRow(row, columns, people);
      if ('message' in read) errors.push(read);
      else {
        const twice = read.id === null ? undefined : seen.get(read.id);
        if (twice === undefined) rows.push(read);
        else
          errors.push({
            line: row.line,
            column: 'id',
            code: 'twice',
            message: `is on line ${twice} already`,
          });
        if (read.id !== null) seen.set(read.id, row.line);
      }
    }
  } catch (error) {
    if (!(error instanceof CsvBroken)) throw error;
    errors.push({ line: error.line, column: null, code: 'broken_quote', message: error.message });
  }
  return { rows, errors };
}

function columnsOf({ line, cells }: CsvRow, errors: RowError[]): readonly (Column | null)[] {
  const known = new Map<string, Column | null>([
    ...CSV_COLUMNS.map((column) => [column.toLowerCase(), column] as const),
    ...CSV_EXTRA_COLUMNS.map((column) => [column.toLowerCase(), null] as const),
    ...CSV_COLUMNS.map((column) => [COLUMNS_ZH[column].toLowerCase(), column] as const),
    ...CSV_EXTRA_COLUMNS.map((column) => [COLUMNS_ZH[column].toLowerCase(), null] as const),
  ]);
  const taken = new Set<string>();
  const columns = cells.map((cell) => {
    const name = (cell ?? '').trim();
    const column = known.get(name.toLowerCase());
    if (column === undefined) {
      const message = `is not a column; there are ${CSV_COLUMNS.join(', ')}`;
      errors.push({ line, column: name, code: 'unknown_column', message });
      return null;
    }
    const one = column ?? name.toLowerCase();
    if (taken.has(one)) {
      errors.push({ line, column: name, code: 'column_twice', message: 'is there twice' });
    }
    taken.add(one);
    return column;
  });
  if (!columns.includes('name') && !columns.includes('id') && errors.length === 0) {
    errors.push({
      line,
      column: 'name',
      code: 'no_name_column',
      message: 'is missing; the first line names the columns',
    });
  }
  return columns;
}

type Values = Partial<Record<Column, Cell>>;

function readRow(
  { line, cells }: CsvRow,
  columns: readonly (Column | null)[],
  people: People,
): ReadRow | RowError {
  if (cells.length > columns.length) {
    const message = `has ${cells.length} cells, but there are ${columns.length} columns`;
    return { line, column: null, code: 'too_many_cells', message };
  }
  const values: Values = {};
  columns.forEach((column, index) => {
    if (column !== null) values[column] = cells[index] ?? null;
  });
  const id = values.id?.trim().toLowerCase() || null;
  const wanted = taskOf(values, id === null);
  const owner = ownerOf(values, people);
  if (owner === undefined) {
    const message = `${values.owner} is nobody you can give tasks to`;
    return { line, column: 'owner', code: 'unknown_owner', message };
  }
  // A row with an id may leave its name out; the schema wants one to look at.
  const checked = safeParse(newTask, { name: 'x', ...wanted }, { error: plainWords });
  if (!checked.success) {
    const [issue] = checked.error.issues;
    const column = columnOf(issue?.path ?? []);
    return { line, column, code: faultOf(issue), message: issue?.message ?? 'is not valid' };
  }
  // As given: an import takes no space away that an export has brought.
  const parsed = checked.data as NewTaskRow;
  const given = Object.fromEntries(
    Object.keys(wanted).map((field) => {
      const raw = wanted[field];
      return [field, typeof raw === 'string' ? raw : parsed[field as keyof NewTaskRow]];
    }),
  );
  const ownerId = owner === null ? {} : { ownerId: owner };
  if (id !== null) return { line, id, values: { ...given, ...ownerId } as TaskRowPatch };
  return { line, id, values: { ...parsed, ...given, ownerId: owner ?? people.self } };
}

function faultOf(issue: z.core.$ZodIssue | undefined): RowFault {
  if (issue?.code === 'too_big' && issue.origin === 'string') return 'too_long';
  return issue?.code === 'too_small' && issue.origin === 'string' ? 'empty' : 'bad_value';
}

/** Only the columns that are there, so that a file with three of them changes three fields. */
function taskOf(values: Values, isNew: boolean): Record<string, unknown> {
  const has = (column: Column) => values[column] !== undefined;
  const word = (column: Column) => values[column]?.trim().toLowerCase();
  const task: Record<string, unknown> = {};
  if (isNew || values.name) task.name = values.name ?? '';
  for (const column of ['type', 'status', 'priority'] as const) {
    if (word(column)) task[column] = word(column);
  }
  if (has('dueDate')) task.dueDate = values.dueDate?.trim() || null;
  if (has('details')) task.details = values.details ?? '';
  if (has('personId')) task.person = recordOf(values, 'person');
  if (has('relatedId')) task.related = recordOf(values, 'related');
  if (has('campaign')) {
    const { campaign: name } = values;
    const number = (text: Cell | undefined) => (text ? Number(text) : null);
    const day = number(values.campaignDay);
    task.campaign = name ? { name, day, step: number(values.campaignStep) } : null;
  }
  for (const column of ['callOutcome', 'callReason'] as const) {
    if (has(column)) task[column] = values[column] ?? null;
  }
  return task;
}

function recordOf(values: Values, kind: 'person' | 'related'): object | null {
  const id = values[`${kind}Id`]?.trim();
  if (!id) return null;
  return { id, type: values[`${kind}Type`] ?? '', name: values[`${kind}Name`] ?? '' };
}

/** Null: not said. Undefined: nobody this person may name. */
function ownerOf({ owner }: Values, { ownerIds }: People): string | null | undefined {
  const email = owner?.trim().toLowerCase();
  return email ? ownerIds.get(email) : null;
}

/** `person.id` is the column `personId`, `campaign.day` is `campaignDay`. */
function columnOf(path: readonly PropertyKey[]): string | null {
  const [field, part] = path.map(String);
  if (field === undefined) return null;
  if (part === undefined || (field === 'campaign' && part === 'name')) return field;
  return `${field}${part[0]?.toUpperCase()}${part.slice(1)}`;
}
