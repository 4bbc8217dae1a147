import { rowError } from './coerce.ts';
import { failed } from './dml.ts';
import { type DmlOptions, type DmlResult, OrgFault } from './org.ts';

const ROLLED_BACK = rowError(
  'ALL_OR_NONE_OPERATION_ROLLED_BACK',
  'Record rolled back because not all records were valid and the request was using AllOrNone header',
);

/** Row by row. With allOrNone one bad row undoes all: it keeps its own error, the others say so. */
export function manyRows<T>(
  rows: readonly T[],
  options: DmlOptions,
  run: (row: T) => DmlResult,
): { keep: boolean; value: readonly DmlResult[] } {
  const results = rows.map(run);
  const keep = options.allOrNone !== true || results.every((result) => result.ok);
  if (keep) return { keep, value: results };
  const value = results.map((r) => (r.ok ? failed(r.created ? null : r.id, [ROLLED_BACK]) : r));
  return { keep, value };
}

/** One row of its own: a fault of the request is then an error of the row. */
export function oneRow(run: () => readonly DmlResult[]): DmlResult {
  try {
    const [result] = run();
    if (result === undefined) throw new Error('one row in, one result out');
    return result;
  } catch (fault) {
    if (!(fault instanceof OrgFault)) throw fault;
    const { status, code, message, fields } = fault;
    return failed(null, [{ status, code, message, fields }]);
  }
}
