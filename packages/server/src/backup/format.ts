import { z } from 'zod';

/**
 * A backup is one gzip file of lines: the manifest, then for each table a line `{"table":…}` followed
 * by its rows as JSON objects, then `{"end":true,…}` with the counts. Rows are what PostgreSQL's own
 * row_to_json says, so that every value returns exactly as it was; a file cut short has no end line.
 */
export const manifest = z.object({
  format: z.literal('tandem-backup'),
  version: z.literal(1),
  schema: z.string(),
  createdAt: z.string(),
});
export type Manifest = z.infer<typeof manifest>;

export const tableLine = z.object({ table: z.string(), columns: z.array(z.string()) });
export const endLine = z.object({ end: z.literal(true), rows: z.record(z.string(), z.number()) });

/** Told as the work goes on: how many rows are done, and in which table it is. */
export type OnRows = (rows: number, table: string) => void;

export type RowCounts = Readonly<Record<string, number>>;

export class BackupError extends Error {
  override name = 'BackupError';
  readonly code = 'backup_unusable';
}
