import { z } from 'zod';
import { owner, taskType, taskView } from './task.ts';

/** Tasks as CSV (RFC 4180, UTF-8). What is exported can be imported again, to the letter. */

/** What an import reads. `id`: that task is made so; empty: a new one. */
export const CSV_COLUMNS = [
  'id',
  'name',
  'type',
  'status',
  'priority',
  'dueDate',
  'details',
  'owner',
  'personId',
  'personType',
  'personName',
  'relatedId',
  'relatedType',
  'relatedName',
  'campaign',
  'campaignDay',
  'campaignStep',
  'callOutcome',
  'callReason',
] as const;
/** What an export tells besides, and an import passes over. */
export const CSV_EXTRA_COLUMNS = ['createdAt', 'updatedAt', 'completedAt', 'salesforceId'] as const;

export const exportQuery = z.strictObject({
  view: taskView.exclude(['range']).default('all'),
  type: taskType.optional(),
  owner,
});

/** One transaction that people wait for. */
export const CSV_ROWS_MAX = 5_000;
/** Five thousand tasks with a page of details each. */
export const CSV_BYTES_MAX = 8 * 1024 * 1024;

export const importRequest = z.strictObject({
  csv: z.string().min(1, 'must not be empty').max(CSV_BYTES_MAX),
  /** True: says what would happen, and writes nothing. */
  dryRun: z.boolean().default(false),
});
/** What can be wrong with a row; `message` says the same in English, for programs that show it as it is. */
export const ROW_FAULTS = [
  'empty',
  'too_long',
  'bad_value',
  'unstorable',
  'unknown_owner',
  'unknown_id',
  'twice',
  'too_many_cells',
  'unknown_column',
  'column_twice',
  'no_name_column',
  'empty_file',
  'too_many_rows',
  'broken_quote',
] as const;
export type RowFault = (typeof ROW_FAULTS)[number];

export const importResult = z.object({
  dryRun: z.boolean(),
  created: z.int(),
  changed: z.int(),
  unchanged: z.int(),
  /** Rows that cannot be taken; if there is one, nothing is written. The first hundred. */
  errors: z.array(
    z.object({
      /** Where the row begins in the file; the header is line 1. */
      line: z.int(),
      column: z.string().nullable(),
      code: z.enum(ROW_FAULTS),
      message: z.string(),
    }),
  ),
  errorCount: z.int(),
});
export type ImportResult = z.infer<typeof importResult>;
