import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { LocalOrg } from '../org/local-org.ts';
import { type Ctx, OrgFault } from '../org/org.ts';
import type { Sessions } from '../org/session.ts';
import { versions } from './meta.ts';
import { answer } from './routes.ts';
import { faultReply, type RestReply, resourceMissing } from './types.ts';
import { readUrl } from './url.ts';

/** Salesforce's bound on a request body: 200 tasks with the longest comments fit well inside. */
const BODY_BYTES_MAX = 50 * 1024 * 1024;
/** A longer URI is answered 414. */
const URI_MAX = 16_384;
const JSON_TYPE = 'application/json;charset=UTF-8';

/** The REST resources under `/services/data`, on an app that already has its hooks. */
export async function registerRest(
  app: FastifyInstance,
  org: LocalOrg,
  sessions: Sessions,
): Promise<void> {
  await app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.setErrorHandler((error, _request, reply) => {
      const { status, body } = unexpected(error);
      reply.code(status).header('content-type', JSON_TYPE).send(JSON.stringify(body));
    });
    scope.addContentTypeParser(
      '*',
      { parseAs: 'string', bodyLimit: BODY_BYTES_MAX },
      (_request, body, done) => done(null, body),
    );
    const handler = (request: FastifyRequest, reply: FastifyReply) =>
      serve(org, sessions, request, reply);
    const method = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'];
    scope.route({ method, url: '/services/data', exposeHeadRoute: false, handler });
    scope.route({ method, url: '/services/data/*', exposeHeadRoute: false, handler });
  });
}

/** What no resource answers for: a body too large, or a fault of ours. */
function unexpected(error: unknown): RestReply {
  const { statusCode = 500, message = String(error) } = error as {
    readonly statusCode?: number;
    readonly message?: string;
  };
  if (statusCode >= 400 && statusCode < 500) {
    const code = statusCode === 413 ? 'REQUEST_TOO_LARGE' : 'BAD_REQUEST';
    return faultReply(new OrgFault(statusCode, code, message));
  }
  return faultReply(
    new OrgFault(500, 'UNKNOWN_EXCEPTION', `An unexpected error occurred: ${message}`),
  );
}

function serve(org: LocalOrg, sessions: Sessions, request: FastifyRequest, reply: FastifyReply) {
  const result = resultOf(org, sessions, request);
  const { used, max } = org.usage();
  reply.code(result.status).header('content-type', JSON_TYPE);
  reply.header('sforce-limit-info', `api-usage=${used}/${max}`);
  for (const [name, value] of Object.entries(result.headers ?? {})) reply.header(name, value);
  if (result.status === 401) reply.header('www-authenticate', 'Token');
  if (result.body === undefined || request.method === 'HEAD') {
    reply.removeHeader('content-type');
    return reply.send();
  }
  const pretty = header(request, 'x-prettyprint');
  const spaces = pretty === '1' || pretty === 'true' ? 2 : 0;
  return reply.send(JSON.stringify(result.body, null, spaces));
}

function resultOf(org: LocalOrg, sessions: Sessions, request: FastifyRequest): RestReply {
  try {
    return readAndAnswer(org, sessions, request);
  } catch (fault) {
    if (fault instanceof OrgFault) return faultReply(fault);
    throw fault;
  }
}

function readAndAnswer(org: LocalOrg, sessions: Sessions, request: FastifyRequest): RestReply {
  if (request.url.length > URI_MAX) throw new OrgFault(414, 'URI_TOO_LONG', 'URI is too long');
  const target = readUrl(request.url);
  if (target === null) throw resourceMissing();
  if (target.version === null) return { status: 200, body: versions() };
  const session = sessions.resolve(bearer(request));
  if (session === null) {
    throw new OrgFault(401, 'INVALID_SESSION_ID', 'Session expired or invalid');
  }
  const { used, max } = org.usage();
  if (used >= max) {
    throw new OrgFault(403, 'REQUEST_LIMIT_EXCEEDED', 'TotalRequests Limit exceeded.');
  }
  org.countCall();
  const client =
    /client=([^,;]+)/.exec(header(request, 'sforce-call-options'))?.[1]?.trim() ?? null;
  const ctx: Ctx = { userId: session.userId, client, source: 'rest' };
  const text = typeof request.body === 'string' ? request.body : '';
  const reply = answer(
    { org, ctx, origin: `http://${header(request, 'host')}` },
    {
      // For callers that cannot send PATCH.
      method: (target.query.get('_HttpMethod') ?? request.method).toUpperCase(),
      segments: target.segments,
      version: target.version,
      query: target.query,
      headers: plainHeaders(request),
      body: readBody(request, text),
    },
  );
  return withPlace(reply, text);
}

function readBody(request: FastifyRequest, text: string): unknown {
  if (text === '') return undefined;
  const type = header(request, 'content-type');
  if (type !== '' && !/json|^text\/plain|^\*\/\*/i.test(type)) {
    const message = `Content type '${type}' is not supported here`;
    throw new OrgFault(415, 'UNSUPPORTED_MEDIA_TYPE', message);
  }
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    const at = Number(/position (\d+)/.exec(String(error))?.[1] ?? text.length);
    throw new OrgFault(400, 'JSON_PARSER_ERROR', `Unexpected character at ${place(text, at)}`);
  }
}

/** A value that could not be read is pointed out in the body that was sent. */
function withPlace(reply: RestReply, text: string): RestReply {
  if (reply.status !== 400 || !Array.isArray(reply.body)) return reply;
  const body = reply.body.map(
    (error: { readonly message?: string; readonly errorCode?: string }) => {
      const { message = '' } = error;
      const value = / value (.*) or request may be missing a required field$/s.exec(message)?.[1];
      if (error.errorCode !== 'JSON_PARSER_ERROR' || value === undefined) return error;
      const quoted = text.indexOf(JSON.stringify(value));
      const at = quoted >= 0 ? quoted : Math.max(text.indexOf(value), 0);
      return { ...error, message: `${message} at ${place(text, at)}` };
    },
  );
  return { ...reply, body };
}

function place(text: string, at: number): string {
  const before = text.slice(0, at);
  const line = before.split('\n').length;
  return `[line:${line}, column:${at - before.lastIndexOf('\n')}]`;
}

function bearer(request: FastifyRequest): string {
  return /^(?:Bearer|OAuth)\s+(.+)$/i.exec(header(request, 'authorization'))?.[1] ?? '';
}

function header(request: FastifyRequest, name: string): string {
  const value = request.headers[name];
  return (Array.isArray(value) ? value[0] : value) ?? '';
}

function plainHeaders(request: FastifyRequest): Record<string, string> {
  return Object.fromEntries(
    Object.keys(request.headers).map((name) => [name, header(request, name)]),
  );
}
