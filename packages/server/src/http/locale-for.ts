import { memberLocale } from '@tandem/store';
import type { FastifyRequest } from 'fastify';
import type { Services } from '../services.ts';
import { type Locale, localeOf } from '../texts/locale.ts';

/** The language of whoever asks: the member's own, else the one the request names (B13.5). */
export async function localeFor(
  { db }: Pick<Services, 'db'>,
  request: FastifyRequest,
): Promise<Locale> {
  const { actor } = request;
  if (actor !== null && actor !== undefined) {
    // Without a database a refusal is still said, in the language of the request.
    const own = await memberLocale(db, actor).catch(() => null);
    if (own !== null) return own;
  }
  return localeOf(request.headers['accept-language']);
}
