import { isIPv6 } from 'node:net';
import rateLimit from '@fastify/rate-limit';
import type { FastifyInstance, FastifyReply, FastifyRequest, RouteOptions } from 'fastify';
import { Refusal } from './refusal.ts';

/** B12.3. Counted per process and minute. */
export interface RateLimits {
  /** An office of twenty behind one address, each with live pages, stays far below. */
  readonly apiPerMinute: number;
  /** Per address and e-mail: a person mistypes a few times, a guesser gets nowhere. */
  readonly signInPerMinute: number;
  /** Per address, over all e-mails: one password tried on many accounts gets nowhere either. */
  readonly signInPerAddress: number;
  /** Per person: mails to an address that nobody has proved to be theirs, or that is somebody else's. */
  readonly mailsPerMinute: number;
}

/** Nobody is ever locked out by what others try from elsewhere: no account is counted without its address. */
export const RATE_LIMITS: RateLimits = {
  apiPerMinute: 3_000,
  signInPerMinute: 10,
  signInPerAddress: 60,
  mailsPerMinute: 30,
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
  return {
    preHandler: counted(app, limits.signInPerAddress, ({ ip }) => `sign-in|${networkOf(ip)}`),
    config: {
      rateLimit: {
        max: limits.signInPerMinute,
        timeWindow: '1 minute',
        hook: 'preHandler',
        keyGenerator: (request) => `${networkOf(request.ip)}|${emailIn(request)}`,
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

/** Per person. Tandem's mails are no way to trouble somebody whose address one has only claimed. */
export function mailLimit(
  app: FastifyInstance,
  limits: RateLimits,
): Pick<RouteOptions, 'preHandler'> {
  const key = ({ actor }: FastifyRequest) => `mail|${actor?.userId}`;
  return { preHandler: counted(app, limits.mailsPerMinute, key) };
}

/** Beside the limit a route has already. */
function counted(
  app: FastifyInstance,
  max: number,
  keyGenerator: (request: FastifyRequest) => string,
): (request: FastifyRequest, reply: FastifyReply) => Promise<void> {
  const count = app.createRateLimit({ max, timeWindow: '1 minute', keyGenerator });
  return async (request, reply) => {
    const counted = await count(request);
    if (counted.isAllowed || !counted.isExceeded) return;
    reply.header('retry-after', counted.ttlInSeconds);
    throw new Refusal('too_many_requests', `Wait ${counted.ttlInSeconds} seconds, then try again.`);
  };
}

/** Of IPv6 the first half: whoever has one such address has all of its network, and would never run out of them. */
function networkOf(ip: string): string {
  if (!isIPv6(ip) || ip.includes('.')) return ip;
  const [head = '', tail] = (ip.split('%')[0] ?? '').split('::');
  const groups = (text: string | undefined) => (text ? text.split(':') : []);
  const left = groups(head);
  const gap = tail === undefined ? 0 : 8 - left.length - groups(tail).length;
  return [...left, ...Array<string>(gap).fill('0'), ...groups(tail)]
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':');
}

function tooMany(_request: FastifyRequest, { after }: { after: string }): Refusal {
  return new Refusal('too_many_requests', `Wait ${after}, then try again.`);
}

function emailIn({ body }: FastifyRequest): string {
  const email = typeof body === 'object' && body !== null && 'email' in body ? body.email : '';
  return typeof email === 'string' ? email.toLowerCase() : '';
}
