import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Html } from './html.ts';

/**
 * What every page of the sandbox sends. No inline script or style is allowed. There is no
 * `form-action`: browsers apply it to the redirects after a form too, and the last step of the
 * approval page is a redirect to the app that asked.
 */
const PAGE_POLICY = [
  "default-src 'none'",
  "style-src 'self'",
  "script-src 'self'",
  "connect-src 'self'",
  "img-src 'self' data:",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

export function sendPage(reply: FastifyReply, page: Html, status = 200): FastifyReply {
  return reply
    .code(status)
    .headers({
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': PAGE_POLICY,
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
    })
    .send(page.html);
}

/** A form field as text; of a repeated field the first counts. */
export function formValue(source: unknown, name: string): string | undefined {
  if (typeof source !== 'object' || source === null) return undefined;
  const value = (source as Record<string, unknown>)[name];
  const first: unknown = Array.isArray(value) ? value[0] : value;
  return typeof first === 'string' ? first : undefined;
}

export function baseUrlOf(request: FastifyRequest): string {
  return `${request.protocol}://${request.host}`;
}

/** Only a path on this server: `//host` and `/\host` would leave it. */
export function localPath(asked: string | undefined): string | null {
  return asked !== undefined && /^\/(?![/\\])/.test(asked) ? asked : null;
}
