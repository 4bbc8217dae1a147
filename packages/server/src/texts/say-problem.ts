import { PROBLEMS, type Problem, type ProblemCode } from '@tandem/api';
import { ERROR_ADVICE } from '../http/errors-document.ts';
import type { Locale } from './locale.ts';
import { PHRASES_ZH } from './phrases-zh-cn.ts';
import { ADVICE_ZH, TITLES_ZH } from './problems-zh-cn.ts';

/**
 * A problem document in the reader's language (B13.5). The English sentence is what code says, and the key to
 * the Chinese one; a sentence without one is left out for its code's title, so that no answer is half and half.
 */
export function sayProblem(problem: Problem, locale: Locale): Problem {
  const code = problem.code as ProblemCode;
  if (locale === 'en') return { ...problem, next: plain(ERROR_ADVICE[code]) };
  const errors = problem.errors?.map(({ field, message }) => ({
    field,
    message: phraseZh(message) ?? UNKNOWN_FIELD_FAULT,
  }));
  const [first] = errors ?? [];
  const title = TITLES_ZH[code];
  return {
    ...problem,
    title,
    detail:
      first === undefined
        ? (phraseZh(problem.detail) ?? title)
        : `${first.field}：${first.message}。`,
    ...(errors === undefined ? {} : { errors }),
    next: plain(ADVICE_ZH[code]),
  };
}

export function titleOf(code: ProblemCode, locale: Locale): string {
  return locale === 'en' ? PROBLEMS[code].title : TITLES_ZH[code];
}

/** One sentence that is said beside a code: of a row of CSV, of one task among many. */
export function sayPhrase(english: string, locale: Locale): string {
  return locale === 'en' ? english : (phraseZh(english) ?? UNKNOWN_FIELD_FAULT);
}

const UNKNOWN_FIELD_FAULT = '无效';

/** Null: nobody has said this in Chinese yet. */
export function phraseZh(english: string): string | null {
  for (const [pattern, chinese] of PATTERNS) {
    const match = pattern.exec(english);
    if (match === null) continue;
    return chinese.replaceAll(/\{(\d)\}/g, (_, index: string) => match[Number(index) + 1] ?? '');
  }
  return null;
}

/** `must have at most {0} characters` fits whatever number stands there. */
const PATTERNS: readonly (readonly [RegExp, string])[] = PHRASES_ZH.map(([english, chinese]) => {
  const source = english
    .split(/\{\d\}/)
    .map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'))
    .join('([\\s\\S]*?)');
  return [new RegExp(`^${source}$`), chinese];
});

/** The advice is written for docs/ERRORS.md; outside it its code marks are only noise. */
function plain(markdown: string): string {
  return markdown.replaceAll('`', '');
}
