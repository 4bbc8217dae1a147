import { describe, expect, test } from 'vitest';
import { createVault, VaultError } from './vault.ts';

const vault = createVault('a-secret-key-of-thirty-two-letters!!');

describe('the vault', () => {
  test('gives back what was sealed, and never seals twice alike', () => {
    const one = vault.seal('refresh-token ✓', 'connection-1');
    const two = vault.seal('refresh-token ✓', 'connection-1');
    expect(one.equals(two)).toBe(false);
    expect(one.includes('refresh-token')).toBe(false);
    expect(vault.open(one, 'connection-1')).toBe('refresh-token ✓');
  });

  test('does not open a blob in another place', () => {
    const blob = vault.seal('x', 'connection-1');
    expect(() => vault.open(blob, 'connection-2')).toThrow(VaultError);
  });

  test('says so when the key is another one', () => {
    const other = createVault('another-secret-key-of-thirty-two-letters');
    expect(() => other.open(vault.seal('x', 'c'), 'c')).toThrow(/another TANDEM_SECRET_KEY/);
  });

  test('notices one flipped bit anywhere', () => {
    const blob = vault.seal('some tokens', 'c');
    for (let at = 0; at < blob.length; at += 1) {
      const bent = Buffer.from(blob);
      bent[at] = (bent[at] ?? 0) ^ 1;
      expect(() => vault.open(bent, 'c')).toThrow(VaultError);
    }
  });
});
