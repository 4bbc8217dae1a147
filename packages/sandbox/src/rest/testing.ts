import { type TestOrg, testOrg } from '../org/testing.ts';
import { type Sandbox, serveOrg } from '../serve.ts';

export interface TestServer extends TestOrg {
  readonly sandbox: Sandbox;
  readonly url: string;
  /** A call as Ann unless another bearer is named; JSON in and out. */
  call(method: string, path: string, options?: CallOptions): Promise<Reply>;
}

export interface CallOptions {
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** `admin`, `ann`, `bo`; null sends none. */
  readonly as?: string | null;
}

export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of many shapes
  readonly body: any;
}

export async function testServer(): Promise<TestServer> {
  const test = testOrg();
  const users: Record<string, string> = {
    admin: test.admin.userId,
    ann: test.ann.userId,
    bo: test.bo.userId,
  };
  const sessions = {
    resolve: (bearer: string) => {
      const userId = users[bearer];
      return userId === undefined ? null : { userId, clientId: 'test' };
    },
  };
  const sandbox = await serveOrg(test.org, { sessions, register: () => {} });
  const call = async (method: string, path: string, options: CallOptions = {}): Promise<Reply> => {
    const { body, headers = {}, as = 'ann' } = options;
    const response = await fetch(`${sandbox.url}${path}`, {
      method,
      headers: {
        ...(as === null ? {} : { authorization: `Bearer ${as}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined
        ? {}
        : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    return {
      status: response.status,
      headers: response.headers,
      body: text === '' ? null : JSON.parse(text),
    };
  };
  return { ...test, sandbox, url: sandbox.url, call };
}
