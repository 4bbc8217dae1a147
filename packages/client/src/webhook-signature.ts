import { createHmac, timingSafeEqual } from 'node:crypto';

/**
 * How Tandem signs its messages, for both ends. The header `Tandem-Signature` is `t=<seconds>,v1=<hex>`,
 * with one `v1` for each secret that is in force: HMAC-SHA-256 over `<seconds>.<body>`. The time is signed
 * too, so that an old message cannot be sent again.
 */
export function signWebhook(body: string, secrets: readonly string[], nowMs: number): string {
  const seconds = Math.floor(nowMs / 1000);
  return [`t=${seconds}`, ...secrets.map((secret) => `v1=${mac(body, secret, seconds)}`)].join(',');
}

/** Clocks differ a little, and a message may wait in a queue; beyond this somebody repeats it. */
const TOLERANCE_MS = 5 * 60 * 1000;

/** Give the body exactly as it came, before parsing it. */
export function verifyWebhook(
  body: string,
  header: string | null | undefined,
  secret: string,
  nowMs: number = Date.now(),
): boolean {
  const parts = (header ?? '').split(',').map((part) => part.split('=', 2) as [string, string?]);
  const seconds = Number(parts.find(([name]) => name === 't')?.[1]);
  if (!Number.isSafeInteger(seconds)) return false;
  if (Math.abs(nowMs - seconds * 1000) > TOLERANCE_MS) return false;
  const wanted = Buffer.from(mac(body, secret, seconds), 'hex');
  return parts.some(([name, value = '']) => {
    const given = Buffer.from(value, 'hex');
    return name === 'v1' && given.length === wanted.length && timingSafeEqual(given, wanted);
  });
}

function mac(body: string, secret: string, seconds: number): string {
  return createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex');
}
