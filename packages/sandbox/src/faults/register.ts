import { setTimeout as wait } from 'node:timers/promises';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Faults } from './faults.ts';

/** Requests whose effect will be kept and whose answer will be cut. */
const cutting = new WeakSet<FastifyRequest>();
/** Requests a fault answered; the org never saw them. */
const refused = new WeakSet<FastifyRequest>();

/**
 * Faults touch Salesforce's own API and OAuth paths only: never the pages, so that a person can
 * watch, and never the controls, so that a fault can always be taken away again.
 */
export function registerFaults(app: FastifyInstance, faults: Faults): void {
  // preHandler: the body is parsed by then, and nothing has happened in the org yet.
  app.addHook('preHandler', async (request, reply) => {
    if (!isFaultable(request.url)) return;
    const firing = faults.fire({
      method: request.method,
      url: request.url,
      body: () => bodyText(request.body),
    });
    for (const fault of firing) {
      if (fault.kind === 'latency') await wait(fault.ms);
      if (fault.kind === 'reply_lost') cutting.add(request);
      if (fault.kind === 'status') {
        refused.add(request);
        if (fault.retryAfterSeconds !== null) reply.header('retry-after', fault.retryAfterSeconds);
        return await reply
          .code(fault.status)
          .header('content-type', 'application/json;charset=UTF-8')
          .send(
            JSON.stringify(fault.body ?? [{ message: fault.message, errorCode: fault.errorCode }]),
          );
      }
    }
  });

  app.addHook('onSend', async (request, _reply, payload) => {
    if (cutting.has(request)) request.raw.socket.destroy();
    return payload;
  });
}

/** Whether the caller of this request never learnt its outcome. */
export function wasCut(request: FastifyRequest): boolean {
  return cutting.has(request);
}

/** Whether the org never saw this request. */
export function wasRefused(request: FastifyRequest): boolean {
  return refused.has(request);
}

function isFaultable(url: string): boolean {
  return url.startsWith('/services/');
}

function bodyText(body: unknown): string {
  if (body === undefined || body === null) return '';
  if (typeof body === 'string') return body;
  return Buffer.isBuffer(body) ? body.toString('utf8') : JSON.stringify(body);
}
