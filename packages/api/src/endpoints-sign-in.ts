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
    problems: ['wrong_credentials', 'no_workspace'],
  },
  forgotPassword: {
    method: 'POST',
    path: '/api/auth/forgot-password',
    tag: 'Sign-in',
    summary:
      'Ask for a mail with a link to a new password; whether the address is known is not told',
    who: 'anybody',
    body: access.forgotPassword,
    reply: null,
    problems: ['mail_off'],
  },
  resetPassword: {
    method: 'POST',
    path: '/api/auth/reset-password',
    tag: 'Sign-in',
    summary: 'Set a new password with the link of a mail; every session of the account ends',
    who: 'anybody',
    body: access.resetPassword,
    reply: null,
    problems: ['link_used'],
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
  showInvitation: {
    method: 'POST',
    path: '/api/auth/invitation',
    tag: 'Sign-in',
    summary:
      'What an invitation’s link leads to; the token travels in the body, so that no log has it',
    who: 'anybody',
    body: access.invitationLookUp,
    reply: access.invitationShown,
    problems: ['invitation_over'],
  },
  acceptInvitation: {
    method: 'POST',
    path: '/api/auth/invitation/accept',
    tag: 'Sign-in',
    summary: 'Join a workspace: with a new account, or with one that is in no workspace',
    who: 'anybody',
    body: access.invitationAccept,
    reply: access.signedIn,
    problems: ['invitation_over', 'in_a_workspace', 'wrong_credentials'],
  },
} as const satisfies Record<string, EndpointContract>;
