export type Fetch = typeof globalThis.fetch;

export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
  /** Covers the whole exchange, the reply's body included. */
  readonly timeoutMs: number;
  readonly maxReplyBytes: number;
}

/** What can be known about one exchange. `lost`: the request may have had its effect. */
export type HttpResult =
  | {
      readonly kind: 'reply';
      readonly status: number;
      readonly headers: Headers;
      readonly text: string;
    }
  | { readonly kind: 'not_sent'; readonly message: string }
  | { readonly kind: 'lost'; readonly message: string; readonly timedOut: boolean }
  | { readonly kind: 'too_large'; readonly message: string };

/**
 * Failures from before the first byte of the request could leave: name lookup, connection, TLS.
 * Everything that is not on this list counts as lost.
 */
const NOT_SENT = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENETDOWN',
  'EHOSTDOWN',
  'UND_ERR_CONNECT_TIMEOUT',
  'CERT_HAS_EXPIRED',
  'CERT_NOT_YET_VALID',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'ERR_TLS_CERT_ALTNAME_INVALID',
]);

/** One exchange, never repeated and never redirected; every failure is a value. */
export async function send(fetch: Fetch, request: HttpRequest): Promise<HttpResult> {
  const signal = AbortSignal.timeout(request.timeoutMs);
  try {
    const response = await fetch(request.url, {
      method: request.method,
      headers: request.headers,
      body: request.body,
      // A redirect would carry the bearer token to another address.
      redirect: 'manual',
      signal,
    });
    const text = await readBody(response, request.maxReplyBytes);
    if (text === null) {
      return { kind: 'too_large', message: `reply longer than ${request.maxReplyBytes} bytes` };
    }
    return { kind: 'reply', status: response.status, headers: response.headers, text };
  } catch (error) {
    if (signal.aborted) {
      return { kind: 'lost', message: `no reply in ${request.timeoutMs} ms`, timedOut: true };
    }
    const { code, message } = causeOf(error);
    return NOT_SENT.has(code)
      ? { kind: 'not_sent', message }
      : { kind: 'lost', message, timedOut: false };
  }
}

async function readBody(response: Response, maxBytes: number): Promise<string | null> {
  if (response.body === null) return '';
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body) {
    size += chunk.byteLength;
    if (size > maxBytes) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, size).toString('utf8');
}

/** Node's fetch hides the reason one level down. */
function causeOf(error: unknown): { code: string; message: string } {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  if (!(cause instanceof Error)) return { code: '', message: String(cause) };
  const code = 'code' in cause && typeof cause.code === 'string' ? cause.code : '';
  return { code, message: [code, cause.message].filter((part) => part !== '').join(': ') };
}
