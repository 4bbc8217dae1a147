import { describe, expect, it } from 'vitest';
import { brakeCase, brakeCount } from './brake-case.ts';

const BRAKE = {
  kind: 'mass_deletion',
  since: '2026-11-24T12:00:00.000Z',
  toTrash: 12,
  toDelete: 0,
  missing: 0,
  links: 30,
} as const;

describe('the question of a brake', () => {
  it('B11.5 names the side that has deleted, both, or what is only not shown any more', () => {
    expect(brakeCase(BRAKE)).toBe('trash');
    expect(brakeCase({ ...BRAKE, toTrash: 0, toDelete: 12 })).toBe('delete');
    expect(brakeCase({ ...BRAKE, toDelete: 3 })).toBe('both');
    expect(brakeCase({ ...BRAKE, kind: 'empty_feed', toTrash: 0, missing: 20 })).toBe('missing');
  });

  it('B11.5 an answer is about as many as were shown', () => {
    expect(brakeCount({ ...BRAKE, toDelete: 3 })).toBe(15);
    expect(brakeCount({ ...BRAKE, kind: 'empty_feed', toTrash: 0, missing: 20 })).toBe(20);
  });
});
