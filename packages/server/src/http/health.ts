import type { FastifyInstance } from 'fastify';
import type { Services } from '../services.ts';
import { sendProblem } from './errors.ts';
import { Refusal } from './refusal.ts';

/** For supervisors: /healthz is this process, /readyz is the process and its database. No sign-in. */
export function registerHealth(app: FastifyInstance, { db, live, metrics }: Services): void {
  const schema = { hide: true };
  app.get('/healthz', { schema }, async () => ({ status: 'ok' }));
  app.get('/readyz', { schema }, async (_request, reply) => {
    try {
      await db.pool.query('select 1');
    } catch {
      return sendProblem(reply, new Refusal('not_ready', 'The database does not answer.'));
    }
    return { status: 'ready' };
  });
  app.get('/metrics', { schema }, async (_request, reply) => {
    metrics.liveStreams.set(live.open);
    return reply.type(metrics.registry.contentType).send(await metrics.registry.metrics());
  });
}
