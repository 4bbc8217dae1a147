import { z } from 'zod';
import * as access from './access.ts';
import { DIAGNOSTICS_ENDPOINTS } from './endpoints-diagnostics.ts';
import { PROGRAM_ENDPOINTS } from './endpoints-programs.ts';
import { REMINDER_ENDPOINTS } from './endpoints-reminders.ts';
import { SIGN_IN_ENDPOINTS } from './endpoints-sign-in.ts';
import { SYNC_ENDPOINTS } from './endpoints-sync.ts';
import { TEAM_ENDPOINTS } from './endpoints-team.ts';
import { VIEW_ENDPOINTS } from './endpoints-views.ts';
import * as people from './me.ts';
import { pageQuery } from './paging.ts';
import type { ProblemCode } from './problem.ts';
import * as sf from './salesforce.ts';
import * as sides from './sides.ts';
import * as tasks from './task.ts';

/**
 * Every endpoint of the API as data: the server registers its routes from here, the OpenAPI document
 * is made of it, and clients take their types from it. Paths carry `{name}` for parameters.
 */
export interface EndpointContract {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly path: `/api/${string}`;
  readonly tag:
    | 'Tasks'
    | 'Views'
    | 'Salesforce'
    | 'Sync'
    | 'Template'
    | 'Webhooks'
    | 'People'
    | 'Reminders'
    | 'Team'
    | 'Sign-in';
  readonly summary: string;
  /** Who may call it, admins always; all but `anybody` answer 401 to who is not signed in. */
  readonly who: Who;
  /** Takes `as=<userId>`: managers and admins read what that teammate would (B12.5). */
  readonly viewAs?: true;
  readonly params?: z.ZodType;
  readonly query?: z.ZodType;
  readonly body?: z.ZodType;
  /** Null: 204, no body. */
  readonly reply: z.ZodType | null;
  /** What the answer is, where it is not JSON. */
  readonly media?: 'text/csv';
  /** Where 1 MiB is too little. */
  readonly bodyBytesMax?: number;
  readonly status?: 200 | 201 | 202 | 204 | 302;
  /** Beyond those that follow from `who`, the schemas and the rate limit. */
  readonly problems?: readonly ProblemCode[];
}

export type Who = 'anybody' | 'member' | 'manager' | 'admin';

const V1 = '/api/v1';
const taskId = z.object({ id: z.uuid('must be a task id') });
const textId = z.object({ id: z.string().min(1).max(200) });

