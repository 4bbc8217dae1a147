import * as access from './access.ts';
import type { EndpointContract } from './endpoints.ts';

/** How people come in and leave; programs have tokens. Part of ENDPOINTS. */
export const SIGN_IN_ENDPOINTS = {
  signUp: {
    method: 'POST',
    path: '/api/auth/sign-up/email',
    tag: 'Sign-in',
    summary: 'Create an account and its workspace',
    who: 'anybody',
    body: access.signUp,
    reply: access.signedIn,
  },
  signIn: {
    method: 'POST',
    path: '/api/auth/sign-in/email',
    tag: 'Sign-in',
    summary: 'Sign in; the session is a cookie',
    who: 'anybody',
    body: access.signIn,
    reply: access.signedIn,
    problems: ['wrong_credentials'],
  },
  signOut: {
    method: 'POST',
    path: '/api/auth/sign-out',
    tag: 'Sign-in',
    summary: 'Sign out',
    who: 'anybody',
    reply: access.signedOut,
  },
  getSession: {
    method: 'GET',
    path: '/api/auth/get-session',
    tag: 'Sign-in',
    summary: 'The session of this browser, or null',
    who: 'anybody',
    reply: access.session,
  },
} as const satisfies Record<string, EndpointContract>;
