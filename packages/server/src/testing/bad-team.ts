import type { EndpointName } from '@tandem/api';

type Bad = { readonly query?: string; readonly body?: object; readonly field: string };

const badPages: Bad[] = [
  { query: 'limit=0', field: 'limit' },
  { query: 'limit=201', field: 'limit' },
  { query: 'cursor=nonsense', field: 'cursor' },
];
const nothing: Bad[] = [];

/** What team, sessions, invitations and audit log refuse; part of the table of api/bad-input.pg.test.ts. */
export const BAD_TEAM = {
  patchWorkspace: [
    { body: {}, field: 'name' },
    { body: { name: ' ' }, field: 'name' },
    { body: { name: 'x'.repeat(101) }, field: 'name' },
  ],
  patchMember: [{ body: { role: 'owner' }, field: 'role' }],
  removeMember: nothing,
  reassignTasks: [{ body: { toUserId: '' }, field: 'toUserId' }],
  listInvitations: badPages,
  createInvitation: [
    { body: { role: 'owner' }, field: 'role' },
    { body: { role: 'rep', email: 'nobody' }, field: 'email' },
  ],
  revokeInvitation: nothing,
  changePassword: [
    {
      body: { currentPassword: 'wrong-horse', newPassword: 'long-enough' },
      field: 'currentPassword',
    },
    { body: { currentPassword: 'correct-horse', newPassword: 'short' }, field: 'newPassword' },
    {
      body: { currentPassword: 'correct-horse', newPassword: 'x'.repeat(129) },
      field: 'newPassword',
    },
  ],
  listSessions: badPages,
  endOtherSessions: nothing,
  endSession: nothing,
  listAudit: [
    ...badPages,
    { query: 'action=stole', field: 'action' },
    { query: 'from=yesterday', field: 'from' },
    { query: 'to=2026-11-24', field: 'to' },
  ],
  exportAudit: [{ query: 'action=stole', field: 'action' }],
  showInvitation: [
    { body: { token: '' }, field: 'token' },
    { body: { token: 'x'.repeat(201) }, field: 'token' },
  ],
  acceptInvitation: [
    { body: { token: 'x', email: 'nobody', password: 'long-enough' }, field: 'email' },
    { body: { token: 'x', email: 'a@b.example', password: 'short' }, field: 'password' },
    {
      body: { token: 'x', name: ' ', email: 'a@b.example', password: 'long-enough' },
      field: 'name',
    },
  ],
} satisfies Partial<Record<EndpointName, readonly Bad[]>>;
