import { createHash, randomBytes } from 'node:crypto';

/** 32 random bytes: nothing to guess, so a plain hash is enough to keep them by. */
const TOKEN_BYTES = 32;
const PREFIX = 'tdm_';
const TOKEN_PATTERN = /^tdm_[A-Za-z0-9_-]{43}$/;

/** For the link of an invitation; as long, so that nothing is there to guess either. */
export function newInvitationToken(random: (bytes: number) => Buffer = randomBytes): string {
  return `inv_${random(TOKEN_BYTES).toString('base64url')}`;
}

/** Shown to its owner once; only the hash is stored. */
export function newToken(random: (bytes: number) => Buffer = randomBytes): string {
  return PREFIX + random(TOKEN_BYTES).toString('base64url');
}

export function looksLikeToken(text: string): boolean {
  return TOKEN_PATTERN.test(text);
}

export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
