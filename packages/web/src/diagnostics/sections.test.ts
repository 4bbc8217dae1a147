import { describe, expect, it } from 'vitest';
import { actOf, type Cause, sectionsOf } from './sections.ts';

const cause = (change: Partial<Cause>): Cause => ({
  kind: 'parked',
  cause: 'STRING_TOO_LONG',
  class: 'access',
  whoseMove: 'user',
  count: 2,
  own: 2,
  since: '2026-11-24T09:30:00.000Z',
  ...change,
});
const names = (causes: Cause[], role: 'admin' | 'rep') =>
  sectionsOf(causes, role).map(({ name }) => name);

describe('B11.1 whose move it is, as a page of headings', () => {
  const all = [
    cause({ kind: 'skipped', class: 'skipped', cause: 'archived', whoseMove: 'nobody' }),
    cause({ class: 'intermittent', cause: 'NETWORK', whoseMove: 'nobody' }),
    cause({ cause: 'INVALID_TYPE', whoseMove: 'admin' }),
    cause({}),
    cause({ cause: 'MALFORMED_ID', own: 0 }),
  ];

  it('a rep’s own first, then the admin’s, then what needs nobody', () => {
    expect(names(all, 'rep')).toEqual(['you', 'admin', 'colleagues', 'nobody', 'skipped']);
  });

  it('what only an admin can mend is an admin’s own move', () => {
    expect(names(all, 'admin')).toEqual(['you', 'colleagues', 'nobody', 'skipped']);
    expect(sectionsOf(all, 'admin')[0]?.causes.map((each) => each.cause)).toEqual([
      'INVALID_TYPE',
      'STRING_TOO_LONG',
    ]);
  });

  it('leads to where it can be done, where that is in Tandem', () => {
    expect(actOf(cause({ class: 'authentication', cause: 'INVALID_GRANT' }))).toBe('signIn');
    expect(actOf(cause({ cause: 'INVALID_FIELD_FOR_INSERT_UPDATE' }))).toBe('access');
    expect(actOf(cause({ kind: 'skipped', cause: 'unmapped_closed_status' }))).toBe('map');
    expect(actOf(cause({}))).toBeNull();
  });
});
