import type { T } from '../i18n/use-t.ts';
import { ApiProblem } from './client.ts';

/** What went wrong, in the reader's language; the server's detail of a bad field comes after it. */
export function problemText(t: T, fault: unknown): string {
  if (!(fault instanceof ApiProblem)) return t('common.problems.internal');
  const known = t(`common.problems.${fault.code}`, { defaultValue: '' });
  const text = known || fault.detail || t('common.problems.internal');
  const detail = fault.code === 'invalid_input' ? fieldDetail(fault) : '';
  return detail ? `${text} ${detail}` : text;
}

function fieldDetail(problem: ApiProblem): string {
  return problem.errors.map(({ field, message }) => `${field}: ${message}`).join('; ');
}
