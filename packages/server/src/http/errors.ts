import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { isAway } from '../database/is-away.ts';
import { faultFacts } from '../fault-facts.ts';
import type { Services } from '../services.ts';
import { type Locale, localeOf } from '../texts/locale.ts';
import { sayProblem } from '../texts/say-problem.ts';
import { localeFor } from './locale-for.ts';
import { invalidField, Refusal } from './refusal.ts';

/** Everything that goes wrong on the way to an answer leaves here as a problem document. */
export function registerErrors(
  app: FastifyInstance,
  services: Pick<Services, 'db' | 'metrics' | 'log'>,
) {
  const routes = collectRoutes(app);

  app.setErrorHandler<FastifyError>(async (error, request, reply) => {
    const refusal = refusalOf(error);
    if (refusal.code === 'internal') {
      services.log.error({ requestId: request.id, ...faultFacts(error) }, 'http.internal_error');
    }
    services.metrics.problems.inc({ code: refusal.code });
    return sendProblem(reply, refusal, await localeFor(services, request));
  });

  app.setNotFoundHandler((request, reply) => {
    const allowed = routes.methodsFor(pathOf(request));
    // A known address and method without an answer: a file of the web page that a newer build removed.
    if (allowed.length === 0 || allowed.includes(request.method))
      return sendProblem(reply, new Refusal('not_found'));
    reply.header('allow', allowed.join(', '));
    return sendProblem(
      reply,
      new Refusal('method_not_allowed', `Only ${allowed.join(', ')} is possible here.`),
    );
  });
}

/** In the language of the request, where nobody is known to have asked. */
export function sendProblem(
  reply: FastifyReply,
  refusal: Refusal,
  locale: Locale = localeOf(reply.request.headers['accept-language']),
): FastifyReply {
  const problem = sayProblem(refusal.toProblem(), locale);
  return reply
    .status(problem.status)
    .type('application/problem+json')
    .header('content-language', locale)
    .header('cache-control', 'no-store')
    .send(JSON.stringify(problem));
}

/** Errors of Fastify, of the store and of anything unforeseen, in the catalogue's words. */
function refusalOf(error: FastifyError & { field?: unknown }): Refusal {
  if (error instanceof Refusal) return error;
  if (error.name === 'InvalidValue' && typeof error.field === 'string') {
    return invalidField(error.field, error.message);
  }
  switch (error.code) {
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
      return new Refusal('unsupported_media_type', 'The body must be application/json.');
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
      return new Refusal('too_large', `A request may have at most ${BODY_BYTES_MAX} bytes.`);
    case 'FST_ERR_CTP_INVALID_JSON_BODY':
    case 'FST_ERR_CTP_INVALID_CONTENT_LENGTH':
      return invalidField('body', 'is not valid JSON');
    case 'FST_ERR_BAD_URL':
      return invalidField('path', 'is not a valid address');
  }
  // SQLSTATE of a text that PostgreSQL cannot hold, where no schema has said so before.
  if (error.code === '22021') {
    return invalidField('request', 'holds a character that cannot be stored');
  }
  if (isAway(error)) return new Refusal('not_ready');
  return new Refusal(
    'internal',
    'Nothing of this request was stored. Try again; the log has more.',
  );
}

/** 1 MiB: a task's details have at most 32,000 characters, and lists at most 500 ids. */
export const BODY_BYTES_MAX = 1024 * 1024;

function pathOf(request: FastifyRequest): string {
  return request.url.split('?', 1)[0] ?? '';
}

/** Which methods an address knows, to tell "wrong method" from "nothing here". */
function collectRoutes(app: FastifyInstance) {
  const routes: { method: string; pattern: RegExp }[] = [];
  app.addHook('onRoute', ({ method, url }) => {
    if (url.includes('*')) return;
    const pattern = new RegExp(`^${url.replaceAll(/:\w+/g, '[^/]+')}$`);
    for (const one of [method].flat()) routes.push({ method: one, pattern });
  });
  return {
    methodsFor: (path: string) => [
      ...new Set(routes.filter(({ pattern }) => pattern.test(path)).map(({ method }) => method)),
    ],
  };
}
