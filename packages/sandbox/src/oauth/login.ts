import type { FastifyInstance, FastifyReply } from 'fastify';
import { formValue, localPath, sendPage } from '../pages/reply.ts';
import { loginPage } from './oauth-pages.ts';
import type { OauthParts } from './parts.ts';
import {
  checkPassword,
  clearedCookie,
  DEMO_PASSWORD,
  endPageSession,
  pageSession,
  sessionCookie,
  startPageSession,
} from './people.ts';

const HOME = '/lightning/o/Task/list';
/** The hint names this many people; a bigger org does not need a hint. */
const PEOPLE_HINTED = 6;

const REFUSALS = {
  mismatch: 'That username and password do not belong together. Check both and try again.',
  inactive: 'This person is not active in the org. An admin can change that.',
} as const;

/** The login page (`/`), and the way out. */
export function registerLogin(app: FastifyInstance, { org, random }: OauthParts): void {
  const show = (
    reply: FastifyReply,
    username: string,
    startUrl: string | null,
    error: string | null,
  ) =>
    sendPage(
      reply,
      loginPage({
        orgName: org.name,
        username,
        startUrl,
        error,
        people: org
          .users()
          .filter((user) => user.IsActive !== false)
          .slice(0, PEOPLE_HINTED)
          .map((user) => ({ name: String(user.Name), username: String(user.Username) })),
        password: DEMO_PASSWORD,
      }),
    );

  app.get('/', async (request, reply) => {
    const startUrl = localPath(formValue(request.query, 'startURL'));
    const asked = formValue(request.query, 'ec') !== undefined || startUrl !== null;
    if (!asked && pageSession(org, request.headers.cookie) !== null)
      return reply.redirect(HOME, 302);
    return show(reply, formValue(request.query, 'un') ?? '', startUrl, null);
  });

  app.post('/', async (request, reply) => {
    const username = formValue(request.body, 'username') ?? '';
    const startUrl = localPath(formValue(request.body, 'startURL'));
    const signIn = checkPassword(org, username, formValue(request.body, 'pw') ?? '');
    if (!signIn.ok) return show(reply, username, startUrl, REFUSALS[signIn.reason]);
    const before = pageSession(org, request.headers.cookie);
    if (before !== null) endPageSession(org, before.id);
    const session = startPageSession(org, random, signIn.user.Id);
    return reply.header('set-cookie', sessionCookie(session.id)).redirect(startUrl ?? HOME, 303);
  });

  app.post('/secur/logout.jsp', async (request, reply) => {
    const session = pageSession(org, request.headers.cookie);
    if (session !== null && formValue(request.body, 'csrf') === session.csrf) {
      endPageSession(org, session.id);
      reply.header('set-cookie', clearedCookie);
    }
    return reply.redirect('/', 303);
  });
}
