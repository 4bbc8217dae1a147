import { setTimeout as delay } from 'node:timers/promises';
import type { ApiUsage, Reply, SalesforceFault } from '@tandem/engine';
import { instantOfHttpDate } from './dates.ts';
import { type Fetch, type HttpResult, send } from './http.ts';
import { parseJson } from './json.ts';
import { faultIn, ownFault } from './salesforce-errors.ts';
import type { AccessToken, Tokens } from './tokens.ts';

export const API_VERSION = 'v62.0';
const DATA_PATH = `/services/data/${API_VERSION}`;

/**
 * A poll answers in well under a second; Salesforce itself gives up on a query after 120 s. A minute
 * lets the slow ones through without holding a worker for long.
 */
const READ_TIMEOUT_MS = 60_000;
/**
 * Longer than reads: 200 rows may run an org's triggers for a long time, and giving up early turns a
 * slow success into an unknown outcome that costs a look-up.
 */
const WRITE_TIMEOUT_MS = 120_000;
/** A full page of 2,000 tasks is 2–4 MB; this stops a reply from eating the process. */
const MAX_REPLY_BYTES = 48 * 1024 * 1024;
/** 200 tasks with 32,000 characters each stay under MAX_REPLY_BYTES whatever their script. */
const SMALL_PAGE = 'batchSize=200';
/** Two more tries outlast a restarting gateway; longer outages belong to the caller's back-off. */
const READ_RETRIES = 2;
/** The first pause is 200–400 ms, the second 400–800 ms: a person may be waiting. */
const RETRY_BASE_MS = 200;
/**
 * Whoever sends a write looked at its lease (20 s) just before. A machine that sleeps while a token is fetched wakes up
 * under another one's lease: then the write does not leave any more (R14).
 */
const WRITE_LEAVES_WITHIN_MS = 10_000;
const RETRIABLE_STATUS = new Set([420, 429, 500, 502, 503, 504]);

export interface Log {
  info(event: string, facts?: Readonly<Record<string, string | number | boolean | null>>): void;
  warn(event: string, facts?: Readonly<Record<string, string | number | boolean | null>>): void;
}

export interface ClientOptions {
  readonly tokens: Tokens;
  readonly log: Log;
  readonly fetch?: Fetch;
  /** In [0, 1), for jitter. */
  readonly random?: () => number;
  readonly wait?: (ms: number) => Promise<unknown>;
  /** Milliseconds that only grow. */
  readonly now?: () => number;
  readonly timeouts?: { readonly readMs: number; readonly writeMs: number };
  readonly maxReplyBytes?: number;
}

export interface ApiRequest<T> {
  /** A write is never repeated, and its lost reply is `unknown`. */
  readonly effect: 'read' | 'write';
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** Below the version's root (`/limits`), or a whole `/services/…` path as Salesforce gave it. */
  readonly path: string;
  readonly body?: unknown;
  /** Null for a body that is not what Salesforce documents. */
  readonly read: (body: unknown) => T | null;
}

export interface Client {
  request<T>(request: ApiRequest<T>): Promise<Reply<T>>;
}

