import type { EndpointName, Who } from '@tandem/api';

/**
 * Who may call what, written down a second time on purpose: a contract that is loosened by mistake differs
 * from this table. A new endpoint without a line here does not compile. Read a line as: everybody from this
 * role up gets an answer, everybody below is refused, and
 *
 * | caller | gets |
 * |---|---|
 * | a role that may not | 403 `not_allowed`, and nothing changes |
 * | nobody, a revoked token, a member who was removed | 401 `not_signed_in`, unless the line says `anybody` |
 * | another workspace's admin, with an id of ours | 404 `not_found`, and nothing changes |
 * | another workspace's admin, without one | its own, and no word of ours |
 */
export const MAY: Record<EndpointName, Who> = {
  listTasks: 'member',
  createTask: 'member',
  countTasks: 'member',
  bulkTasks: 'member',
  getTask: 'member',
  patchTask: 'member',
  trashTask: 'member',
  taskHistory: 'member',
  taskSides: 'member',
  listHistory: 'member',
  exportTasks: 'member',
  importTasks: 'member',
  restoreTask: 'member',
  sendTask: 'member',

  listTaskPeople: 'member',
  listViews: 'member',
  createView: 'member',
  patchView: 'member',
  deleteView: 'member',

  getConnection: 'member',
  startConnection: 'member',
  disconnect: 'member',
  salesforceAccess: 'member',
  searchRecords: 'member',

  getSettings: 'member',
  putSettings: 'member',
  getTeamSync: 'admin',
  putTeamSync: 'admin',
  previewSync: 'member',
  syncStatus: 'member',
  syncHealth: 'member',
  syncNow: 'member',
  compareNow: 'member',
  answerBrake: 'member',
  listProblems: 'member',
  problemCauses: 'member',
  exportProblems: 'member',
  changeProblems: 'member',
  retryProblem: 'member',
  ignoreProblem: 'member',

  getTemplate: 'member',
  putTemplate: 'admin',
  previewTemplate: 'member',

  getMe: 'member',
  patchMe: 'member',
  changePassword: 'member',
  listSessions: 'member',
  endSession: 'member',
  endOtherSessions: 'member',
  listTokens: 'member',
  createToken: 'member',
  revokeToken: 'member',

  listMembers: 'member',
  patchMember: 'admin',
  removeMember: 'admin',
  reassignTasks: 'manager',
  patchWorkspace: 'admin',
  listInvitations: 'admin',
  createInvitation: 'admin',
  revokeInvitation: 'admin',
  listAudit: 'admin',
  exportAudit: 'admin',

  getReminders: 'member',
  putReminders: 'member',
  previewDigest: 'member',
  testReminder: 'member',
  listNotices: 'member',
  markNotices: 'member',

  listWebhooks: 'admin',
  createWebhook: 'admin',
  getWebhook: 'admin',
  patchWebhook: 'admin',
  deleteWebhook: 'admin',
  rotateWebhookSecret: 'admin',
  pingWebhook: 'admin',
  listDeliveries: 'admin',
  sendAgain: 'admin',

  signUp: 'anybody',
  signIn: 'anybody',
  signOut: 'anybody',
  getSession: 'anybody',
  forgotPassword: 'anybody',
  resetPassword: 'anybody',
  showInvitation: 'anybody',
  acceptInvitation: 'anybody',
};

/** From who may do least to who may do most. */
const ROLES = ['rep', 'manager', 'admin'] as const;
const FROM: Record<Who, number> = { anybody: 0, member: 0, manager: 1, admin: 2 };

export function mayCall(role: (typeof ROLES)[number], name: EndpointName): boolean {
  return ROLES.indexOf(role) >= FROM[MAY[name]];
}
