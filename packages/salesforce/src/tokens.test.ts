import { expect, test } from 'vitest';
import { memoryVault } from '../test/memory-vault.ts';
import type { OAuthResult, TokenGrant } from './oauth.ts';
import { type StoredTokens, tokensFrom } from './tokens.ts';

const OLD: StoredTokens = {
  accessToken: 'access-1',
  refreshToken: 'refresh-1',
  instanceUrl: 'https://a.example',
};

/** Gives each refresh token out once, as an org with rotation does. */
function rotating() {
  let serial = 1;
  const used: string[] = [];
  return {
    used,
    async refresh(refreshToken: string): Promise<OAuthResult<TokenGrant>> {
      used.push(refreshToken);
      if (refreshToken !== `refresh-${serial}`) {
        return { kind: 'refused', code: 'invalid_grant', message: 'expired access/refresh token' };
      }
      serial += 1;
      return {
        kind: 'ok',
        value: {
          accessToken: `access-${serial}`,
          refreshToken: `refresh-${serial}`,
          instanceUrl: 'https://b.example',
          identityUrl: '',
          scope: '',
        },
      };
    },
  };
}

test('ten requests that meet the same ended session refresh it once, rotation or not', async () => {
  const { vault, stored } = memoryVault(OLD);
  const oauth = rotating();
  const tokens = tokensFrom(vault, oauth);
  const stale = await tokens.access();
  const results = await Promise.all(Array.from({ length: 10 }, () => tokens.refresh(stale)));
  expect(oauth.used).toEqual(['refresh-1']);
  for (const result of results) {
    expect(result).toMatchObject({ kind: 'ok', value: { accessToken: 'access-2' } });
  }
  expect(stored()).toEqual({
    accessToken: 'access-2',
    refreshToken: 'refresh-2',
    instanceUrl: 'https://b.example',
  });
});

test('without rotation the refresh token is kept', async () => {
  const { vault, stored } = memoryVault(OLD);
  const tokens = tokensFrom(vault, {
    refresh: async () => ({
      kind: 'ok',
      value: { ...OLD, accessToken: 'access-2', refreshToken: null, identityUrl: '', scope: '' },
    }),
  });
  await tokens.refresh(OLD);
  expect(stored()).toEqual({ ...OLD, accessToken: 'access-2' });
});

test('a refused refresh leaves the tokens as they are', async () => {
  const { vault, stored } = memoryVault({ ...OLD, refreshToken: 'revoked' });
  const result = await tokensFrom(vault, rotating()).refresh(OLD);
  expect(result).toMatchObject({ kind: 'refused', code: 'invalid_grant' });
  expect(stored().refreshToken).toBe('revoked');
});
