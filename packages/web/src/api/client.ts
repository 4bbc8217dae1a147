import type { Problem, ProblemCode } from '@tandem/api';
import { viewedId } from '../app/viewing.ts';
import { loadFontFor } from '../i18n/chinese-font.ts';

/** One request to the API. What the server refuses comes back as an `ApiProblem`, never as bare text. */

export type ClientProblemCode = ProblemCode | 'unreachable';

export class ApiProblem extends Error {
  readonly code: ClientProblemCode;
  readonly status: number;
  readonly detail: string;
  readonly errors: readonly { field: string; message: string }[];

  constructor(code: ClientProblemCode, status: number, problem?: Partial<Problem>) {
    super(problem?.title ?? code);
    this.name = 'ApiProblem';
    this.code = code;
    this.status = status;
    this.detail = problem?.detail ?? '';
    this.errors = problem?.errors ?? [];
  }

  /** What is wrong with one field, in the server's words. */
  field(name: string): string | null {
    return this.errors.find((error) => error.field === name)?.message ?? null;
  }
}

interface RequestOptions {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly query?: Readonly<Record<string, string | number | undefined>>;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
  /** Whose tasks were looked at when this was meant, where it may leave later; null: one's own. */
  readonly as?: string | null;
}

/** `path` is below `/api/`: `v1/tasks`, `auth/sign-in/email`. */
export async function request<Reply>(path: string, options: RequestOptions = {}): Promise<Reply> {
  const { method = 'GET', query, body, signal, as } = options;
  const headers: Record<string, string> = { accept: 'application/json', ...options.headers };
  if (method !== 'GET') headers['content-type'] = 'application/json';
  let response: Response;
  try {
    response = await fetch(`/api/${path}${queryString(asViewed(path, query, as))}`, {
      method,
      headers,
      credentials: 'same-origin',
      ...(method === 'GET' ? {} : { body: JSON.stringify(body ?? {}) }),
      ...(signal ? { signal } : {}),
    });
  } catch (fault) {
    if (signal?.aborted) throw fault;
    throw new ApiProblem('unreachable', 0);
  }
  if (response.ok) {
    const text = await response.text();
    // Whatever is shown of it, on an English page too.
    loadFontFor(text);
    return (text === '' ? undefined : JSON.parse(text)) as Reply;
  }
  const problem = await readProblem(response);
  if (problem.code === 'not_signed_in') for (const listener of signedOutListeners) listener();
  throw problem;
}

const signedOutListeners = new Set<() => void>();

/** The session ended somewhere else or by time: what is typed stays, the frame says so. */
export function onSignedOut(listener: () => void): () => void {
  signedOutListeners.add(listener);
  return () => signedOutListeners.delete(listener);
}

async function readProblem(response: Response): Promise<ApiProblem> {
  const problem = (await response.json().catch(() => ({}))) as Partial<Problem>;
  const code = (problem.code as ProblemCode | undefined) ?? codeOfStatus(response.status);
  return new ApiProblem(code, response.status, problem);
}

/** A proxy in between answers without our codes. */
function codeOfStatus(status: number): ClientProblemCode {
  switch (status) {
    case 401:
      return 'not_signed_in';
    case 403:
      return 'not_allowed';
    case 404:
      return 'not_found';
    case 413:
      return 'too_large';
    case 429:
      return 'too_many_requests';
    case 502:
    case 503:
    case 504:
      return 'not_ready';
    default:
      return status < 500 ? 'invalid_input' : 'internal';
  }
}

/** B12.5: tasks are asked for as the person who is looked at; a write is refused by the server for it. */
function asViewed(
  path: string,
  query: RequestOptions['query'],
  meant: string | null | undefined,
): RequestOptions['query'] {
  const as = path.startsWith('v1/tasks') ? (meant === undefined ? viewedId() : meant) : null;
  return as === null ? query : { ...query, as };
}

function queryString(query: RequestOptions['query']): string {
  const entries = Object.entries(query ?? {}).filter((entry) => entry[1] !== undefined);
  if (entries.length === 0) return '';
  return `?${new URLSearchParams(entries.map(([key, value]) => [key, String(value)]))}`;
}
