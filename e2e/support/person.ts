/** A person at a browser, without the browser: keeps cookies, follows redirects only when asked. */
export interface Person {
  readonly email: string;
  readonly password: string;
  call<T>(method: Method, path: string, body?: unknown): Promise<T>;
  /** Connects through Salesforce's own pages, as in Settings → Salesforce. */
  connect(salesforce: { username: string; password: string }): Promise<void>;
}

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

export class ApiProblem extends Error {
  override name = 'ApiProblem';
}

/** A workspace of one's own, or with the token of an invitation the workspace of whoever invited. */
export async function signUp(
  serverUrl: string,
  who: { name: string; email: string; password: string },
  invitation?: string,
): Promise<Person> {
  const jar = new Map<string, string>();

  async function visit(url: string, init: RequestInit = {}): Promise<Response> {
    const headers = new Headers(init.headers);
    headers.set('cookie', cookiesFor(jar, url));
    const response = await fetch(url, { ...init, headers, redirect: 'manual' });
    for (const line of response.headers.getSetCookie()) keep(jar, url, line);
    return response;
  }

  async function call<T>(method: Method, path: string, body?: unknown): Promise<T> {
    const response = await visit(new URL(path, serverUrl).href, {
      method,
      ...(body === undefined
        ? {}
        : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new ApiProblem(`${method} ${path}: ${response.status} ${text}`);
    return (text === '' ? undefined : JSON.parse(text)) as T;
  }

  /** Follows redirects within Salesforce, filling in its forms, until it sends us back to Tandem. */
  async function walk(url: string, login: { username: string; password: string }): Promise<string> {
    let response = await visit(url);
    // Log in, allow, come back: a dozen steps at most, redirects included.
    for (let step = 0, at = url; step < 12; step += 1) {
      const location = response.headers.get('location');
      if (location !== null) {
        at = new URL(location, at).href;
        response = await visit(at);
        if (new URL(at).origin === new URL(serverUrl).origin) return at;
        continue;
      }
      const page = await response.text();
      const form = hiddenFields(page);
      if (page.includes('name="pw"')) {
        form.set('username', login.username);
        form.set('pw', login.password);
        at = new URL('/', at).href;
      } else if (page.includes('oaapprove')) form.set('save', 'allow');
      else throw new Error(`Salesforce shows neither login nor approval: ${page.slice(0, 500)}`);
      response = await visit(at, { method: 'POST', body: form });
    }
    throw new Error('Salesforce never sent us back');
  }

  if (invitation === undefined) await call('POST', '/api/auth/sign-up/email', who);
  else await call('POST', '/api/auth/invitation/accept', { ...who, token: invitation });
  return {
    email: who.email,
    password: who.password,
    call,
    async connect(login) {
      const { authorizeUrl } = await call<{ authorizeUrl: string }>(
        'POST',
        '/api/v1/salesforce/connection',
      );
      await walk(authorizeUrl, login);
      const { state } = await call<{ state: string }>('GET', '/api/v1/salesforce/connection');
      if (state !== 'connected') throw new Error(`the connection is "${state}"`);
    },
  };
}

function hiddenFields(page: string): URLSearchParams {
  const fields = page.matchAll(/<input type="hidden" name="(\w+)" value="([^"]*)"/g);
  const unescaped = (text: string) => text.replaceAll('&amp;', '&').replaceAll('&quot;', '"');
  return new URLSearchParams(
    [...fields].map(([, name, value]) => [name ?? '', unescaped(value ?? '')] as [string, string]),
  );
}

/** Cookies know hosts, not ports; two servers on one host are kept apart by their whole origin here. */
function keep(jar: Map<string, string>, url: string, line: string): void {
  const [pair = ''] = line.split(';');
  const at = pair.indexOf('=');
  jar.set(`${new URL(url).origin} ${pair.slice(0, at)}`, pair.slice(at + 1));
}

function cookiesFor(jar: Map<string, string>, url: string): string {
  const prefix = `${new URL(url).origin} `;
  return [...jar]
    .filter(([key, value]) => key.startsWith(prefix) && value !== '')
    .map(([key, value]) => `${key.slice(prefix.length)}=${value}`)
    .join('; ');
}
