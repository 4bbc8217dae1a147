import { createHash, timingSafeEqual } from 'node:crypto';
import type { Org } from '../org/org.ts';
import type { RandomBytes, TokenGrant } from './token-store.ts';

/** Authorization codes: good for 15 minutes of the org's clock, once. */
export interface AuthorizationCode extends TokenGrant {
  readonly redirectUri: string;
  readonly challenge: PkceChallenge | null;
  readonly issuedAt: number;
  readonly used: boolean;
}

export interface PkceChallenge {
  readonly value: string;
  readonly method: 'S256' | 'plain';
}

export type Redemption =
  | { readonly ok: true; readonly code: AuthorizationCode }
  | { readonly ok: false; readonly error: string; readonly description: string };

export const CODE_LIFETIME_MS = 15 * 60_000;
/** Used codes are remembered until they would have expired; this bounds a loop that never redeems. */
const CODES_MAX = 500;
const CODE = 'oauth/code/';

export function issueCode(
  org: Org,
  random: RandomBytes,
  grant: Omit<AuthorizationCode, 'issuedAt' | 'used'>,
): string {
  const now = org.clock.now();
  const known = org.side
    .entries(CODE)
    .map(([key, value]) => ({ key, issuedAt: (value as AuthorizationCode).issuedAt }))
    .sort((a, b) => a.issuedAt - b.issuedAt);
  known.forEach(({ key, issuedAt }, index) => {
    const crowdedOut = known.length - index >= CODES_MAX;
    if (crowdedOut || now - issuedAt > 2 * CODE_LIFETIME_MS) org.side.delete(key);
  });
  // Real codes end in `==`, which callers must percent-encode; ours do as well.
  const code = `aPrx${random(46).toString('base64url')}==`;
  org.side.set(CODE + code, { ...grant, issuedAt: now, used: false } satisfies AuthorizationCode);
  return code;
}

export function redeemCode(
  org: Org,
  code: string,
  claim: {
    readonly clientId: string;
    readonly redirectUri: string;
    readonly verifier: string | null;
  },
): Redemption {
  const found = (org.side.get(CODE + code) ?? null) as AuthorizationCode | null;
  if (found === null || found.clientId !== claim.clientId) {
    return refuse('invalid_grant', 'invalid authorization code');
  }
  const expired = org.clock.now() - found.issuedAt >= CODE_LIFETIME_MS;
  if (found.used || expired) return refuse('invalid_grant', 'expired authorization code');
  if (found.redirectUri !== claim.redirectUri) {
    return refuse('redirect_uri_mismatch', 'redirect_uri must match configuration');
  }
  // A wrong verifier burns the code: whoever holds it does not get to guess again.
  org.side.set(CODE + code, { ...found, used: true });
  if (found.challenge !== null) {
    if (claim.verifier === null) return refuse('invalid_grant', 'code verifier is required');
    if (!verifies(found.challenge, claim.verifier)) {
      return refuse('invalid_grant', 'invalid code verifier');
    }
  }
  return { ok: true, code: found };
}

/** RFC 7636 alphabet and length; S256 is implied when only the challenge is sent, as jsforce does. */
export function parseChallenge(
  value: string | undefined,
  method: string | undefined,
):
  | { readonly ok: true; readonly challenge: PkceChallenge | null }
  | { readonly ok: false; readonly description: string } {
  if (value === undefined || value === '') {
    if (method === undefined || method === '') return { ok: true, challenge: null };
    return { ok: false, description: 'code_challenge is required with code_challenge_method' };
  }
  const asked = method === undefined || method === '' ? 'S256' : method;
  if (asked !== 'S256' && asked !== 'plain') {
    return { ok: false, description: 'code_challenge_method must be S256 or plain' };
  }
  if (!/^[A-Za-z0-9._~-]{43,128}$/.test(value)) {
    return { ok: false, description: 'invalid code challenge' };
  }
  return { ok: true, challenge: { value, method: asked } };
}

function verifies(challenge: PkceChallenge, verifier: string): boolean {
  const shown =
    challenge.method === 'plain'
      ? verifier
      : createHash('sha256').update(verifier).digest('base64url');
  return sameText(shown, challenge.value);
}

export function sameText(a: string, b: string): boolean {
  const left = Buffer.from(a);
  const right = Buffer.from(b);
  return left.length === right.length && timingSafeEqual(left, right);
}

function refuse(error: string, description: string): Redemption {
  return { ok: false, error, description };
}
