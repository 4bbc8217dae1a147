import { z } from 'zod';
import { instant } from './task.ts';
import { storable } from './text.ts';

/** Sign-up and sign-in with e-mail and password, under /api/auth. */

const email = z.email('must be an e-mail address').max(254);
/** Longer than any password manager makes; hashing longer ones would only burn time. */
const PASSWORD_LENGTH_MAX = 128;

export const signUp = z.strictObject({
  name: storable.trim().min(1, 'must not be empty').max(200),
  email,
  password: z.string().min(8, 'must have at least 8 characters').max(PASSWORD_LENGTH_MAX),
  /** Sent along by better-auth's client; Tandem's pages know themselves where to go next. */
  callbackURL: z.string().max(500).optional(),
  rememberMe: z.boolean().optional(),
});
export type SignUp = z.input<typeof signUp>;

export const signIn = z.strictObject({
  email,
  password: z.string().min(1, 'must not be empty').max(PASSWORD_LENGTH_MAX),
  callbackURL: z.string().max(500).optional(),
  rememberMe: z.boolean().optional(),
});
export type SignIn = z.input<typeof signIn>;

/** A new password by mail: first the address, then what the mail's link carries. */
export const forgotPassword = z.strictObject({ email });
export const resetPassword = z.strictObject({
  token: z.string().min(1, 'must not be empty').max(200),
  password: z.string().min(8, 'must have at least 8 characters').max(PASSWORD_LENGTH_MAX),
});

export const passwordChange = z.strictObject({
  currentPassword: z.string().min(1, 'must not be empty').max(PASSWORD_LENGTH_MAX),
  newPassword: z.string().min(8, 'must have at least 8 characters').max(PASSWORD_LENGTH_MAX),
});

/** Of the link: what stands behind `#`. */
const invitationToken = z.string().min(1, 'must not be empty').max(200);
export const invitationLookUp = z.strictObject({ token: invitationToken });
export const invitationShown = z.object({
  workspaceName: z.string(),
  invitedBy: z.string(),
  role: z.enum(['admin', 'manager', 'rep']),
  /** Only this address can use it; null: any. */
  email: z.string().nullable(),
  expiresAt: instant,
});
export type InvitationShown = z.infer<typeof invitationShown>;
/** With a name a new account is made; without, an account that is in no workspace comes in by its password. */
export const invitationAccept = z.strictObject({
  token: invitationToken,
  name: storable.trim().min(1, 'must not be empty').max(200).optional(),
  email,
  password: z.string().min(8, 'must have at least 8 characters').max(PASSWORD_LENGTH_MAX),
});

export const sessionUser = z.object({ id: z.string(), name: z.string(), email: z.string() });
export const signedIn = z.object({ user: sessionUser });
/** GET get-session: null when nobody is signed in. */
export const session = z
  .object({ session: z.object({ expiresAt: instant }), user: sessionUser })
  .nullable();
export const signedOut = z.object({ success: z.boolean() });

/** Tokens for programs: `Authorization: Bearer tdm_…`. The token itself is shown once, at creation. */
export const apiToken = z.object({
  id: z.string(),
  name: z.string(),
  createdAt: instant,
  lastUsedAt: instant.nullable(),
});
export type ApiToken = z.infer<typeof apiToken>;
export const apiTokens = z.object({
  tokens: z.array(apiToken),
  nextCursor: z.string().nullable(),
});
export const newApiToken = z.strictObject({
  name: storable.trim().min(1, 'must not be empty').max(100),
});
export const createdApiToken = apiToken.extend({ token: z.string() });
