import type { IncomingHttpHeaders } from 'node:http';
import { surviveLostConnections } from '@tandem/store';
import { betterAuth } from 'better-auth';
import { fromNodeHeaders } from 'better-auth/node';
import { Pool } from 'pg';
import { type Locale, localeOf } from '../texts/locale.ts';
import { deriveKey } from '../vault.ts';
import { signAgain } from './sign-again.ts';

/** Sessions and passwords. better-auth does the work; this is all the rest of Tandem sees of it. */
export interface Auth {
  /** Null: nobody is signed in with these cookies. */
  sessionOf(headers: IncomingHttpHeaders): Promise<SignedIn | null>;
  /** One of better-auth's own endpoints, answered as it answers. */
  call(endpoint: AuthEndpoint, headers: IncomingHttpHeaders, body?: unknown): Promise<Response>;
  /** For the command line and the demo, where no browser is involved. */
  createUser(user: { name: string; email: string; password: string }): Promise<AuthUser>;
  findUser(email: string): Promise<AuthUser | null>;
  /** Of an account that came to nothing, made a moment ago. */
  deleteUser(userId: string): Promise<void>;
  /** The one that an answer of `call` has just opened. */
  endSession(answer: Response): Promise<void>;
  endSessionById(sessionId: string): Promise<void>;
  /** Whose new password the link with this token is for; null when it is none, or used. */
  ownerOfReset(token: string): Promise<string | null>;
  /** Links to a new password that are still out: worthless once there is a new one. */
  forgetResets(userId: string): Promise<void>;
  close(): Promise<void>;
}

interface AuthUser {
  readonly id: string;
  readonly name: string;
  readonly email: string;
}

interface SignedIn {
  readonly user: AuthUser;
  readonly sessionId: string;
  /** A session that is used lives on; its cookie has to be renewed with it. */
  readonly setCookies: string[];
}

type AuthEndpoint =
  | 'sign-up/email'
  | 'sign-in/email'
  | 'sign-out'
  | 'get-session'
  | 'request-password-reset'
  | 'reset-password'
  | 'change-password';

/** Tells somebody a link to a new password; must not wait, or the time it takes would tell who is known. */
export type TellReset = (
  user: { readonly name: string; readonly email: string; readonly locale: Locale },
  token: string,
) => void;

/** Few: a session look-up takes about a millisecond. */
const POOL_MAX = 5;
/** Unused for this long it ends. */
const SESSION_SECONDS = 30 * 24 * 60 * 60;
/** How often a session in use is prolonged, which is also how exactly one knows when it was seen. */
const SESSION_RENEW_SECONDS = 10 * 60;
/** However busy, a session ends some day: whoever has a stolen cookie has it no longer than this. */
const SESSION_AGE_MS_MAX = 90 * 24 * 60 * 60 * 1000;

/** How long the link of a mail works. */
const RESET_SECONDS = 60 * 60;

/** Before the token, where better-auth keeps a link's user. */
const RESET = 'reset-password:';

const BASE_PATH = '/api/auth';

