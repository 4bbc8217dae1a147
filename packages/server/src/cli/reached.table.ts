import type { EndpointName } from '@tandem/api';

/** Of each operation of the API: the command that reaches it, or why no command does. */

const TASK = '3f0c2c6e-52c4-4b4b-9f2a-6f4a1f6f0a01';
const WEBHOOK = '8b1d5f0e-7f0b-4d58-b6a4-2f6a3d1c9e02';
const DELIVERY = 'c4a7e6d2-1b5e-4c3a-8e9f-5d2b7a6c1f03';
const PROBLEM = 'link:5d7f3c1a-9b2e-4f6d-8a0c-1e3b5d7f9a04';
const VIEW = '7b1f0a52-3c4d-4e5f-8a9b-0c1d2e3f4a06';
const SOMEBODY = 'q9wLr3VbXy5tTz0mKs8uNc2dHf7gJa4e';
const SOMETHING = '5d2c7e1a-9b3f-4c6d-8e0a-7f1b2c3d4e06';

export interface NotReached {
  readonly why: string;
}

/** The same said to many is one request of `bulkTasks` or `changeProblems`, whatever the count. */
const MANY = (command: string): NotReached => ({ why: `"${command}" takes one or many at once` });
const SIGN_IN: NotReached = {
  why: 'a form of the page, which makes a cookie; a program has a token',
};

export const REACHED: Readonly<Record<EndpointName, readonly string[] | NotReached>> = {
  listTasks: ['tasks', 'list', '--limit', '1'],
  createTask: ['tasks', 'add', 'Call Osterly', '--due', '2026-11-24'],
  countTasks: ['tasks', 'counts'],
  bulkTasks: ['tasks', 'done', TASK],
  getTask: ['tasks', 'show', TASK],
  patchTask: ['tasks', 'edit', TASK, '--priority', 'high'],
  trashTask: MANY('tandem tasks delete'),
  taskHistory: ['tasks', 'history', TASK, '--limit', '1'],
  taskSides: ['tasks', 'sides', TASK],
  restoreTask: ['tasks', 'bring-back', TASK, '4711'],
  sendTask: ['tasks', 'send', TASK],
  listTaskPeople: ['tasks', 'people', '--name', 'ost'],
  exportTasks: ['tasks', 'export'],
  importTasks: ['tasks', 'import', import.meta.filename, '--dry-run'],
  searchRecords: ['tasks', 'find-record', 'osterly', '--kind', 'related'],
  listHistory: ['history', '--kind', 'deletions', '--limit', '1'],

  listViews: ['views', 'list', '--limit', '1'],
  createView: ['views', 'add', 'Late calls', '--view', 'overdue', '--type', 'call'],
  patchView: ['views', 'edit', VIEW, '--name', 'Late calls'],
  deleteView: ['views', 'delete', VIEW],

  listWebhooks: ['webhooks', 'list'],
  createWebhook: ['webhooks', 'add', 'Ours', 'https://hooks.example.com/tandem'],
  getWebhook: ['webhooks', 'show', WEBHOOK],
  patchWebhook: ['webhooks', 'edit', WEBHOOK, '--events', 'task.completed,task.reopened'],
  deleteWebhook: ['webhooks', 'delete', WEBHOOK],
  rotateWebhookSecret: ['webhooks', 'secret', WEBHOOK],
  pingWebhook: ['webhooks', 'ping', WEBHOOK],
  listDeliveries: ['webhooks', 'log', WEBHOOK],
  sendAgain: ['webhooks', 'send', WEBHOOK, DELIVERY],

  getConnection: ['sync', 'connection'],
  startConnection: {
    why: 'Salesforce asks in a browser; "tandem sync connection" says where to begin',
  },
  disconnect: ['sync', 'disconnect'],
  salesforceAccess: ['sync', 'access'],
  getSettings: ['sync', 'settings', 'show'],
  putSettings: ['sync', 'on', '--window', '7d'],
  getTeamSync: ['sync', 'team', 'show'],
  putTeamSync: ['sync', 'team', 'set', 'on', '--lock'],
  previewSync: ['sync', 'preview'],
  syncStatus: ['sync', 'status'],
  syncHealth: ['health'],
  syncNow: ['sync', 'now'],
  compareNow: ['sync', 'compare'],
  answerBrake: ['sync', 'answer', 'keep'],
  listProblems: ['sync', 'problems'],
  problemCauses: ['sync', 'causes'],
  exportProblems: ['sync', 'export-problems'],
  changeProblems: ['sync', 'retry', PROBLEM],
  retryProblem: MANY('tandem sync retry'),
  ignoreProblem: MANY('tandem sync ignore'),

  getTemplate: ['template', 'show'],
  putTemplate: ['template', 'set', '{{activity_type}}: {{activity_subject}}'],
  previewTemplate: ['template', 'preview'],

  getMe: ['me', 'show'],
  patchMe: ['me', 'set', '--time-zone', 'Europe/Oslo'],
  listTokens: ['token', 'list'],
  createToken: {
    why: '"tandem token create" makes the first one on the machine itself, before there is any to ask with',
  },
  revokeToken: ['token', 'revoke', SOMETHING],
  listSessions: ['sessions', 'list'],
  endSession: ['sessions', 'end', SOMEBODY],
  endOtherSessions: ['sessions', 'end', '--all'],
  changePassword: { why: 'refused to tokens: a password is changed in a browser' },

  getReminders: ['reminders', 'show'],
  putReminders: ['reminders', 'set', '--digest-at', '07:30'],
  previewDigest: ['reminders', 'preview'],
  testReminder: ['reminders', 'test'],
  listNotices: ['notices', 'list', '--limit', '1'],
  markNotices: ['notices', 'read', '--all'],

  patchWorkspace: ['team', 'rename', 'Aldermoor'],
  listMembers: ['team', 'members', '--limit', '1'],
  patchMember: ['team', 'role', SOMEBODY, 'manager'],
  removeMember: ['team', 'remove', SOMEBODY],
  reassignTasks: ['team', 'reassign', SOMEBODY, 'ada@aldermoor.example'],
  listInvitations: ['team', 'invitations'],
  createInvitation: ['team', 'invite', 'rep', '--email', 'bo@aldermoor.example'],
  revokeInvitation: ['team', 'revoke', SOMETHING],
  listAudit: ['audit', 'list', '--limit', '1'],
  exportAudit: ['audit', 'export', '--action', 'workspace_renamed'],

  signUp: SIGN_IN,
  signIn: SIGN_IN,
  signOut: SIGN_IN,
  getSession: SIGN_IN,
  forgotPassword: SIGN_IN,
  resetPassword: SIGN_IN,
  showInvitation: SIGN_IN,
  acceptInvitation: SIGN_IN,
};
