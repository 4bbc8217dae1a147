import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto';

/**
 * Secrets at rest (B12.2): AES-256-GCM under a key derived from TANDEM_SECRET_KEY. The blob is
 *
 *     version (1) · key id (4) · nonce (12) · tag (16) · ciphertext
 *
 * and is bound to its place (`context`, e.g. the connection's id), so that a blob copied into another
 * row does not open there. The key id tells which of two keys opens it while one replaces the other.
 */
export interface Vault {
  /** In every blob that is sealed now, after its first byte. */
  readonly keyId: Buffer;
  seal(plain: string, context: string): Buffer;
  /** Throws VaultError when the blob was made with another key, for another place, or is damaged. */
  open(blob: Buffer, context: string): string;
}

export class VaultError extends Error {
  override name = 'VaultError';
  readonly code = 'secret_unreadable';
}

const VERSION = 1;
const KEY_ID_BYTES = 4;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const HEADER_BYTES = 1 + KEY_ID_BYTES + NONCE_BYTES + TAG_BYTES;

/** Seals with `secretKey`; opens what any of `formerKeys` sealed as well, while they are being replaced. */
export function createVault(secretKey: string, formerKeys: readonly string[] = []): Vault {
  const current = vaultKey(secretKey);
  const known = [current, ...formerKeys.map(vaultKey)];
  return {
    keyId: current.id,
    seal(plain, context) {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv('aes-256-gcm', current.key, nonce).setAAD(Buffer.from(context));
      const sealed = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
      return Buffer.concat([Buffer.of(VERSION), current.id, nonce, cipher.getAuthTag(), sealed]);
    },
    open(blob, context) {
      if (blob.length < HEADER_BYTES || blob[0] !== VERSION) throw new VaultError('damaged');
      const id = blob.subarray(1, 1 + KEY_ID_BYTES);
      const opener = known.find((one) => one.id.equals(id));
      if (opener === undefined) throw new VaultError('encrypted under another TANDEM_SECRET_KEY');
      const nonce = blob.subarray(1 + KEY_ID_BYTES, 1 + KEY_ID_BYTES + NONCE_BYTES);
      const decipher = createDecipheriv('aes-256-gcm', opener.key, nonce)
        .setAAD(Buffer.from(context))
        .setAuthTag(blob.subarray(HEADER_BYTES - TAG_BYTES, HEADER_BYTES));
      try {
        return (
          decipher.update(blob.subarray(HEADER_BYTES), undefined, 'utf8') + decipher.final('utf8')
        );
      } catch (cause) {
        throw new VaultError('damaged or out of place', { cause });
      }
    },
  };
}

function vaultKey(secretKey: string): { readonly key: Buffer; readonly id: Buffer } {
  const key = Buffer.from(hkdfSync('sha256', secretKey, 'tandem', 'vault v1', 32));
  const id = createHash('sha256').update('key id').update(key).digest().subarray(0, KEY_ID_BYTES);
  return { key, id };
}

/** A key for one purpose (signing a cookie, say), so that no purpose can stand in for another. */
export function deriveKey(secretKey: string, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', secretKey, 'tandem', purpose, 32));
}
