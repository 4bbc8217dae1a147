import Fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify';
import { serializerCompiler } from 'fastify-type-provider-zod';
import { registerAudit } from '../api/audit.ts';
import { registerConnection } from '../api/connection.ts';
import { registerEvents } from '../api/events.ts';
import { registerHistory } from '../api/history.ts';
import { registerInvitations } from '../api/invitations.ts';
import { registerJoin } from '../api/join.ts';
import { registerMe } from '../api/me.ts';
import { registerPasswordReset } from '../api/password-reset.ts';
import { registerProblems } from '../api/problems.ts';
import { registerReminders } from '../api/reminders.ts';
import { registerSearch } from '../api/search.ts';
import { registerSessions } from '../api/sessions.ts';
import { registerSettings } from '../api/settings.ts';
import { registerSignIn } from '../api/sign-in.ts';
import { registerSync } from '../api/sync.ts';
import { registerTasks } from '../api/tasks/tasks.ts';
import { registerTeam } from '../api/team.ts';
import { registerTemplate } from '../api/template.ts';
import { registerTokens } from '../api/tokens.ts';
import { registerViews } from '../api/views.ts';
import { registerWebhooks } from '../api/webhooks.ts';
import { faultFacts } from '../fault-facts.ts';
import type { Services } from '../services.ts';
import { registerAuthentication } from './authenticate.ts';
import { registerCompression } from './compress.ts';
import { BODY_BYTES_MAX, registerErrors, sendProblem } from './errors.ts';
import { registerHealth } from './health.ts';
import { registerIdempotency } from './idempotency.ts';
import { registerOpenapi } from './openapi.ts';
import { type RateLimits, registerRateLimits } from './rate-limits.ts';
import { invalidField } from './refusal.ts';
import { PLAIN_HEADERS, registerSafetyHeaders } from './safety-headers.ts';
import { registerUnsubscribe } from './unsubscribe-page.ts';
import { validatorCompiler } from './validation.ts';
import { registerWebPage } from './web-page.ts';

export interface AppOptions {
  /** Folder of the built web app. */
  readonly webRoot: string | null;
  readonly limits: RateLimits;
}

/** Longest id in a path; anything longer is no id of ours. */
const PARAM_LENGTH_MAX = 300;
/** A client that sends slower than this is not coming. */
const REQUEST_MS_MAX = 30_000;

/** The whole HTTP side over given services; it does not listen yet. */
export async function createApp(services: Services, options: AppOptions): Promise<FastifyInstance> {
  const app = Fastify({
    // What Tandem has to say it says itself; from Fastify only trouble is news.
    loggerInstance: services.log.child(
      {},
      { level: 'warn', serializers: { err: faultFacts } },
    ) as FastifyBaseLogger,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: BODY_BYTES_MAX,
    requestTimeout: REQUEST_MS_MAX,
    // A reverse proxy on this machine may say who asked and over which protocol; nobody else may.
    trustProxy: 'loopback',
    // Open streams would hold a stop back for ever.
    forceCloseConnections: true,
    routerOptions: { maxParamLength: PARAM_LENGTH_MAX },
    frameworkErrors: (_error, _request, reply) =>
      sendProblem(reply.headers(PLAIN_HEADERS), invalidField('path', 'is not a valid address')),
  });
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  takeJsonOnly(app);
  await registerSafetyHeaders(app);
  registerErrors(app, services);
  measure(app, services);
  await registerRateLimits(app, options.limits);
  registerAuthentication(app, services);
  await registerOpenapi(app);
  await registerWebPage(app, options.webRoot);
  await registerUnsubscribe(app, services);
  registerHealth(app, services);
  await app.register(async (api) => {
    api.addHook('onSend', async (_request, reply) => {
      if (!reply.hasHeader('cache-control')) reply.header('cache-control', 'no-store');
    });
    registerCompression(api);
    registerIdempotency(api, services);
    registerSignIn(api, services, options.limits);
    registerPasswordReset(api, services, options.limits);
    registerJoin(api, services, options.limits);
    registerSessions(api, services, options.limits);
    registerTeam(api, services);
    registerInvitations(api, services, options.limits);
    registerAudit(api, services);
    registerTasks(api, services);
    registerConnection(api, services);
    registerSearch(api, services);
    registerSettings(api, services);
    registerSync(api, services);
    registerProblems(api, services);
    registerHistory(api, services);
    registerTemplate(api, services);
    registerMe(api, services);
    registerReminders(api, services, options.limits);
    registerViews(api, services);
    registerTokens(api, services);
    registerWebhooks(api, services);
    registerEvents(api, services);
  });
  return app;
}

/** JSON or nothing: a form on another site could send text/plain without asking. */
function takeJsonOnly(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  const parse = app.getDefaultJsonParser('error', 'error');
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    // fetch() with a JSON header and no body is how many clients say "no body".
    if (body === '') done(null, undefined);
    else parse(request, body as string, done);
  });
}

function measure(app: FastifyInstance, { metrics, log }: Services): void {
  app.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'none';
    const { method } = request;
    const status = String(reply.statusCode);
    metrics.httpSeconds.observe({ method, route, status }, reply.elapsedTime / 1000);
    // The route, not the address: queries hold names and search texts (B12.2).
    log.debug({ requestId: request.id, method, route, status }, 'http.request');
  });
}
