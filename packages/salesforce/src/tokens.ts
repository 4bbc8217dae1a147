import type { OAuth, OAuthResult } from './oauth.ts';

/** What a request needs. `instanceUrl` may change with any refresh (an org can move). */
export interface AccessToken {
  readonly accessToken: string;
  readonly instanceUrl: string;
}

/** How the client gets at tokens; refreshes of one connection run one after the other. */
export interface Tokens {
  access(): Promise<AccessToken>;
  /** `stale` was refused by Salesforce. Answers the newer token where somebody else refreshed first. */
  refresh(stale: AccessToken): Promise<OAuthResult<AccessToken>>;
}

export interface StoredTokens extends AccessToken {
  readonly refreshToken: string;
}

/** Where one connection's tokens rest. `locked` lets one caller in at a time, across processes. */
export interface TokenVault {
  read(): Promise<StoredTokens>;
  locked<T>(
    work: (stored: StoredTokens, save: (tokens: StoredTokens) => Promise<void>) => Promise<T>,
  ): Promise<T>;
}

/**
 * With refresh token rotation the old refresh token dies on use, so a refresh happens only under the
 * vault's lock and its result is saved before anyone uses it.
 */
export function tokensFrom(vault: TokenVault, oauth: Pick<OAuth, 'refresh'>): Tokens {
  return {
    access: () => vault.read(),
    refresh: (stale) =>
      vault.locked(async (stored, save) => {
        if (stored.accessToken !== stale.accessToken) return { kind: 'ok', value: stored };
        const result = await oauth.refresh(stored.refreshToken);
        if (result.kind !== 'ok') return result;
        const { accessToken, instanceUrl, refreshToken } = result.value;
        const renewed = {
          accessToken,
          instanceUrl,
          refreshToken: refreshToken ?? stored.refreshToken,
        };
        await save(renewed);
        return { kind: 'ok', value: renewed };
      }),
  };
}
