import type { Connection, Record } from 'jsforce';

/** Far more than any test here writes. */
const ROWS_MAX = 50_000;

/** Every row, deleted and archived ones included, page by page, as jsforce does it. */
export async function everyRow<T extends Record>(jsforce: Connection, soql: string): Promise<T[]> {
  const options = { autoFetch: true, maxFetch: ROWS_MAX, scanAll: true };
  const { records } = await jsforce.query<T>(soql, options);
  return records;
}
