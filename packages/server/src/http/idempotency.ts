import { createHash } from 'node:crypto';
import { type Actor, claimKey, finishKey, releaseKey } from '@tandem/store';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Services } from '../services.ts';
import { invalidField, Refusal } from './refusal.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** The key this request is the first of; null where none was sent. */
    idempotencyKey: string | null;
  }
}

export const IDEMPOTENCY_HEADER = 'idempotency-key';
/** Printable ASCII without spaces at its ends, as of a header; a UUID is usual. */
const KEY = /^[\x21-\x7e]([\x20-\x7e]{0,253}[\x21-\x7e])?$/;

const kept = z.object({ type: z.string().nullable(), body: z.string() });

/**
 * A write that is sent twice with one key happens once: the second gets the first one's answer. What was
 * refused changed nothing and leaves the key free. A request that broke off in between keeps its key, because
 * nobody knows how far it came; that is told, and no second one is carried out.
 */
export function registerIdempotency(app: FastifyInstance, services: Services): void {
  const { db, clock, vault, log } = services;
  app.decorateRequest('idempotencyKey', null);

  app.addHook('preHandler', async (request, reply) => {
    const key = keyOf(request);
    const { actor } = request;
    if (key === null || actor === null) return;
    const claim = await claimKey(db, actor, key, hashOf(request), clock.now());
    switch (claim.kind) {
      case 'first':
        request.idempotencyKey = key;
        return;
      case 'replay': {
        const { type, body } = kept.parse(
          JSON.parse(vault.open(claim.reply, answerPlace(actor, key))),
        );
        reply.status(claim.status).header('idempotency-replayed', 'true');
        if (type !== null) reply.type(type);
        return reply.send(body === '' ? undefined : body);
      }
      case 'under_way':
        throw new Refusal(
          'request_under_way',
          'A request with this Idempotency-Key is under way, or broke off. Ask again in a moment; if that does not end, look whether it took effect, and use a new key.',
        );
      case 'other_request':
        throw new Refusal(
          'idempotency_key_reused',
          'This Idempotency-Key came with another request within 24 hours. Use a new one for each.',
        );
      case 'too_many':
        throw new Refusal('too_many_requests', 'Too many Idempotency-Keys within 24 hours.');
    }
  });

  app.addHook('onSend', async (request, reply, payload) => {
    const { idempotencyKey: key, actor } = request;
    if (key === null || actor === null) return payload;
    request.idempotencyKey = null;
    try {
      if (reply.statusCode >= 300) await releaseKey(db, actor, key);
      else {
        const type = reply.getHeader('content-type');
        const body = typeof payload === 'string' ? payload : '';
        const text = JSON.stringify({ type: typeof type === 'string' ? type : null, body });
        await finishKey(db, actor, key, {
          status: reply.statusCode,
          reply: vault.seal(text, answerPlace(actor, key)),
        });
      }
    } catch (error) {
      // What was asked for is done, or refused; only a repetition will not learn how.
      log.warn({ requestId: request.id, fault: (error as Error).name }, 'idempotency.not_kept');
    }
    return payload;
  });
}

function keyOf(request: FastifyRequest): string | null {
  if (request.method === 'GET') return null;
  const key = request.headers[IDEMPOTENCY_HEADER];
  if (key === undefined) return null;
  if (typeof key !== 'string' || !KEY.test(key)) {
    throw invalidField('Idempotency-Key', 'must be 1 to 255 printable ASCII characters');
  }
  return key;
}

/** After validation, so that the order of fields or a default spelled out makes no difference. */
function hashOf({ method, routeOptions, params, query, body }: FastifyRequest): string {
  const request = [method, routeOptions.url, params, query, body ?? null];
  return createHash('sha256').update(JSON.stringify(request, asHashed)).digest('hex');
}

/** In the order of names. Not with a password in it: a plain hash of one is a quick way to try guesses. */
function asHashed(key: string, value: unknown): unknown {
  if (/password/i.test(key)) return undefined;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** An answer opens only for the person and key it was given to. */
export function answerPlace(
  { workspaceId, userId }: Pick<Actor, 'workspaceId' | 'userId'>,
  key: string,
): string {
  return `idempotency ${workspaceId} ${userId} ${key}`;
}
