import { createHash, timingSafeEqual } from 'node:crypto';
import { countHealth } from '@tandem/store';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Services } from '../services.ts';
import { sendProblem } from './errors.ts';
import { Refusal } from './refusal.ts';

/**
 * For supervisors: /healthz is this process, /readyz is the process and its database. No sign-in. /metrics counts over
 * all workspaces and names nobody; whoever runs Tandem may put a token before it.
 */
export function registerHealth(app: FastifyInstance, services: Services): void {
  const { db, live, metrics } = services;
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
  app.get('/metrics', { schema }, async (request, reply) => {
    askForToken(request, services.metricsToken);
    metrics.liveStreams.set(live.open);
    // While the database is away the last known figures stand, and /readyz says so.
    await measureSync(services).catch(() => {});
    return reply.type(metrics.registry.contentType).send(await metrics.registry.metrics());
  });
}

/** Hashed first: how long the comparison takes then says nothing of either. */
function askForToken(request: FastifyRequest, wanted: string | null): void {
  if (wanted === null) return;
  const given = /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? '')?.[1] ?? '';
  const [a, b] = [given, wanted].map((text) => createHash('sha256').update(text).digest());
  if (a !== undefined && b !== undefined && timingSafeEqual(a, b)) return;
  throw new Refusal(
    'not_signed_in',
    'These figures need TANDEM_METRICS_TOKEN as "Authorization: Bearer …".',
  );
}

/** B11.6 for whoever watches over Tandem: progress, not absence of errors. */
async function measureSync({ db, clock, metrics }: Services): Promise<void> {
  const counts = await countHealth(db, clock.now());
  metrics.accounts.set({ state: 'on' }, counts.on);
  metrics.accounts.set({ state: 'needs_sign_in' }, counts.needSignIn);
  metrics.accounts.set({ state: 'unattended' }, counts.unattended);
  metrics.oldestUnsentSeconds.set(counts.oldestUnsentSeconds);
  metrics.oldestPollSeconds.set(counts.oldestPollSeconds);
  metrics.eventFeeds.set({ state: 'listening' }, counts.listening);
  metrics.eventFeeds.set({ state: 'deaf' }, counts.deaf);
  metrics.oldestEventSeconds.set(counts.oldestEventSeconds);
}
