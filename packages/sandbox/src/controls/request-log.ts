import type { FastifyInstance, FastifyRequest } from 'fastify';
import { wasCut, wasRefused } from '../faults/register.ts';
import type { TokenStore } from '../oauth/token-store.ts';
import type { Id, Org } from '../org/org.ts';

/** What a client asked of the API, for tests that count calls and people who wonder. No bodies. */
export interface LoggedRequest {
  readonly seq: number;
  /** By the org's clock, ISO. */
  readonly at: string;
  readonly method: string;
  /** Path and query; OAuth values in the query are left out. */
  readonly path: string;
  /** What a composite call consists of, as `PATCH /services/…`; empty for any other. */
  readonly parts: readonly string[];
  /** 0: the answer was lost on purpose. */
  readonly status: number;
  readonly durationMs: number;
  readonly userId: Id | null;
  readonly clientId: string | null;
  /** From `Sforce-Call-Options: client=…`. */
  readonly client: string | null;
  /** Whether it counted against the org's daily API requests. */
  readonly counted: boolean;
}

export interface RequestLog {
  record(entry: Omit<LoggedRequest, 'seq'>): void;
  list(since: number, limit: number): readonly LoggedRequest[];
  total(): number;
  clear(): number;
  readonly org: Org;
  readonly tokens: TokenStore;
}

/** A day of polling every ten seconds fits; about 35 MB if every one has 25 parts. */
export const REQUESTS_KEPT = 10_000;

export function createRequestLog(org: Org, tokens: TokenStore): RequestLog {
  const ring: LoggedRequest[] = [];
  let seq = 0;
  return {
    org,
    tokens,
    record(entry) {
      seq += 1;
      ring.push({ seq, ...entry });
      if (ring.length > 2 * REQUESTS_KEPT) ring.splice(0, ring.length - REQUESTS_KEPT);
    },
    list: (since, limit) =>
      ring
        .slice(-REQUESTS_KEPT)
        .filter((entry) => entry.seq > since)
        .slice(0, limit),
    total: () => Math.min(ring.length, REQUESTS_KEPT),
    clear() {
      const count = Math.min(ring.length, REQUESTS_KEPT);
      ring.length = 0;
      return count;
    },
  };
}

/** Path parts that are never counted as API calls although they live under `/services/`. */
const UNCOUNTED = /^\/services\/(oauth2\/|data\/?(\?|$))/;

export function registerRequestLog(app: FastifyInstance, log: RequestLog): void {
  app.addHook('onResponse', async (request, reply) =>
    finish(log, request, reply.statusCode, reply.elapsedTime),
  );
  // A connection that is about to be cut never comes to its response.
  app.addHook('onSend', async (request, _reply, payload) => {
    if (wasCut(request)) finish(log, request, 0, 0);
    return payload;
  });
}

const logged = new WeakSet<FastifyRequest>();

function finish(
  log: RequestLog,
  request: FastifyRequest,
  status: number,
  durationMs: number,
): void {
  if (!request.url.startsWith('/services/') || logged.has(request)) return;
  logged.add(request);
  const bearer = /^(?:Bearer|OAuth)\s+(\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
  const token = bearer === undefined ? null : log.tokens.inspect(bearer);
  const counted = token !== null && !UNCOUNTED.test(request.url) && !wasRefused(request);
  log.record({
    at: new Date(log.org.clock.now()).toISOString(),
    method: request.method,
    path: withoutSecrets(request.url),
    parts: partsOf(request),
    status: wasCut(request) ? 0 : status,
    durationMs: Math.round(durationMs),
    userId: token?.userId ?? null,
    clientId: token?.clientId ?? null,
    client:
      /(?:^|[,;\s])client=([^,;]+)/i.exec(headerText(request, 'sforce-call-options'))?.[1] ?? null,
    counted,
  });
}

function partsOf({ url, body }: FastifyRequest): readonly string[] {
  if (typeof body !== 'string' || !/\/composite\/?(?:\?|$)/.test(url)) return [];
  try {
    const { compositeRequest } = JSON.parse(body) as { compositeRequest: Part[] };
    return compositeRequest.map((part) => `${part.method} ${part.url}`.slice(0, PART_KEPT));
  } catch {
    return []; // not a composite call after all; its answer says so
  }
}

interface Part {
  readonly method?: unknown;
  readonly url?: unknown;
}

/** Enough to tell one resource from another; statements may be thousands of characters long. */
const PART_KEPT = 120;

function headerText(request: FastifyRequest, name: string): string {
  const value = request.headers[name];
  return Array.isArray(value) ? value.join(',') : (value ?? '');
}

function withoutSecrets(url: string): string {
  return url.replace(
    /([?&](?:oauth_token|access_token|token|code|client_secret|password|code_verifier)=)[^&]*/gi,
    '$1…',
  );
}
