import { type InputFields, OrgFault } from '../org/org.ts';
import { type Call, type Json, objectBody, param, type RestReply, rowErrors } from './types.ts';

/** Salesforce's bound for one tree. */
const MOST_ROWS = 200;

/** `/composite/tree/T`: many rows of one object, all or none. Nested children are not supported here. */
export function createTree(call: Call): RestReply {
  const { records } = objectBody(call.request);
  if (!Array.isArray(records) || records.length === 0 || records.length > MOST_ROWS) {
    throw new OrgFault(400, 'INVALID_INPUT', `records must be a list of 1 to ${MOST_ROWS} objects`);
  }
  const rows = records.map((record: InputFields) => {
    const attributes = record.attributes as { readonly referenceId?: unknown } | undefined;
    return { reference: String(attributes?.referenceId ?? ''), fields: record };
  });
  const object = call.org.core.catalogue.object(param(call, 'object')).name;
  const results = call.org.insertMany(
    rows.map(({ fields }) => ({ object, fields })),
    call.ctx,
    { allOrNone: true },
  );
  const failures = results.flatMap((result, i): Json[] => {
    const guilty = !result.ok && result.errors[0]?.code !== 'ALL_OR_NONE_OPERATION_ROLLED_BACK';
    const referenceId = rows[i]?.reference ?? '';
    return guilty ? [{ referenceId, errors: rowErrors(result.errors) }] : [];
  });
  if (failures.length > 0) return { status: 400, body: { hasErrors: true, results: failures } };
  const done = results.map((result, i) => ({
    referenceId: rows[i]?.reference ?? '',
    id: result.id,
  }));
  return { status: 201, body: { hasErrors: false, results: done } };
}
