import type { Id, Org } from '../org/org.ts';
import type { Sessions } from '../org/session.ts';

/**
 * Access and refresh tokens. They live in the org's side table, so they survive a restart and
 * vanish with a reset; their time is the org's clock.
 *
 * An access token is a session: it ends after `sessionTimeoutMinutes` of silence and each use
 * pushes the end out. A refresh token lives until it is revoked, rotated, or pushed out by the
 * sixth of the same user and app.
 */
export interface TokenStore extends Sessions {
  /** A new session; `refresh` ties it to the refresh token it came from. */
  issueAccess(grant: TokenGrant, refresh: string | null): AccessToken;
  issueRefresh(grant: TokenGrant): RefreshToken;
  /** The session without sliding its end. */
  inspect(token: string): AccessToken | null;
  findRefresh(token: string): RefreshToken | null;
  touchRefresh(token: string): void;
  /** Ends an access token, or a refresh token together with its sessions. */
  revoke(token: string): boolean;
  /** Every living token, oldest first. */
  list(): { readonly access: readonly AccessToken[]; readonly refresh: readonly RefreshToken[] };
  /** Ends sessions as time would; refresh tokens stay. Returns how many. */
  expireAccess(match: TokenMatch): number;
  revokeRefresh(match: TokenMatch): number;
}

export interface TokenGrant {
  readonly userId: Id;
  readonly clientId: string;
  readonly scope: string;
}

export interface AccessToken extends TokenGrant {
  readonly token: string;
  readonly refresh: string | null;
  readonly issuedAt: number;
  readonly usedAt: number;
}

export interface RefreshToken extends TokenGrant {
  readonly token: string;
  readonly issuedAt: number;
  readonly usedAt: number;
  /** Order of issue; the clock may stand still between two. */
  readonly serial: number;
}

export interface TokenMatch {
  readonly userId?: Id | undefined;
  readonly clientId?: string | undefined;
  readonly token?: string | undefined;
}

export type RandomBytes = (count: number) => Buffer;

/** Salesforce keeps about five authorisations of one app per user; the next one ends the oldest. */
export const REFRESH_TOKENS_PER_USER_AND_APP = 5;
/** Far more sessions than a test or a demo opens; beyond it the oldest goes. */
export const ACCESS_TOKENS_MAX = 2_000;
/** A session's last use is written at most this often, so that reading tasks does not write a file. */
const SLIDE_STEP_MS = 60_000;
const MINUTE_MS = 60_000;

const ACCESS = 'oauth/access/';
const REFRESH = 'oauth/refresh/';
const SERIAL = 'oauth/serial';

export function createTokenStore(org: Org, random: RandomBytes): TokenStore {
  const timeoutMs = () => org.settings.sessionTimeoutMinutes * MINUTE_MS;
  const alive = (token: AccessToken) => org.clock.now() - token.usedAt < timeoutMs();
  const accessTokens = () =>
    org.side
      .entries(ACCESS)
      .map(([, value]) => value as AccessToken)
      .sort(byIssue);
  const refreshTokens = () =>
    org.side
      .entries(REFRESH)
      .map(([, value]) => value as RefreshToken)
      .sort((a, b) => a.serial - b.serial);

  const inspect = (token: string): AccessToken | null => {
    const found = (org.side.get(ACCESS + token) ?? null) as AccessToken | null;
    return found !== null && alive(found) ? found : null;
  };

  const makeRoom = () => {
    const all = accessTokens();
    for (const token of all) if (!alive(token)) org.side.delete(ACCESS + token.token);
    const living = all.filter(alive);
    for (const token of living.slice(0, Math.max(0, living.length - ACCESS_TOKENS_MAX + 1))) {
      org.side.delete(ACCESS + token.token);
    }
  };

  const revoke = (token: string): boolean => {
    if (inspect(token) !== null) {
      org.side.delete(ACCESS + token);
      return true;
    }
    if (!org.side.get(REFRESH + token)) return false;
    org.side.delete(REFRESH + token);
    for (const access of accessTokens()) {
      if (access.refresh === token) org.side.delete(ACCESS + access.token);
    }
    return true;
  };

  return {
    resolve(bearer) {
      const token = inspect(bearer);
      if (token === null || !userIsActive(org, token.userId)) return null;
      const now = org.clock.now();
      if (now - token.usedAt >= SLIDE_STEP_MS) {
        org.side.set(ACCESS + bearer, { ...token, usedAt: now });
      }
      return { userId: token.userId, clientId: token.clientId };
    },
    issueAccess(grant, refresh) {
      makeRoom();
      const now = org.clock.now();
      const token = `${org.id.slice(0, 15)}!AQ${alphabet(random(72))}`;
      const access: AccessToken = { ...grantOf(grant), token, refresh, issuedAt: now, usedAt: now };
      org.side.set(ACCESS + token, access);
      return access;
    },
    issueRefresh(grant) {
      const now = org.clock.now();
      const serial =
        (typeof org.side.get(SERIAL) === 'number' ? Number(org.side.get(SERIAL)) : 0) + 1;
      org.side.set(SERIAL, serial);
      const token = `5Aep861${alphabet(random(60))}`;
      const refresh: RefreshToken = {
        ...grantOf(grant),
        token,
        issuedAt: now,
        usedAt: now,
        serial,
      };
      org.side.set(REFRESH + token, refresh);
      const own = refreshTokens().filter(matches(pair(grant)));
      for (const old of own.slice(0, Math.max(0, own.length - REFRESH_TOKENS_PER_USER_AND_APP))) {
        org.side.delete(REFRESH + old.token);
      }
      return refresh;
    },
    inspect,
    findRefresh: (token) => (org.side.get(REFRESH + token) ?? null) as RefreshToken | null,
    touchRefresh(token) {
      const found = org.side.get(REFRESH + token) as RefreshToken | undefined;
      if (found) org.side.set(REFRESH + token, { ...found, usedAt: org.clock.now() });
    },
    revoke,
    list: () => ({ access: accessTokens().filter(alive), refresh: refreshTokens() }),
    expireAccess(match) {
      const doomed = accessTokens().filter(alive).filter(matches(match));
      for (const token of doomed) org.side.delete(ACCESS + token.token);
      return doomed.length;
    },
    revokeRefresh(match) {
      const doomed = refreshTokens().filter(matches(match));
      for (const token of doomed) revoke(token.token);
      return doomed.length;
    },
  };
}

export function userIsActive(org: Org, userId: Id): boolean {
  return org.users().some((user) => user.Id === userId && user.IsActive !== false);
}

function grantOf(grant: TokenGrant): TokenGrant {
  return { userId: grant.userId, clientId: grant.clientId, scope: grant.scope };
}

function pair(grant: TokenGrant): TokenMatch {
  return { userId: grant.userId, clientId: grant.clientId };
}

function matches(match: TokenMatch): (token: TokenGrant & { readonly token: string }) => boolean {
  return (token) =>
    (match.userId === undefined || token.userId === match.userId) &&
    (match.clientId === undefined || token.clientId === match.clientId) &&
    (match.token === undefined || token.token === match.token);
}

function byIssue(a: AccessToken, b: AccessToken): number {
  return a.issuedAt - b.issuedAt;
}

/** Letters, digits, dot and underscore, as Salesforce's tokens look. */
function alphabet(bytes: Buffer): string {
  return bytes.toString('base64').replaceAll('+', '.').replaceAll('/', '_').replaceAll('=', '');
}
