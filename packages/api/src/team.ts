import { z } from 'zod';
import { AUDIT_ACTIONS } from './audit-actions.ts';
import { cursor, limit } from './paging.ts';
import { instant } from './task.ts';
import { storable, textId } from './text.ts';

/** The team: members with their roles, invitations, sessions, and the audit log. */

export const role = z.enum(['admin', 'manager', 'rep']);
export type Role = z.infer<typeof role>;

export const member = z.object({
  userId: z.string(),
  name: z.string(),
  email: z.string(),
  role,
  /** Former members stay listed, because tasks and history name them. */
  removedAt: instant.nullable(),
  /** Good to ten minutes. This and the next two are null for reps, who look after nobody. */
  lastSeenAt: instant.nullable(),
  connection: z.enum(['not_connected', 'needs_sign_in', 'off', 'on']).nullable(),
  openTasks: z.int().nullable(),
});
export type Member = z.infer<typeof member>;
export const members = z.object({ members: z.array(member), nextCursor: z.string().nullable() });

export const memberPatch = z.strictObject({ role });
/** Of a member's open tasks; Trash and what is complete stay where they are. */
export const reassignRequest = z.strictObject({ toUserId: textId });
export const reassigned = z.object({ reassigned: z.int() });

export const workspacePatch = z.strictObject({
  name: storable.trim().min(1, 'must not be empty').max(100),
});
export const workspace = z.object({ workspaceId: z.string(), name: z.string() });

export const invitation = z.object({
  id: z.string(),
  role,
  /** Only this address can use the link; null: whoever has it. */
  email: z.string().nullable(),
  invitedBy: z.string(),
  createdAt: instant,
  expiresAt: instant,
});
export type Invitation = z.infer<typeof invitation>;
export const invitations = z.object({
  invitations: z.array(invitation),
  nextCursor: z.string().nullable(),
});
export const newInvitation = z.strictObject({
  role,
  email: z.email('must be an e-mail address').max(254).optional(),
});
export const createdInvitation = invitation.extend({
  /** Shown this once: the page of the link is `/join#<token>`. */
  token: z.string(),
  /** Whether the link went out by mail as well: to `email`, where a mail server is set up. */
  mailed: z.boolean(),
  /** Why the mail server did not take it; null: it did, or there was nothing to send. */
  mailFault: z.string().nullable(),
});
export type CreatedInvitation = z.infer<typeof createdInvitation>;

export const signInSession = z.object({
  id: z.string(),
  /** As the browser calls itself. */
  userAgent: z.string().nullable(),
  signedInAt: instant,
  /** Good to ten minutes. */
  lastSeenAt: instant,
  /** The one of this very request. */
  current: z.boolean(),
});
export type SignInSession = z.infer<typeof signInSession>;
export const signInSessions = z.object({
  sessions: z.array(signInSession),
  nextCursor: z.string().nullable(),
});
export const endedSessions = z.object({ ended: z.int() });

export const auditEntry = z.object({
  id: z.string(),
  at: instant,
  /** Null: nobody who was signed in. */
  actorId: z.string().nullable(),
  actorName: z.string().nullable(),
  action: z.string(),
  /** A member's, token's, webhook's, invitation's or account's id; the name where it is a person. */
  targetId: z.string().nullable(),
  targetName: z.string().nullable(),
  data: z.record(z.string(), z.unknown()),
});
export type AuditEntry = z.infer<typeof auditEntry>;
export const auditLog = z.object({
  entries: z.array(auditEntry),
  nextCursor: z.string().nullable(),
});
const auditFilter = {
  action: z.enum(AUDIT_ACTIONS).optional(),
  actorId: textId.optional(),
  from: instant.optional(),
  /** Not included. */
  to: instant.optional(),
};
export const auditQuery = z.strictObject({
  ...auditFilter,
  limit: limit(50, 200),
  cursor: cursor.optional(),
});
export const auditExportQuery = z.strictObject(auditFilter);
