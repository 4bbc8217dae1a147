import { describe, expect, it } from 'vitest';
import type { T } from '../i18n/use-t.ts';
import { comparisonSentence, isComparing } from './comparison-line.tsx';

const DONE = {
  state: 'done',
  compared: 14_201,
  agreed: 14_201,
  missing: 0,
  startedAt: '2026-11-24T12:00:00.000Z',
  finishedAt: '2026-11-24T12:03:00.000Z',
} as const;

/** The key's last part and what it is told. */
const t = ((key: string, values: Record<string, unknown> = {}) =>
  [key.split('.').at(-1), values.agreed, values.compared, values.count]
    .filter((part) => part !== undefined)
    .join(' ')) as unknown as T;
const said = (comparison: Parameters<typeof comparisonSentence>[2]) =>
  comparisonSentence(t, 'en', comparison);

describe('the line of the last full comparison (B11.6)', () => {
  it('tells how many of how many agree, and of the others only where there are any', () => {
    expect(said(DONE)).toBe('agree 14,201 14,201');
    expect(said({ ...DONE, agreed: 14_198, missing: 3 })).toBe('agree 14,198 14,201 missing 3');
    expect(said({ ...DONE, agreed: 14_197, missing: 3 })).toBe(
      'agree 14,197 14,201 missing 3 rest',
    );
    expect(said({ ...DONE, compared: 0, agreed: 0 })).toBe('nothing');
  });

  it('counts up while one runs, and promises nothing before the first', () => {
    expect(said(null)).toBe('never');
    expect(said({ ...DONE, state: 'wanted' })).toBe('wanted');
    expect(said({ ...DONE, state: 'running', compared: 2_000, finishedAt: null })).toBe(
      'running 2,000',
    );
    expect([null, DONE, { ...DONE, state: 'running' as const }].map(isComparing)).toEqual([
      false,
      false,
      true,
    ]);
  });
});
