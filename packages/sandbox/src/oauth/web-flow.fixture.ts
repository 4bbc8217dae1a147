import { createHash } from 'node:crypto';

/** A browser's part of the web flow over plain HTTP, for tests: cookies, forms, redirects. */
export const PASSWORD = 'sandbox1!';
export const CALLBACK = 'http://127.0.0.1:4567/api/v1/salesforce/callback';
export const VERIFIER = 'a-verifier-that-is-long-enough-for-rfc-7636-0123456789';

export class Visit {
  readonly base: string;
  #cookie = '';

  constructor(base: string) {
    this.base = base;
  }

  async get(path: string): Promise<Response> {
    return this.#fetch(path, {});
  }

  async post(path: string, fields: Record<string, string>): Promise<Response> {
    return this.#fetch(path, { method: 'POST', body: new URLSearchParams(fields) });
  }

  /** A form's own hidden fields, then what the person fills in. */
  async submit(page: string, path: string, fields: Record<string, string>): Promise<Response> {
    return this.post(path, { ...hiddenFields(page), ...fields });
  }

  async logIn(username: string, password = PASSWORD): Promise<Response> {
    return this.post('/', { username, pw: password });
  }

  async #fetch(path: string, init: RequestInit): Promise<Response> {
    const headers = { ...(this.#cookie === '' ? {} : { cookie: this.#cookie }) };
    const answer = await fetch(new URL(path, this.base), { ...init, headers, redirect: 'manual' });
    const set = answer.headers.get('set-cookie');
    if (set !== null) this.#cookie = set.split(';')[0] ?? '';
    return answer;
  }
}

export function authorizePath(extra: Record<string, string> = {}): string {
  const query = new URLSearchParams({
    response_type: 'code',
    client_id: 'tandem-local',
    redirect_uri: CALLBACK,
    state: 'st&te=1',
    ...extra,
  });
  return `/services/oauth2/authorize?${query.toString()}`;
}

export function challengeOf(verifier: string): string {
  return createHash('sha256').update(verifier).digest('base64url');
}

/** Log in, allow, and answer where the browser was sent in the end. */
export async function authorize(visit: Visit, username: string, path: string): Promise<URL> {
  await visit.logIn(username);
  const first = await visit.get(path);
  const to = first.headers.get('location') ?? '';
  if (!to.startsWith('/setup/secur/')) return new URL(to, visit.base);
  const page = await (await visit.get(to)).text();
  const allowed = await visit.submit(page, to, { save: 'allow' });
  return new URL(allowed.headers.get('location') ?? '', visit.base);
}

export async function codeFor(visit: Visit, username: string, extra: Record<string, string> = {}) {
  const sentTo = await authorize(visit, username, authorizePath(extra));
  return sentTo.searchParams.get('code') ?? '';
}

export interface TokenAnswer {
  readonly status: number;
  readonly body: Readonly<Record<string, string>>;
}

export async function askToken(
  base: string,
  fields: Record<string, string>,
  headers: Record<string, string> = {},
): Promise<TokenAnswer> {
  const answer = await fetch(`${base}/services/oauth2/token`, {
    method: 'POST',
    headers,
    body: new URLSearchParams(fields),
  });
  return { status: answer.status, body: (await answer.json()) as Record<string, string> };
}

export const CLIENT = { client_id: 'tandem-local', client_secret: 'tandem-local-secret' };

export async function exchange(base: string, code: string, extra: Record<string, string> = {}) {
  const fields = { grant_type: 'authorization_code', code, redirect_uri: CALLBACK };
  return askToken(base, { ...fields, ...CLIENT, ...extra });
}

export function hiddenFields(page: string): Record<string, string> {
  const fields: Record<string, string> = {};
  for (const [, name, value] of page.matchAll(
    /<input type="hidden" name="([^"]*)" value="([^"]*)"/g,
  )) {
    if (name !== undefined && !(name in fields)) fields[name] = unescapeHtml(value ?? '');
  }
  return fields;
}

function unescapeHtml(text: string): string {
  return text
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
}
