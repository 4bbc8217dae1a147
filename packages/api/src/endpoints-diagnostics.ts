import { z } from 'zod';
import * as diagnostics from './diagnostics.ts';
import type { EndpointContract } from './endpoints.ts';
import * as history from './history.ts';

const V1 = '/api/v1';
const textId = z.object({ id: z.string().min(1).max(200) });

/** What happened, and what did not get through. Part of ENDPOINTS. */
export const DIAGNOSTICS_ENDPOINTS = {
  listHistory: {
    method: 'GET',
    path: `${V1}/history`,
    tag: 'Tasks',
    summary: 'What happened to your tasks, or to everybody’s you may see, newest first (B11.4)',
    who: 'member',
    query: history.teamHistoryQuery,
    reply: history.teamHistory,
    problems: ['not_allowed'],
  },
  listProblems: {
    method: 'GET',
    path: `${V1}/sync/problems`,
    tag: 'Sync',
    summary: 'Every parked and every skipped task by name (B11.3)',
    who: 'member',
    query: diagnostics.syncProblemsQuery,
    reply: diagnostics.syncProblems,
  },
  problemCauses: {
    method: 'GET',
    path: `${V1}/sync/problems/causes`,
    tag: 'Sync',
    summary: 'Parked and skipped tasks counted by cause, and how many wait for you (B11.3)',
    who: 'member',
    reply: diagnostics.problemCauses,
  },
  exportProblems: {
    method: 'GET',
    path: `${V1}/sync/problems/export`,
    tag: 'Sync',
    summary: 'Parked and skipped tasks as CSV, in your language (B11.3)',
    who: 'member',
    reply: z.string(),
    media: 'text/csv',
  },
  changeProblems: {
    method: 'POST',
    path: `${V1}/sync/problems/bulk`,
    tag: 'Sync',
    summary: 'Retry, ignore or put back many: by name, or a thousand of one cause (B11.3)',
    who: 'member',
    body: diagnostics.problemsChange,
    reply: diagnostics.problemsChanged,
  },
  retryProblem: {
    method: 'POST',
    path: `${V1}/sync/problems/{id}/retry`,
    tag: 'Sync',
    summary: 'Try a parked task again',
    who: 'member',
    params: textId,
    reply: null,
    problems: ['not_found'],
  },
  ignoreProblem: {
    method: 'POST',
    path: `${V1}/sync/problems/{id}/ignore`,
    tag: 'Sync',
    summary: 'Take a problem off the list',
    who: 'member',
    params: textId,
    reply: null,
    problems: ['not_found'],
  },
} as const satisfies Record<string, EndpointContract>;
