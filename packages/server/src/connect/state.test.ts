import { describe, expect, test } from 'vitest';
import { readState, signState } from './state.ts';

const key = Buffer.alloc(32, 7);
const state = { userId: 'u', nonce: 'n', expiresAtMs: 5 };

describe('the state that travels through Salesforce', () => {
  test('comes back as it went', () => {
    expect(readState(signState(state, key), key)).toEqual(state);
  });

  test('is refused when anything of it changed, or another key signed it', () => {
    const signed = signState(state, key);
    expect(readState(signed, Buffer.alloc(32, 8))).toBeNull();
    expect(readState(signed.slice(0, -1), key)).toBeNull();
    expect(readState(`x${signed}`, key)).toBeNull();
    expect(readState('', key)).toBeNull();
    expect(readState('a.b', key)).toBeNull();
  });
});
