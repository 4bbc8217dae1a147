import { z } from 'zod';
import type { EndpointContract } from './endpoints.ts';
import { pageQuery } from './paging.ts';
import * as views from './views.ts';

/** What the Command Center needs beside the tasks themselves. Part of ENDPOINTS. */

const V1 = '/api/v1';
const viewId = z.object({ id: z.uuid('must be the id of a saved view') });

export const VIEW_ENDPOINTS = {
  listTaskPeople: {
    method: 'GET',
    path: `${V1}/tasks/people`,
    tag: 'Tasks',
    summary: 'Whom tasks are about, those with most open tasks first: at most 20',
    who: 'member',
    viewAs: true,
    query: views.peopleQuery,
    reply: views.taskPeople,
    problems: ['not_allowed'],
  },
  listViews: {
    method: 'GET',
    path: `${V1}/views`,
    tag: 'Views',
    summary: 'Your saved views, oldest first',
    who: 'member',
    query: pageQuery,
    reply: views.savedViews,
  },
  createView: {
    method: 'POST',
    path: `${V1}/views`,
    tag: 'Views',
    summary: `Save filters and sort under a name; at most ${views.SAVED_VIEWS_MAX} each`,
    who: 'member',
    body: views.newSavedView,
    reply: views.savedView,
    status: 201,
  },
  patchView: {
    method: 'PATCH',
    path: `${V1}/views/{id}`,
    tag: 'Views',
    summary: 'Rename a saved view, or give it other filters',
    who: 'member',
    params: viewId,
    body: views.savedViewPatch,
    reply: views.savedView,
    problems: ['not_found'],
  },
  deleteView: {
    method: 'DELETE',
    path: `${V1}/views/{id}`,
    tag: 'Views',
    summary: 'Delete a saved view; its tasks stay',
    who: 'member',
    params: viewId,
    reply: null,
    problems: ['not_found'],
  },
} as const satisfies Record<string, EndpointContract>;
