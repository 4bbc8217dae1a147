import { randomBytes } from 'node:crypto';
import type { Vault } from '../vault.ts';

/** 32 random bytes: as strong as the HMAC it keys. */
const SECRET_BYTES = 32;

export function newWebhookSecret(): string {
  return `whsec_${randomBytes(SECRET_BYTES).toString('base64url')}`;
}

/** Sealed for one webhook: a blob copied to another row does not open there. */
export function sealSecret(vault: Vault, webhookId: string, secret: string): Buffer {
  return vault.seal(secret, secretPlace(webhookId));
}

export function openSecret(vault: Vault, webhookId: string, blob: Buffer): string {
  return vault.open(blob, secretPlace(webhookId));
}

export function secretPlace(webhookId: string): string {
  return `webhook secret ${webhookId}`;
}
