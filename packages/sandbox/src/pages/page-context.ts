import type { FastifyReply, FastifyRequest } from 'fastify';
import { type PageSession, pageSession } from '../oauth/people.ts';
import type { RandomBytes } from '../oauth/token-store.ts';
import type { Ctx, Org, OrgRecord } from '../org/org.ts';
import type { AppView, Notice } from './layout.ts';
import { formValue } from './reply.ts';

export interface PageParts {
  readonly org: Org;
  readonly random: RandomBytes;
}

/** Who looks at a page, and what is to be told to them once. */
export interface Visitor {
  readonly session: PageSession;
  readonly user: OrgRecord;
  readonly ctx: Ctx;
  /** Today in this person's own time zone, by the org's clock. */
  readonly today: string;
  readonly timeZone: string;
}

/** The visitor, or a redirect to the login page has been sent and the answer is null. */
export function visitorOf(org: Org, request: FastifyRequest, reply: FastifyReply): Visitor | null {
  const session = pageSession(org, request.headers.cookie);
  const user = org.users().find((candidate) => candidate.Id === session?.userId);
  if (session === null || user === undefined) {
    const startUrl = request.method === 'GET' ? request.url : '/lightning/o/Task/list';
    reply.redirect(`/?${new URLSearchParams({ ec: '302', startURL: startUrl }).toString()}`, 303);
    return null;
  }
  const timeZone = knownTimeZone(String(user.TimeZoneSidKey ?? 'UTC'));
  return {
    session,
    user,
    ctx: { userId: user.Id, client: null, source: 'ui' },
    today: dayIn(timeZone, org.clock.now()),
    timeZone,
  };
}

export function hasCsrf(request: FastifyRequest, visitor: Visitor): boolean {
  return formValue(request.body, 'csrf') === visitor.session.csrf;
}

/** One notice a session, shown on the next page and then gone. */
const notices = new Map<string, Notice>();
/** Notices nobody came back for; far more than people at one sandbox. */
const NOTICES_MAX = 200;

export function leaveNotice(visitor: Visitor, notice: Notice): void {
  if (notices.size >= NOTICES_MAX) notices.clear();
  notices.set(visitor.session.id, notice);
}

export function frameOf(
  org: Org,
  request: FastifyRequest,
  visitor: Visitor,
  title: string,
  live: AppView['live'],
): AppView {
  // A refresh by the page's own script must not eat the notice of the next real page.
  const refreshing = request.headers['x-live'] !== undefined;
  const notice = refreshing ? null : (notices.get(visitor.session.id) ?? null);
  if (!refreshing) notices.delete(visitor.session.id);
  const { user, session } = visitor;
  return { title, orgName: org.name, user, csrf: session.csrf, notice, live };
}

/** `YYYY-MM-DD` of this instant in a zone. */
export function dayIn(timeZone: string, ms: number): string {
  const parts = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  });
  return parts.format(ms);
}

function knownTimeZone(name: string): string {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return name;
  } catch {
    return 'UTC';
  }
}
