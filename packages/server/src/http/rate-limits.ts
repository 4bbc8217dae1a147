import rateLimit from '@fastify/rate-limit';
import type { FastifyInstance, FastifyRequest, RouteOptions } from 'fastify';
import { Refusal } from './refusal.ts';

/** B12.3. Counted per process and minute. */
export interface RateLimits {
  /** An office of twenty behind one address, each with live pages, stays far below. */
  readonly apiPerMinute: number;
  /** Per address and e-mail: a person mistypes a few times, a guesser gets nowhere. */
  readonly signInPerMinute: number;
  /** Per address, over all e-mails: one password tried on many accounts gets nowhere either. */
  readonly signInPerAddress: number;
}

/** Nobody is ever locked out by what others try from elsewhere: no account is counted without its address. */
export const RATE_LIMITS: RateLimits = {
  apiPerMinute: 3_000,
  signInPerMinute: 10,
  signInPerAddress: 60,
};

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

/** Both counts, after the body is read, because the e-mail is part of one key. */
export function signInLimit(
  app: FastifyInstance,
  limits: RateLimits,
): Pick<RouteOptions, 'config' | 'preHandler'> {
  const perAddress = app.createRateLimit({
    max: limits.signInPerAddress,
    timeWindow: '1 minute',
    keyGenerator: (request) => `sign-in|${request.ip}`,
  });
  return {
    preHandler: async (request, reply) => {
      const count = await perAddress(request);
      if (count.isAllowed || !count.isExceeded) return;
      reply.header('retry-after', count.ttlInSeconds);
      throw new Refusal('too_many_requests', `Wait ${count.ttlInSeconds} seconds, then try again.`);
    },
    config: {
      rateLimit: {
        max: limits.signInPerMinute,
        timeWindow: '1 minute',
        hook: 'preHandler',
        keyGenerator: (request) => `${request.ip}|${emailIn(request)}`,
        errorResponseBuilder: tooMany,
      },
    },
  };
}

/** Per person: who found a screen unlocked does not guess on. */
export function passwordLimit(limits: RateLimits): Pick<RouteOptions, 'config'> {
  return {
    config: {
      rateLimit: {
        max: limits.signInPerMinute,
        timeWindow: '1 minute',
        hook: 'preHandler',
        keyGenerator: (request) => `password|${request.actor?.userId}`,
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
