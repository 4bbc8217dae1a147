import { ENDPOINTS, type EndpointContract, type EndpointName } from '@tandem/api';
import type { z } from 'zod';
import { problemOf, TandemProblem } from './tandem-problem.ts';

export interface TandemClientOptions {
  /** Where Tandem is: `https://tandem.example`. */
  readonly url: string;
  /** From Settings → Programs, or `tandem token create`. */
  readonly token: string;
  readonly fetch?: typeof fetch;
  /** How often a request is sent at most. Writes carry an Idempotency-Key, so that they happen once. */
  readonly attemptsMax?: number;
  /** Waits between attempts; tests bring their own. */
  readonly sleep?: (ms: number) => Promise<void>;
}

export interface CallOptions {
  readonly signal?: AbortSignal;
  /** Your own key, to make a write once even across restarts of your program. */
  readonly idempotencyKey?: string;
  /** Managers and admins: read what this teammate would; where an operation only reads. */
  readonly as?: string;
}

type Contracts = typeof ENDPOINTS;
type Input<C, Part extends string> =
  C extends Record<Part, infer S extends z.ZodType> ? z.input<S> : undefined;
type Part<C, Name extends string> =
  C extends Record<Name, z.ZodType>
    ? Record<never, never> extends Input<C, Name>
      ? { readonly [N in Name]?: Input<C, Name> }
      : { readonly [N in Name]: Input<C, Name> }
    : unknown;
type Args<C> = Part<C, 'params'> & Part<C, 'query'> & Part<C, 'body'>;
type Reply<C> = C extends { readonly reply: infer S extends z.ZodType } ? z.output<S> : undefined;

/** One method for each operation of the API, with its types: `client.createTask({ body: { name: '…' } })`. */
export type TandemClient = {
  readonly [N in EndpointName]: Record<never, never> extends Args<Contracts[N]>
    ? (args?: Args<Contracts[N]>, options?: CallOptions) => Promise<Reply<Contracts[N]>>
    : (args: Args<Contracts[N]>, options?: CallOptions) => Promise<Reply<Contracts[N]>>;
};

const ATTEMPTS_MAX = 4;
const RETRY_FIRST_MS = 500;
/** Whoever is asked to wait longer is told so instead. */
const RETRY_MS_MAX = 30_000;
/** Nothing of these requests was carried out, or it is carried out once only. */
const RETRIED = new Set([429, 502, 503, 504]);

interface AnyArgs {
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, unknown>>;
  readonly body?: unknown;
}

export function createClient(options: TandemClientOptions): TandemClient {
  const methods = Object.entries(ENDPOINTS).map(([name, contract]) => [
    name,
    (args: AnyArgs = {}, call: CallOptions = {}) => send(options, contract, args, call),
  ]);
  return Object.fromEntries(methods) as TandemClient;
}

async function send(
  options: TandemClientOptions,
  contract: EndpointContract,
  args: AnyArgs,
  call: CallOptions,
): Promise<unknown> {
  const { attemptsMax = ATTEMPTS_MAX, sleep = wait } = options;
  const key = call.idempotencyKey ?? crypto.randomUUID();
  for (let attempt = 1; ; attempt += 1) {
    const result = await attemptOnce(options, contract, args, call, key);
    if (result.ok) return result.value;
    const pauseMs = result.retryAfterMs ?? RETRY_FIRST_MS * 2 ** (attempt - 1);
    if (!result.again || attempt >= attemptsMax || pauseMs > RETRY_MS_MAX) throw result.problem;
    await sleep(pauseMs);
  }
}

type Attempt =
  | { readonly ok: true; readonly value: unknown }
  | {
      readonly ok: false;
      readonly problem: TandemProblem;
      readonly again: boolean;
      readonly retryAfterMs: number | null;
    };

async function attemptOnce(
  { url, token, fetch: send = fetch }: TandemClientOptions,
  contract: EndpointContract,
  { params = {}, query = {}, body }: AnyArgs,
  { signal, as }: CallOptions,
  key: string,
): Promise<Attempt> {
  const address = new URL(pathOf(contract.path, params), url);
  if (as !== undefined && contract.viewAs) address.searchParams.set('as', as);
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined) address.searchParams.set(name, String(value));
  }
  try {
    const response = await send(address, {
      method: contract.method,
      headers: {
        authorization: `Bearer ${token}`,
        accept: contract.media ?? 'application/json',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(contract.method === 'GET' ? {} : { 'idempotency-key': key }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(signal === undefined ? {} : { signal }),
    });
    if (response.ok) return { ok: true, value: await answerOf(response, contract) };
    const retryAfterMs = secondsIn(response.headers.get('retry-after'));
    const problem = await problemOf(response);
    return { ok: false, problem, again: RETRIED.has(response.status), retryAfterMs };
  } catch (cause) {
    if (signal?.aborted) throw cause;
    const detail = `Tandem does not answer at ${new URL(url).origin}.`;
    const problem = new TandemProblem({ code: 'unreachable', status: 0, detail });
    return { ok: false, problem, again: true, retryAfterMs: null };
  }
}

async function answerOf(response: Response, { reply, media }: EndpointContract): Promise<unknown> {
  const text = await response.text();
  if (reply === null) return undefined;
  return media === undefined ? JSON.parse(text) : text;
}

function pathOf(path: string, params: Readonly<Record<string, string>>): string {
  return path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(params[name] ?? ''));
}

function secondsIn(header: string | null): number | null {
  const seconds = Number(header);
  return header !== null && Number.isFinite(seconds) && seconds >= 0 ? seconds * 1000 : null;
}

function wait(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
