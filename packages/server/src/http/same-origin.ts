import type { FastifyRequest } from 'fastify';
import { Refusal } from './refusal.ts';

const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Cross-site request forgery: a write that rides on a cookie must come from a page of ours. Browsers
 * say where it came from in Sec-Fetch-Site and Origin; `same-site` is refused too, because another
 * port of this machine (the sandbox org, say) is the same site. Programs send neither and carry no
 * cookie that somebody else could ride on.
 */
export function refuseCrossSite(request: FastifyRequest): void {
  if (SAFE_METHODS.has(request.method)) return;
  const site = request.headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin' && site !== 'none') throw crossSite();
  const { origin } = request.headers;
  if (origin !== undefined && hostOf(origin) !== request.headers.host) throw crossSite();
}

function hostOf(origin: string): string | null {
  return URL.canParse(origin) ? new URL(origin).host : null;
}

function crossSite(): Refusal {
  return new Refusal('cross_site', 'Writes are taken from Tandem’s own pages only.');
}
