import rateLimit from '@fastify/rate-limit';
import type { FastifyInstance, FastifyRequest, RouteOptions } from 'fastify';
import { Refusal } from './refusal.ts';

/** B12.3. Counted per process and minute. */
export interface RateLimits {
  /** An office of twenty behind one address, each with live pages, stays far below. */
  readonly apiPerMinute: number;
  /** Per address and e-mail: a person mistypes a few times, a guesser gets nowhere. */
  readonly signInPerMinute: number;
}

export const RATE_LIMITS: RateLimits = { apiPerMinute: 3_000, signInPerMinute: 10 };

export async function registerRateLimits(app: FastifyInstance, limits: RateLimits): Promise<void> {
  // A client that hung up has no address any more, and nobody to answer; the limiter would fail on it.
  app.addHook('onRequest', async (request, reply) => {
    if (request.socket.remoteAddress === undefined) return reply.hijack();
  });
  await app.register(rateLimit, {
    max: limits.apiPerMinute,
    timeWindow: '1 minute',
    errorResponseBuilder: tooMany,
  });
}

export function signInLimit(limits: RateLimits): Pick<RouteOptions, 'config'> {
  return {
    config: {
      rateLimit: {
        max: limits.signInPerMinute,
        timeWindow: '1 minute',
        // After the body is read, because the e-mail is part of the key.
        hook: 'preHandler',
        keyGenerator: (request) => `${request.ip}|${emailIn(request)}`,
        errorResponseBuilder: tooMany,
      },
    },
  };
}

function tooMany(_request: FastifyRequest, { after }: { after: string }): Refusal {
  return new Refusal('too_many_requests', `Wait ${after}, then try again.`);
}

function emailIn({ body }: FastifyRequest): string {
  const email = typeof body === 'object' && body !== null && 'email' in body ? body.email : '';
  return typeof email === 'string' ? email.toLowerCase() : '';
}