export function createClient(options: ClientOptions): Client {
  const { tokens, log } = options;
  const fetch = options.fetch ?? globalThis.fetch;
  const random = options.random ?? Math.random;
  const wait = options.wait ?? delay;
  const now = options.now ?? (() => performance.now());
  const timeouts = options.timeouts ?? { readMs: READ_TIMEOUT_MS, writeMs: WRITE_TIMEOUT_MS };
  const maxReplyBytes = options.maxReplyBytes ?? MAX_REPLY_BYTES;

  function exchange<T>(request: ApiRequest<T>, token: AccessToken, small: boolean) {
    const path = request.path.startsWith('/services/') ? request.path : DATA_PATH + request.path;
    return send(fetch, {
      method: request.method,
      url: token.instanceUrl + path,
      headers: {
        accept: 'application/json',
        authorization: `Bearer ${token.accessToken}`,
        'sforce-call-options': 'client=tandem',
        ...(request.body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(small ? { 'sforce-query-options': SMALL_PAGE } : {}),
      },
      body: request.body === undefined ? null : JSON.stringify(request.body),
      timeoutMs: request.effect === 'read' ? timeouts.readMs : timeouts.writeMs,
      maxReplyBytes,
    });
  }

  return {
    async request(request) {
      const begun = now();
      let token = await tokens.access();
      let refreshed = false;
      let retries = 0;
      let small = false;
      // Ends: each turn that does not return uses up one of the three bounded second chances.
      for (;;) {
        if (request.effect === 'write' && now() - begun > WRITE_LEAVES_WITHIN_MS)
          return { kind: 'fault', fault: ownFault('NETWORK', 'not sent: a token took too long') };
        const result = await exchange(request, token, small);
        const facts = { method: request.method, resource: resourceOf(request.path) };
        if (!refreshed && isExpired(result)) {
          // A 401 did nothing, so even a write may be repeated.
          refreshed = true;
          const renewed = await tokens.refresh(token);
          log.info('salesforce.token_refresh', { outcome: renewed.kind });
          if (renewed.kind === 'refused') {
            return { kind: 'fault', fault: refusedFault(renewed) };
          }
          if (renewed.kind === 'unknown') {
            return { kind: 'fault', fault: ownFault('NETWORK', renewed.message) };
          }
          token = renewed.value;
        } else if (request.effect === 'read' && !small && result.kind === 'too_large') {
          small = true;
          log.warn('salesforce.reply_too_large', facts);
        } else if (request.effect === 'read' && retries < READ_RETRIES && isPassing(result)) {
          const pause = RETRY_BASE_MS * 2 ** retries * (1 + random());
          retries += 1;
          log.warn('salesforce.retry', { ...facts, status: statusOf(result), retries });
          await wait(pause);
        } else {
          return replyOf(request, result);
        }
      }
    },
  };
}

function isExpired(result: HttpResult): boolean {
  if (result.kind !== 'reply' || result.status !== 401) return false;
  return faultIn(parseJson(result.text), 401)?.code === 'INVALID_SESSION_ID';
}

/** Time-outs are not repeated: a slow org gets slower when it is asked again at once. */
function isPassing(result: HttpResult): boolean {
  if (result.kind === 'reply') return RETRIABLE_STATUS.has(result.status);
  return result.kind === 'not_sent' || (result.kind === 'lost' && !result.timedOut);
}

function replyOf<T>(request: ApiRequest<T>, result: HttpResult): Reply<T> {
  const lost = (fault: SalesforceFault): Reply<T> =>
    request.effect === 'write'
      ? { kind: 'unknown', message: fault.message }
      : { kind: 'fault', fault };

  if (result.kind === 'not_sent') {
    return { kind: 'fault', fault: ownFault('NETWORK', result.message) };
  }
  if (result.kind === 'lost') {
    return lost(ownFault(result.timedOut ? 'TIMEOUT' : 'NETWORK', result.message));
  }
  if (result.kind === 'too_large') return lost(ownFault('REPLY_TOO_LARGE', result.message));

  const { status, headers } = result;
  const body = result.text === '' ? null : parseJson(result.text);
  if (status < 200 || status >= 300) {
    const fault = faultIn(body, status);
    // A server's error does not say how far a write had come.
    if (fault !== null) return status >= 500 ? lost(fault) : { kind: 'fault', fault };
    const message = `Salesforce answered with HTTP ${status}`;
    // A gateway's error page does not say whether Salesforce got the request.
    if (status >= 500 || status === 408) return lost(ownFault('NETWORK', message, status));
    const code = RETRIABLE_STATUS.has(status) ? 'NETWORK' : (`HTTP_${status}` as const);
    return { kind: 'fault', fault: ownFault(code, message, status) };
  }
  const serverTime = instantOfHttpDate(headers.get('date'));
  const value = body === undefined ? null : request.read(body);
  if (serverTime === null || value === null) {
    const lack = serverTime === null ? 'has no Date' : 'is not what Salesforce documents';
    return lost(ownFault('BAD_REPLY', `the reply ${lack}`, status));
  }
  return { kind: 'ok', value, serverTime, usage: usageOf(headers.get('sforce-limit-info')) };
}

function usageOf(header: string | null): ApiUsage | null {
  const match = /api-usage=(\d+)\/(\d+)/.exec(header ?? '');
  return match === null ? null : { used: Number(match[1]), max: Number(match[2]) };
}

/** OAuth's codes in the spelling of Salesforce's other codes. */
function refusedFault(refused: { code: string; message: string }): SalesforceFault {
  const code =
    refused.code === 'inactive_org' ? 'INACTIVE_ORGANIZATION' : refused.code.toUpperCase();
  return { code, message: refused.message, fields: [], httpStatus: 401 };
}

function statusOf(result: HttpResult): string {
  return result.kind === 'reply' ? String(result.status) : result.kind;
}

/** Without query and ids: what may be logged (B12.2). */
function resourceOf(path: string): string {
  return (path.split('?')[0] ?? '').replace(/\/[A-Za-z0-9]{15,}(?:-\d+)?(?=\/|$)/g, '/…');
}
