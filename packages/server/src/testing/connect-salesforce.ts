import type { TestClient } from './client.ts';

/** Password of everybody in a sandbox org. */
const SANDBOX_PASSWORD = 'sandbox1!';
/** Login, approval, code, callback: a few more hops than there are. */
const HOPS_MAX = 12;

export interface ConnectOptions {
  readonly username: string;
  readonly answer?: 'allow' | 'deny';
}

/** Goes through the org's own login and approval pages as a browser does; returns where it ended. */
export async function connectSalesforce(
  client: TestClient,
  tandemUrl: string,
  { username, answer = 'allow' }: ConnectOptions,
): Promise<string> {
  const start = await client.send('POST', '/api/v1/salesforce/connection');
  if (start.status !== 200) throw new Error(`connect: ${start.status} ${start.text}`);
  const cookies = new Map<string, string>();
  let url = new URL(start.json.authorizeUrl);
  let form: URLSearchParams | null = null;
  for (let hop = 0; hop < HOPS_MAX; hop += 1) {
    if (url.origin === tandemUrl) {
      const back = await client.get(url.pathname + url.search);
      return back.headers.get('location') ?? `status ${back.status}`;
    }
    const response: Response = await fetch(url, {
      method: form === null ? 'GET' : 'POST',
      redirect: 'manual',
      headers: { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
      ...(form === null ? {} : { body: form }),
    });
    for (const cookie of response.headers.getSetCookie()) {
      const [name = '', value = ''] = (cookie.split(';')[0] ?? '').split('=');
      cookies.set(name, value);
    }
    const location = response.headers.get('location');
    const page = await response.text();
    if (location !== null) {
      url = new URL(location, url);
      form = null;
    } else if (form === null) {
      form = new URLSearchParams(hiddenFields(page));
      for (const [name, value] of [
        ['username', username],
        ['pw', SANDBOX_PASSWORD],
        ['save', answer],
      ] as const) {
        form.set(name, value);
      }
    } else {
      throw new Error(`the org's pages stopped at ${url.pathname}`);
    }
  }
  throw new Error('the org sent us around too often');
}

function hiddenFields(page: string): [string, string][] {
  return [...page.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g)].map(
    ([, name = '', value = '']) => [name, value.replaceAll('&amp;', '&').replaceAll('&#61;', '=')],
  );
}
