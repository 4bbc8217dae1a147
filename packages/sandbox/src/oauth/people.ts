import type { Id, Org, OrgRecord } from '../org/org.ts';
import { sameText } from './codes.ts';
import type { RandomBytes } from './token-store.ts';

/** Signing in at the org's own pages, and the cookie session that follows. */
export interface PageSession {
  readonly id: string;
  readonly userId: Id;
  /** Every form of this session carries it; a request without it changes nothing. */
  readonly csrf: string;
  readonly startedAt: number;
  readonly seenAt: number;
}

/** All demo people share it; the login page says so. */
export const DEMO_PASSWORD = 'sandbox1!';
/** Cookies ignore ports, so the name must not be one another program on this host would use. */
export const SESSION_COOKIE = 'tandem_sandbox_sid';

const SESSION = 'pages/session/';
const SESSIONS_MAX = 500;
const SEEN_STEP_MS = 60_000;
const MINUTE_MS = 60_000;
/** Pages may stay open over a working day without a click; the live view keeps them fresh. */
const PAGE_SESSION_MINUTES = 12 * 60;

export type SignIn =
  | { readonly ok: true; readonly user: OrgRecord }
  | { readonly ok: false; readonly reason: 'mismatch' | 'inactive' };

export function checkPassword(org: Org, username: string, password: string): SignIn {
  const user = org.userByName(username);
  if (user === null || !sameText(password, DEMO_PASSWORD)) {
    return { ok: false, reason: 'mismatch' };
  }
  return user.IsActive === false ? { ok: false, reason: 'inactive' } : { ok: true, user };
}

export function startPageSession(org: Org, random: RandomBytes, userId: Id): PageSession {
  const all = org.side
    .entries(SESSION)
    .map(([, value]) => value as PageSession)
    .sort((a, b) => a.seenAt - b.seenAt);
  all.forEach((old, index) => {
    if (!pageSessionAlive(org, old) || all.length - index >= SESSIONS_MAX)
      endPageSession(org, old.id);
  });
  const now = org.clock.now();
  const session: PageSession = {
    id: random(32).toString('base64url'),
    userId,
    csrf: random(24).toString('base64url'),
    startedAt: now,
    seenAt: now,
  };
  org.side.set(SESSION + session.id, session);
  return session;
}

export function pageSession(org: Org, cookieHeader: string | undefined): PageSession | null {
  const id = readCookie(cookieHeader, SESSION_COOKIE);
  if (id === null) return null;
  const session = (org.side.get(SESSION + id) ?? null) as PageSession | null;
  if (session === null || !pageSessionAlive(org, session)) return null;
  if (!org.users().some((user) => user.Id === session.userId && user.IsActive !== false))
    return null;
  const now = org.clock.now();
  if (now - session.seenAt >= SEEN_STEP_MS) org.side.set(SESSION + id, { ...session, seenAt: now });
  return session;
}

export function endPageSession(org: Org, id: string): void {
  org.side.delete(SESSION + id);
}

export function sessionCookie(id: string): string {
  return `${SESSION_COOKIE}=${id}; Path=/; HttpOnly; SameSite=Lax`;
}

export const clearedCookie = `${SESSION_COOKIE}=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0`;

function pageSessionAlive(org: Org, session: PageSession): boolean {
  return org.clock.now() - session.seenAt < PAGE_SESSION_MINUTES * MINUTE_MS;
}

function readCookie(header: string | undefined, name: string): string | null {
  for (const part of (header ?? '').split(';')) {
    const at = part.indexOf('=');
    if (at > 0 && part.slice(0, at).trim() === name) return part.slice(at + 1).trim();
  }
  return null;
}
