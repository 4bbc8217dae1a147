import { createHmac, timingSafeEqual } from 'node:crypto';

/**
 * Cookies that were signed with the former key, signed with the present one, so that nobody is signed out by
 * a change of keys. A session in use gets a cookie of the present key within minutes (SESSION_RENEW_SECONDS).
 */
export function signAgain(cookies: string, former: string, present: string): string {
  return cookies
    .split(/;\s*/)
    .map((cookie) => {
      const at = cookie.indexOf('=');
      const value = decode(cookie.slice(at + 1));
      const dot = value.lastIndexOf('.');
      const [text, signature] = [value.slice(0, dot), value.slice(dot + 1)];
      if (dot < 1 || !same(signature, sign(text, former))) return cookie;
      return `${cookie.slice(0, at)}=${encodeURIComponent(`${text}.${sign(text, present)}`)}`;
    })
    .join('; ');
}

/** As better-auth signs: HMAC-SHA-256 in base64, after a dot. */
function sign(text: string, secret: string): string {
  return createHmac('sha256', secret).update(text).digest('base64');
}

function same(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
}

function decode(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return '';
  }
}
