import { z } from 'zod';
import * as access from './access.ts';
import type { EndpointContract } from './endpoints.ts';
import { pageQuery } from './paging.ts';
import * as team from './team.ts';
import { textId } from './text.ts';

const V1 = '/api/v1';
const byId = z.object({ id: textId });

/** Who belongs to the workspace, as what, and what they did (B12). Part of ENDPOINTS. */
export const TEAM_ENDPOINTS = {
  patchWorkspace: {
    method: 'PATCH',
    path: `${V1}/workspace`,
    tag: 'Team',
    summary: 'The name of your workspace',
    who: 'admin',
    body: team.workspacePatch,
    reply: team.workspace,
  },
  listMembers: {
    method: 'GET',
    path: `${V1}/members`,
    tag: 'Team',
    summary: 'The people of your workspace, former ones too',
    who: 'member',
    query: pageQuery,
    reply: team.members,
  },
  patchMember: {
    method: 'PATCH',
    path: `${V1}/members/{id}`,
    tag: 'Team',
    summary: 'Change a role; a workspace keeps an admin',
    who: 'admin',
    params: byId,
    body: team.memberPatch,
    reply: team.member,
    problems: ['not_found', 'last_admin'],
  },
  removeMember: {
    method: 'DELETE',
    path: `${V1}/members/{id}`,
    tag: 'Team',
    summary: 'Remove a member: sessions and tokens end at once, sync freezes (B7.1), tasks stay',
    who: 'admin',
    params: byId,
    reply: null,
    problems: ['not_found', 'last_admin'],
  },
  reassignTasks: {
    method: 'POST',
    path: `${V1}/members/{id}/reassign`,
    tag: 'Team',
    summary: 'Give all open tasks of a member, or of a former one, to somebody else',
    who: 'manager',
    params: byId,
    body: team.reassignRequest,
    reply: team.reassigned,
    problems: ['not_found'],
  },

  listInvitations: {
    method: 'GET',
    path: `${V1}/invitations`,
    tag: 'Team',
    summary: 'Invitations that nobody took yet',
    who: 'admin',
    query: pageQuery,
    reply: team.invitations,
  },
  createInvitation: {
    method: 'POST',
    path: `${V1}/invitations`,
    tag: 'Team',
    summary: 'Invite somebody: a link for one person, good for seven days, shown this once',
    who: 'admin',
    body: team.newInvitation,
    reply: team.createdInvitation,
    status: 201,
  },
  revokeInvitation: {
    method: 'DELETE',
    path: `${V1}/invitations/{id}`,
    tag: 'Team',
    summary: 'Revoke an invitation; its link is dead at once',
    who: 'admin',
    params: byId,
    reply: null,
    problems: ['not_found'],
  },

  changePassword: {
    method: 'POST',
    path: `${V1}/me/password`,
    tag: 'People',
    summary: 'Change your password, in a browser; all other sessions end',
    who: 'member',
    body: access.passwordChange,
    reply: null,
    problems: ['not_allowed'],
  },
  listSessions: {
    method: 'GET',
    path: `${V1}/sessions`,
    tag: 'People',
    summary: 'Where you are signed in',
    who: 'member',
    query: pageQuery,
    reply: team.signInSessions,
  },
  endOtherSessions: {
    method: 'DELETE',
    path: `${V1}/sessions`,
    tag: 'People',
    summary: 'Sign out everywhere but here',
    who: 'member',
    reply: team.endedSessions,
  },
  endSession: {
    method: 'DELETE',
    path: `${V1}/sessions/{id}`,
    tag: 'People',
    summary: 'Sign out one of your sessions',
    who: 'member',
    params: byId,
    reply: null,
    problems: ['not_found'],
  },

  listAudit: {
    method: 'GET',
    path: `${V1}/audit`,
    tag: 'Team',
    summary: 'Who did what to settings, team and access, newest first; kept for 400 days',
    who: 'admin',
    query: team.auditQuery,
    reply: team.auditLog,
  },
  exportAudit: {
    method: 'GET',
    path: `${V1}/audit/export`,
    tag: 'Team',
    summary: 'The audit log as CSV',
    who: 'admin',
    query: team.auditExportQuery,
    reply: z.string(),
    media: 'text/csv',
  },
} as const satisfies Record<string, EndpointContract>;
