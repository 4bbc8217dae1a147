import { createPublicKey, createVerify } from 'node:crypto';

/** A JWT bearer assertion, read but not yet trusted. */
export interface Assertion {
  readonly issuer: string;
  readonly subject: string;
  readonly audience: string;
  readonly expiresAtMs: number | null;
  signedWith(certificate: string): boolean;
}

/** Assertions of real clients are below 2 kB. */
const ASSERTION_CHARS_MAX = 16_384;

export function readAssertion(text: string | undefined): Assertion | null {
  if (text === undefined || text.length > ASSERTION_CHARS_MAX) return null;
  const [head, claims, signature, ...rest] = text.split('.');
  if (!head || !claims || !signature || rest.length > 0) return null;
  const header = readJson(head);
  const body = readJson(claims);
  if (header === null || body === null || header.alg !== 'RS256') return null;
  return {
    issuer: String(body.iss ?? ''),
    subject: String(body.sub ?? body.prn ?? ''),
    audience: String(body.aud ?? ''),
    expiresAtMs: expiryMs(body.exp),
    signedWith(certificate) {
      try {
        const key = createPublicKey(certificate);
        return createVerify('RSA-SHA256')
          .update(`${head}.${claims}`)
          .verify(key, signature, 'base64url');
      } catch {
        return false;
      }
    },
  };
}

/** Clients send seconds, milliseconds (Salesforce CLI) or a string of seconds (simple-salesforce). */
function expiryMs(exp: unknown): number | null {
  const value = Number(exp);
  if (exp === null || exp === undefined || exp === '' || !Number.isFinite(value)) return null;
  // Seconds stay below 1e11 until the year 5138; milliseconds passed it in 1973.
  return value < 1e11 ? value * 1_000 : value;
}

function readJson(part: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}
