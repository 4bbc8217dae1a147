import type { EndpointName } from '@tandem/api';

/** Bodies that pass the schema: one bad thing beside them is what the answer is about. */
export const GOOD_BODY: Partial<Record<EndpointName, object>> = {
  createTask: { name: 'x' },
  bulkTasks: { ids: ['00000000-0000-4000-8000-000000000000'], action: 'delete' },
  patchTask: { name: 'x' },
  restoreTask: {},
  putSettings: {},
  previewSync: {},
  putTeamSync: { mode: 'each' },
  changeProblems: { action: 'ignore', ids: ['link:00000000-0000-4000-8000-000000000000'] },
  answerBrake: { answer: 'keep' },
  putTemplate: { template: 'x' },
  previewTemplate: { template: 'x' },
  patchMe: { locale: 'en' },
  createView: { name: 'x', query: { view: 'overdue' } },
  patchView: { name: 'x' },
  createToken: { name: 'x' },
  importTasks: { csv: 'name\r\nx\r\n' },
  createWebhook: { name: 'x', url: 'https://hooks.example/x' },
  patchWebhook: { name: 'x' },
  putReminders: {
    digest: { at: '08:00', days: [1, 2, 3, 4, 5], mail: true, browser: true, whenEmpty: false },
    due: { at: '09:00', mail: false, browser: true },
    eve: { at: '18:00', mail: false, browser: false },
    needsYou: { mail: true },
  },
  markNotices: { mark: 'read' },
  forgotPassword: { email: 'x@tandem.example' },
  resetPassword: { token: 'x', password: 'long-enough' },
  signUp: { name: 'X', email: 'x@tandem.example', password: 'long-enough' },
  signIn: { email: 'x@tandem.example', password: 'long-enough' },
};