export const ENDPOINTS = {
  listTasks: {
    method: 'GET',
    path: `${V1}/tasks`,
    tag: 'Tasks',
    summary: 'Tasks of a view, page by page (B9.1)',
    who: 'member',
    viewAs: true,
    query: tasks.taskQuery,
    reply: tasks.taskList,
    problems: ['not_allowed'],
  },
  createTask: {
    method: 'POST',
    path: `${V1}/tasks`,
    tag: 'Tasks',
    summary: 'Create a task',
    who: 'member',
    body: tasks.newTask,
    reply: tasks.task,
    status: 201,
    problems: ['not_allowed'],
  },
  countTasks: {
    method: 'GET',
    path: `${V1}/tasks/counts`,
    tag: 'Tasks',
    summary: 'Counts for the views, in your own time zone',
    who: 'member',
    viewAs: true,
    query: tasks.countQuery,
    reply: tasks.taskCounts,
    problems: ['not_allowed'],
  },
  bulkTasks: {
    method: 'POST',
    path: `${V1}/tasks/bulk`,
    tag: 'Tasks',
    summary: 'Change, delete or restore many tasks; each has its own result',
    who: 'member',
    body: tasks.bulkRequest,
    reply: tasks.bulkResult,
    problems: ['not_allowed'],
  },
  getTask: {
    method: 'GET',
    path: `${V1}/tasks/{id}`,
    tag: 'Tasks',
    summary: 'One task',
    who: 'member',
    viewAs: true,
    params: taskId,
    reply: tasks.task,
    problems: ['not_found'],
  },
  patchTask: {
    method: 'PATCH',
    path: `${V1}/tasks/{id}`,
    tag: 'Tasks',
    summary: 'Change some fields of a task',
    who: 'member',
    params: taskId,
    body: tasks.taskPatch,
    reply: tasks.task,
    problems: ['not_found', 'not_allowed'],
  },
  trashTask: {
    method: 'DELETE',
    path: `${V1}/tasks/{id}`,
    tag: 'Tasks',
    summary: 'Move a task to Trash, where it stays for 30 days (B1.2)',
    who: 'member',
    params: taskId,
    reply: null,
    problems: ['not_found'],
  },
  taskHistory: {
    method: 'GET',
    path: `${V1}/tasks/{id}/history`,
    tag: 'Tasks',
    summary: 'What happened to a task, newest first (B11.4)',
    who: 'member',
    viewAs: true,
    params: taskId,
    query: tasks.historyQuery,
    reply: tasks.history,
    problems: ['not_found'],
  },
  taskSides: {
    method: 'GET',
    path: `${V1}/tasks/{id}/sides`,
    tag: 'Tasks',
    summary: 'What Salesforce was last seen to hold of a task, field by field beside the app’s',
    who: 'member',
    viewAs: true,
    params: taskId,
    reply: sides.taskSides,
    problems: ['not_found'],
  },
  restoreTask: {
    method: 'POST',
    path: `${V1}/tasks/{id}/restore`,
    tag: 'Tasks',
    summary: 'Out of Trash; with entryId, a lost value of the history back (B10.2)',
    who: 'member',
    params: taskId,
    body: tasks.restoreRequest,
    reply: tasks.task,
    problems: ['not_found'],
  },
  sendTask: {
    method: 'POST',
    path: `${V1}/tasks/{id}/send`,
    tag: 'Tasks',
    summary: 'Also send this older task to Salesforce (B6.5)',
    who: 'member',
    params: taskId,
    reply: tasks.task,
    problems: ['not_found', 'not_connected', 'sync_is_off'],
  },

  ...VIEW_ENDPOINTS,
  ...PROGRAM_ENDPOINTS,

  getConnection: {
    method: 'GET',
    path: `${V1}/salesforce/connection`,
    tag: 'Salesforce',
    summary: 'Your Salesforce account as Tandem knows it',
    who: 'member',
    reply: sf.connection,
  },
  startConnection: {
    method: 'POST',
    path: `${V1}/salesforce/connection`,
    tag: 'Salesforce',
    summary: 'Start connecting: send the browser to authorizeUrl',
    who: 'member',
    reply: sf.connectResponse,
  },
  disconnect: {
    method: 'DELETE',
    path: `${V1}/salesforce/connection`,
    tag: 'Salesforce',
    summary: 'Disconnect; links and history stay (B7.1)',
    who: 'member',
    reply: null,
    problems: ['not_connected'],
  },
  salesforceAccess: {
    method: 'GET',
    path: `${V1}/salesforce/access`,
    tag: 'Salesforce',
    summary: 'What Tandem may do in Salesforce, probed now; a missing permission is named',
    who: 'member',
    reply: sf.salesforceAccess,
    problems: ['not_connected', 'salesforce_sign_in', 'salesforce_unavailable'],
  },
  searchRecords: {
    method: 'GET',
    path: `${V1}/salesforce/search`,
    tag: 'Salesforce',
    summary: 'Find people or related records in Salesforce',
    who: 'member',
    query: sf.recordSearchQuery,
    reply: sf.recordSearch,
    problems: ['not_connected', 'salesforce_sign_in', 'salesforce_unavailable'],
  },

  ...SYNC_ENDPOINTS,
  ...DIAGNOSTICS_ENDPOINTS,

  getTemplate: {
    method: 'GET',
    path: `${V1}/template`,
    tag: 'Template',
    summary: 'The activity detail template (B5)',
    who: 'member',
    reply: sf.template,
  },
  putTemplate: {
    method: 'PUT',
    path: `${V1}/template`,
    tag: 'Template',
    summary: 'Save the template; rewrites nothing by itself (B5.7)',
    who: 'admin',
    body: sf.templateUpdate,
    reply: sf.template,
    problems: ['invalid_template'],
  },
  previewTemplate: {
    method: 'POST',
    path: `${V1}/template/preview`,
    tag: 'Template',
    summary: 'What a template makes of real tasks',
    who: 'member',
    body: sf.templatePreviewRequest,
    reply: sf.templatePreview,
    problems: ['invalid_template'],
  },

  getMe: {
    method: 'GET',
    path: `${V1}/me`,
    tag: 'People',
    summary: 'Who is signed in',
    who: 'member',
    reply: people.me,
  },
  patchMe: {
    method: 'PATCH',
    path: `${V1}/me`,
    tag: 'People',
    summary: 'Your name, time zone and language',
    who: 'member',
    body: people.mePatch,
    reply: people.me,
  },
  listTokens: {
    method: 'GET',
    path: `${V1}/tokens`,
    tag: 'People',
    summary: 'Your API tokens',
    who: 'member',
    query: pageQuery,
    reply: access.apiTokens,
  },
  createToken: {
    method: 'POST',
    path: `${V1}/tokens`,
    tag: 'People',
    summary: 'Make an API token; it is shown this once',
    who: 'member',
    body: access.newApiToken,
    reply: access.createdApiToken,
    status: 201,
  },
  revokeToken: {
    method: 'DELETE',
    path: `${V1}/tokens/{id}`,
    tag: 'People',
    summary: 'Revoke an API token',
    who: 'member',
    params: textId,
    reply: null,
    problems: ['not_found'],
  },

  ...REMINDER_ENDPOINTS,
  ...TEAM_ENDPOINTS,

  ...SIGN_IN_ENDPOINTS,
} as const satisfies Record<string, EndpointContract>;

export type EndpointName = keyof typeof ENDPOINTS;

/** Two more addresses answer with something other than JSON, so they stand beside the table. */
export const EVENTS_PATH = `${V1}/events`;
export const CALLBACK_PATH = `${V1}/salesforce/callback`;
