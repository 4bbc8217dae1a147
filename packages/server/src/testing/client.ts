/** A browser without a window, or a program with a token, for tests over real HTTP. */
export class TestClient {
  #baseUrl: string;
  readonly #cookies = new Map<string, string>();
  token: string | null = null;

  constructor(baseUrl: string) {
    this.#baseUrl = baseUrl;
  }

  get(path: string): Promise<TestReply> {
    return this.send('GET', path);
  }

  /** `body` as JSON; strings go out as they are. Redirects are not followed. */
  async send(
    method: string,
    path: string,
    body?: unknown,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<TestReply> {
    const url = new URL(path, this.#baseUrl);
    const response = await fetch(url, {
      method,
      redirect: 'manual',
      headers: {
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(this.#cookies.size === 0 ? {} : { cookie: this.cookieHeader }),
        ...(this.token === null ? {} : { authorization: `Bearer ${this.token}` }),
        ...headers,
      },
      ...(body === undefined
        ? {}
        : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    for (const cookie of response.headers.getSetCookie()) this.#keep(cookie);
    const text = await response.text();
    const type = response.headers.get('content-type') ?? '';
    // biome-ignore lint/suspicious/noExplicitAny: tests say what they expect of it
    const json: any = type.includes('json') && text !== '' ? JSON.parse(text) : null;
    return { status: response.status, headers: response.headers, type, text, json };
  }

  /** A new person with a workspace of their own. */
  async signUp(name: string): Promise<{ email: string; password: string; userId: string }> {
    const email = `${name.toLowerCase().replaceAll(/\W+/g, '.')}@tandem.example`;
    const password = 'correct-horse';
    const reply = await this.send('POST', '/api/auth/sign-up/email', { name, email, password });
    if (reply.status !== 200) throw new Error(`sign-up: ${reply.status} ${reply.text}`);
    return { email, password, userId: reply.json.user.id };
  }

  /** The same browser, with its cookies, after a restart on another port. */
  moveTo(baseUrl: string): void {
    this.#baseUrl = baseUrl;
  }

  /** The same browser, with its cookies only. */
  withoutToken(): TestClient {
    const browser = new TestClient(this.#baseUrl);
    for (const [name, value] of this.#cookies) browser.#cookies.set(name, value);
    return browser;
  }

  get cookieHeader(): string {
    return [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  }

  #keep(cookie: string): void {
    const [pair = '', ...attributes] = cookie.split(';');
    const at = pair.indexOf('=');
    const name = pair.slice(0, at);
    if (attributes.some((text) => /^\s*max-age=0\s*$/i.test(text))) this.#cookies.delete(name);
    else this.#cookies.set(name, pair.slice(at + 1));
  }
}

export interface TestReply {
  readonly status: number;
  readonly headers: Headers;
  readonly type: string;
  readonly text: string;
  // biome-ignore lint/suspicious/noExplicitAny: tests say what they expect of it
  readonly json: any;
}