export function createAuth(
  databaseUrl: string,
  secretKey: string,
  tellReset: TellReset,
  formerKey: string | null = null,
): Auth {
  const present = cookieSecret(secretKey);
  const former = formerKey === null ? null : cookieSecret(formerKey);
  const withPresentKey = (headers: IncomingHttpHeaders): IncomingHttpHeaders =>
    former === null || headers.cookie === undefined
      ? headers
      : { ...headers, cookie: signAgain(headers.cookie, former, present) };
  // Own pool: better-auth finds its tables by the search path and wants dates as Date.
  const pool = new Pool({
    connectionString: databaseUrl,
    max: POOL_MAX,
    options: '-c search_path=auth',
    application_name: 'tandem-auth',
  });
  surviveLostConnections(pool);
  const auth = betterAuth({
    appName: 'Tandem',
    database: pool,
    secret: present,
    basePath: BASE_PATH,
    // Never shown to anybody: nothing that builds addresses (mail, social sign-in) is switched on.
    baseURL: 'http://tandem.invalid',
    emailAndPassword: {
      enabled: true,
      minPasswordLength: 8,
      maxPasswordLength: 128,
      resetPasswordTokenExpiresIn: RESET_SECONDS,
      revokeSessionsOnPasswordReset: true,
      sendResetPassword: async ({ user: { name, email }, token }, request) =>
        tellReset(
          { name, email, locale: localeOf(request?.headers.get('accept-language') ?? undefined) },
          token,
        ),
    },
    session: { expiresIn: SESSION_SECONDS, updateAge: SESSION_RENEW_SECONDS },
    advanced: {
      cookiePrefix: 'tandem',
      defaultCookieAttributes: { httpOnly: true, sameSite: 'lax', path: '/' },
      useSecureCookies: false,
      // Tandem checks where a request comes from itself, for every endpoint alike (same-origin.ts).
      disableCSRFCheck: true,
      ipAddress: { disableIpTracking: true },
    },
    // The server counts attempts itself (rate-limits.ts).
    rateLimit: { enabled: false },
    telemetry: { enabled: false },
    logger: { disabled: true },
  });

  const endSessionById = async (sessionId: string): Promise<void> => {
    await pool.query('delete from auth.session where id = $1', [sessionId]);
  };

  return {
    async sessionOf(headers) {
      if (headers.cookie === undefined) return null;
      const { response, headers: answered } = await auth.api.getSession({
        headers: fromNodeHeaders(withPresentKey(headers)),
        returnHeaders: true,
      });
      if (response === null) return null;
      const { session, user } = response;
      if (Date.now() - session.createdAt.getTime() > SESSION_AGE_MS_MAX) {
        await endSessionById(session.id);
        return null;
      }
      const { id, name, email } = user;
      return {
        user: { id, name, email },
        sessionId: session.id,
        setCookies: answered.getSetCookie(),
      };
    },

    call(endpoint, given, body) {
      const headers = withPresentKey(given);
      return auth.handler(
        new Request(`http://tandem.invalid${BASE_PATH}/${endpoint}`, {
          method: endpoint === 'get-session' ? 'GET' : 'POST',
          headers: {
            ...(headers.cookie === undefined ? {} : { cookie: headers.cookie }),
            ...(headers['user-agent'] === undefined ? {} : { 'user-agent': headers['user-agent'] }),
            ...(headers['accept-language'] === undefined
              ? {}
              : { 'accept-language': headers['accept-language'] }),
            'content-type': 'application/json',
          },
          ...(endpoint === 'get-session' ? {} : { body: JSON.stringify(body ?? {}) }),
        }),
      );
    },

    async createUser(user) {
      const { user: created } = await auth.api.signUpEmail({ body: user });
      return { id: created.id, name: created.name, email: created.email };
    },

    async findUser(email) {
      const { rows } = await pool.query<AuthUser>(
        'select id, name, email from auth."user" where lower(email) = lower($1)',
        [email],
      );
      return rows[0] ?? null;
    },

    async deleteUser(userId) {
      await pool.query('delete from auth."user" where id = $1', [userId]);
    },

    async endSession(answer) {
      const cookie = answer.headers
        .getSetCookie()
        .map((text) => text.split(';', 1)[0])
        .join('; ');
      const opened = await this.sessionOf({ cookie });
      if (opened !== null) await endSessionById(opened.sessionId);
    },

    endSessionById,

    async ownerOfReset(token) {
      const { rows } = await pool.query<{ value: string }>(
        'select value from auth.verification where identifier = $1',
        [RESET + token],
      );
      return rows[0]?.value ?? null;
    },

    async forgetResets(userId) {
      await pool.query(
        'delete from auth.verification where starts_with(identifier, $1) and value = $2',
        [RESET, userId],
      );
    },

    close: () => pool.end(),
  };
}

function cookieSecret(secretKey: string): string {
  return deriveKey(secretKey, 'sessions v1').toString('base64url');
}
