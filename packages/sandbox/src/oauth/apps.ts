import type { Org } from '../org/org.ts';

/**
 * A connected app: a program the org's people may let in. Kept as data in the org's side table;
 * the built-in ones are always there, also after a reset.
 */
export interface ConnectedApp {
  readonly clientId: string;
  readonly name: string;
  /** Null: a public client, no secret is asked. */
  readonly secret: string | null;
  /** Exact callback addresses. */
  readonly redirectUris: readonly string[];
  /** Callbacks on 127.0.0.1 or localhost match on any port. */
  readonly loopbackAnyPort: boolean;
  /** Username the client-credentials flow runs as; null refuses that flow. */
  readonly runAs: string | null;
  /** PEM public key or certificate for the JWT bearer flow; null refuses that flow. */
  readonly certificate: string | null;
  /** The admin has approved it for everybody: no approval page, JWT without a first consent. */
  readonly preApproved: boolean;
  /** Usernames the admin lets in; null lets in everybody. */
  readonly permittedUsernames: readonly string[] | null;
}

const BARE = {
  loopbackAnyPort: false,
  runAs: null,
  certificate: null,
  preApproved: false,
  permittedUsernames: null,
} as const;

export const BUILT_IN_APPS: readonly ConnectedApp[] = [
  {
    ...BARE,
    clientId: 'tandem-local',
    name: 'Tandem (this computer)',
    secret: 'tandem-local-secret',
    redirectUris: ['http://127.0.0.1/api/v1/salesforce/callback'],
    loopbackAnyPort: true,
    runAs: 'mara@aldermoor.example',
  },
  {
    ...BARE,
    clientId: 'PlatformCLI',
    name: 'Salesforce CLI',
    secret: null,
    redirectUris: ['http://localhost:1717/OauthRedirect'],
  },
];

const KEY = 'oauth/app/';

/** An org holds far fewer apps than this; the bound keeps a runaway script from filling the file. */
export const APPS_MAX = 100;

export function findApp(org: Org, clientId: string): ConnectedApp | null {
  const stored = org.side.get(KEY + clientId) as ConnectedApp | undefined | null;
  return stored ?? BUILT_IN_APPS.find((app) => app.clientId === clientId) ?? null;
}

export function listApps(org: Org): readonly ConnectedApp[] {
  const stored = org.side.entries(KEY).map(([, value]) => value as ConnectedApp);
  const overridden = new Set(stored.map((app) => app.clientId));
  return [...BUILT_IN_APPS.filter((app) => !overridden.has(app.clientId)), ...stored];
}

export function saveApp(org: Org, app: ConnectedApp): void {
  org.side.set(KEY + app.clientId, app);
}

const LOOPBACK_HOSTS = new Set(['127.0.0.1', 'localhost', '[::1]']);

export function redirectAllowed(app: ConnectedApp, asked: string): boolean {
  if (app.redirectUris.includes(asked)) return true;
  if (!app.loopbackAnyPort) return false;
  const uri = parseUrl(asked);
  if (uri === null || !LOOPBACK_HOSTS.has(uri.hostname)) return false;
  if (uri.username !== '' || uri.password !== '' || uri.hash !== '') return false;
  return app.redirectUris.some((registered) => {
    const known = parseUrl(registered);
    return (
      known !== null &&
      LOOPBACK_HOSTS.has(known.hostname) &&
      known.protocol === uri.protocol &&
      known.pathname === uri.pathname &&
      known.search === uri.search
    );
  });
}

export function appPermits(app: ConnectedApp, username: string): boolean {
  return app.permittedUsernames === null || app.permittedUsernames.includes(username);
}

function parseUrl(text: string): URL | null {
  try {
    return new URL(text);
  } catch {
    return null;
  }
}
