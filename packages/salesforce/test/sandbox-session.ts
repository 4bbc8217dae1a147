import type { Reply } from '@tandem/engine';
import { createSandbox, type Sandbox } from '@tandem/sandbox';
import { createSalesforce, type SalesforceOptions } from '../src/index.ts';
import { createOAuth, type OAuth, type TokenGrant } from '../src/oauth.ts';
import { tokensFrom } from '../src/tokens.ts';
import { memoryVault } from './memory-vault.ts';

export const REDIRECT = 'http://127.0.0.1:3000/api/v1/salesforce/callback';
export const MARA = 'mara@aldermoor.example';
const PASSWORD = 'sandbox1!';

export function oauthOf(sandbox: Sandbox): OAuth {
  return createOAuth({
    loginUrl: sandbox.url,
    clientId: 'tandem-local',
    clientSecret: 'tandem-local-secret',
  });
}

/** Walks through the org's own pages as a browser would, up to the code in the redirect. */
export async function authorizationCode(
  sandbox: Sandbox,
  authorizeUrl: string,
  username: string,
): Promise<URL> {
  const signIn = await fetch(sandbox.url, {
    method: 'POST',
    redirect: 'manual',
    body: new URLSearchParams({ username, pw: PASSWORD }),
  });
  const cookie = (signIn.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
  const follow = async (url: string, form: URLSearchParams | null = null): Promise<URL> => {
    const response = await fetch(url, {
      redirect: 'manual',
      headers: { cookie },
      ...(form === null ? {} : { method: 'POST', body: form }),
    });
    const location = response.headers.get('location');
    if (location !== null) {
      const next = new URL(location, url);
      return next.href.startsWith(REDIRECT) ? next : follow(next.href);
    }
    const page = await response.text();
    if (!page.includes('oaapprove')) throw new Error(`neither redirect nor approval page: ${url}`);
    const fields = [...page.matchAll(/<input type="hidden" name="(\w+)" value="([^"]*)"/g)];
    const approval = new URLSearchParams(
      fields.map(([, name, value]) => [name ?? '', value ?? ''] as [string, string]),
    );
    approval.set('save', 'allow');
    return follow(url, approval);
  };
  return follow(authorizeUrl);
}

export async function grantFor(sandbox: Sandbox, username: string): Promise<TokenGrant> {
  const oauth = oauthOf(sandbox);
  const { verifier, challenge } = oauth.pkce();
  const url = oauth.authorizeUrl({ redirectUri: REDIRECT, state: 'state', challenge });
  const answer = await authorizationCode(sandbox, url, username);
  const code = answer.searchParams.get('code') ?? '';
  const result = await oauth.exchange({ code, verifier, redirectUri: REDIRECT });
  if (result.kind !== 'ok') throw new Error(`no grant: ${JSON.stringify(result)}`);
  return result.value;
}

export interface ConnectOptions extends Partial<SalesforceOptions> {
  readonly username?: string;
}

/** Salesforce as product code gets it, against a sandbox org. */
export async function connectTo(sandbox: Sandbox, options: ConnectOptions = {}) {
  const grant = await grantFor(sandbox, options.username ?? MARA);
  const memory = memoryVault({ ...grant, refreshToken: grant.refreshToken ?? '' });
  const salesforce = createSalesforce({
    tokens: tokensFrom(memory.vault, oauthOf(sandbox)),
    creationKeyField: 'Tandem_Key__c',
    log: { info: () => {}, warn: () => {} },
    wait: async () => {},
    ...options,
  });
  return { salesforce, grant, stored: memory.stored };
}

export function okOf<T>(reply: Reply<T>): T {
  if (reply.kind !== 'ok') throw new Error(JSON.stringify(reply));
  return reply.value;
}

/** One of the sandbox's own switches, as its README describes them. */
export async function control(sandbox: Sandbox, path: string, body: unknown): Promise<unknown> {
  const response = await fetch(`${sandbox.url}/__sandbox__/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
  return await response.json().catch(() => null);
}

/** An org with demo people and tasks. */
export async function startOrg(): Promise<Sandbox> {
  const sandbox = await createSandbox({ seed: 'demo' });
  if (sandbox.org.userByName(MARA) === null) await control(sandbox, 'reset', { seed: 'demo' });
  return sandbox;
}

export type { Sandbox };
