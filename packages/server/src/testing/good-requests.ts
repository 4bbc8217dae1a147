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
  signUp: { name: 'X', email: 'x@tandem.example', password: 'long-enough' },
  signIn: { email: 'x@tandem.example', password: 'long-enough' },
};
