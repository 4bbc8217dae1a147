import { createHmac, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';

/**
 * What travels with the browser to Salesforce and back as `state`: whose sign-in this is and until
 * when, signed. The other half, the PKCE verifier, waits in an httpOnly cookie of the same browser,
 * bound to this state by its nonce and cleared on use, so that an answer works once, in the browser
 * that asked, for the person who asked.
 */
export interface ConnectState {
  readonly userId: string;
  readonly nonce: string;
  readonly expiresAtMs: number;
}

const shape = z.object({ userId: z.string(), nonce: z.string(), expiresAtMs: z.number() });

export function signState(state: ConnectState, key: Buffer): string {
  const payload = Buffer.from(JSON.stringify(state)).toString('base64url');
  return `${payload}.${mac(payload, key)}`;
}

/** Null: not made by us, or altered. Whether it is still good is the caller's question. */
export function readState(text: string, key: Buffer): ConnectState | null {
  const [payload = '', signature = ''] = text.split('.');
  const expected = Buffer.from(mac(payload, key));
  const given = Buffer.from(signature);
  if (expected.length !== given.length || !timingSafeEqual(expected, given)) return null;
  const parsed = shape.safeParse(JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')));
  return parsed.success ? parsed.data : null;
}

function mac(payload: string, key: Buffer): string {
  return createHmac('sha256', key).update(payload).digest('base64url');
}
