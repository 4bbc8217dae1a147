import type { SyncStatus } from '@tandem/api';
import { expect, it } from 'vitest';
import type { T } from '../i18n/use-t.ts';
import { stallSentence } from './stall-sentence.ts';

const t = ((key: string, values?: { count?: number }) =>
  [key.split('.').at(-1), values?.count]
    .filter((part) => part !== undefined)
    .join(' ')) as unknown as T;
const stalled = (kind: 'worker' | 'poll' | 'unsent'): Pick<SyncStatus, 'state' | 'stall'> => ({
  state: 'stalled',
  stall: { kind, since: '2026-11-24T12:00:00.000Z', whoseMove: 'admin', accounts: 3 },
});

it('B11.6 a missing worker is an admin’s move, and the others are told so', () => {
  expect(stallSentence(t, 'en', stalled('worker'), 'admin')).toBe('workerAdmin 3');
  expect(stallSentence(t, 'en', stalled('worker'), 'rep')).toBe('worker');
  expect(stallSentence(t, 'en', stalled('poll'), 'admin')).toBe('poll');
  expect(stallSentence(t, 'en', stalled('unsent'), 'rep')).toBe('unsent');
});

it('B11.8 B3.4 what waits for a person says for whom', () => {
  const calm = { stall: null } as const;
  expect(stallSentence(t, 'en', { ...calm, state: 'needs_sign_in' }, 'rep')).toBe('signIn');
  expect(stallSentence(t, 'en', { ...calm, state: 'needs_map' }, 'admin')).toBe('mapAdmin');
  expect(stallSentence(t, 'en', { ...calm, state: 'needs_map' }, 'manager')).toBe('map');
  expect(stallSentence(t, 'en', { ...calm, state: 'in_step' }, 'admin')).toBeNull();
});
