/** A rep's program over HTTP. The server may die at any moment, so every answer may be missing. */
export interface AppClient {
  readonly username: string;
  get<T>(path: string): Promise<T | null>;
  /** Null: nobody can tell whether it was done. */
  send(method: string, path: string, body?: unknown): Promise<AppReply | null>;
}

export interface AppReply {
  readonly status: number;
  readonly json: unknown;
}

/** A page would have given up on it as well. */
const ANSWER_MS_MAX = 30_000;

export function appClient(baseUrl: string, username: string, token: string): AppClient {
  const send: AppClient['send'] = async (method, path, body) => {
    try {
      const reply = await fetch(`${baseUrl}/api/v1/${path}`, {
        method,
        headers: {
          authorization: `Bearer ${token}`,
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        signal: AbortSignal.timeout(ANSWER_MS_MAX),
      });
      const text = await reply.text();
      return { status: reply.status, json: text === '' ? null : JSON.parse(text) };
    } catch {
      return null;
    }
  };
  return {
    username,
    send,
    async get<T>(path: string) {
      const reply = await send('GET', path);
      return reply !== null && reply.status === 200 ? (reply.json as T) : null;
    },
  };
}
