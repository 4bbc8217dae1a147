import { causeText, type SyncProblem } from '@tandem/api';
import { BYTE_ORDER_MARK, csvLine } from './format.ts';

const COLUMNS = [
  'task',
  'owner',
  'kind',
  'class',
  'whoseMove',
  'what',
  'next',
  'salesforceSays',
  'code',
  'since',
  'retryAt',
  'taskId',
  'salesforceId',
  'salesforceUrl',
] as const;

/** The first line of an export of problems (B11.3). */
export function problemsHeader(): string {
  return BYTE_ORDER_MARK + csvLine([...COLUMNS]);
}

/** One problem in the reader's language; what came from people or Salesforce is no formula (B12.3). */
export function csvProblem(
  problem: SyncProblem,
  locale: Parameters<typeof causeText>[0],
  names: ReadonlyMap<string, string>,
): string {
  const { what, next } = causeText(locale, problem.kind, problem.cause);
  return csvLine([
    problem.name,
    names.get(problem.ownerId) ?? null,
    problem.kind,
    problem.class,
    problem.whoseMove,
    what,
    next,
    problem.message === '' ? null : problem.message,
    problem.code,
    problem.since,
    problem.retryAt,
    problem.taskId,
    problem.salesforceId,
    problem.salesforceUrl,
  ]);
}
