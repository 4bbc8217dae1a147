import type { FastifyInstance, FastifyRequest } from 'fastify';
import { frameOf, type PageParts, visitorOf } from './page-context.ts';
import { formValue, sendPage } from './reply.ts';
import { taskListPage } from './task-list-page.ts';
import {
  findTask,
  LIST_VIEWS,
  type ListQuery,
  listTasks,
  PAGES_MAX,
  plainOrder,
  SORTS,
  type SortKey,
} from './task-query.ts';
import { messagePage, taskRecordPage } from './task-record-page.ts';

/** Longer than a Subject can be. */
const SEARCH_CHARS_MAX = 255;

/** Looking: the list and the record. */
export function registerTaskViews(app: FastifyInstance, { org }: PageParts): void {
  app.get('/lightning/o/Task/list', async (request, reply) => {
    const visitor = visitorOf(org, request, reply);
    if (visitor === null) return reply;
    const query = readListQuery(request);
    const { rows, total } = listTasks(org, visitor.ctx, query);
    const label = LIST_VIEWS.find((view) => view.key === query.view)?.label ?? 'Tasks';
    const frame = frameOf(org, request, visitor, label, 'refresh');
    return sendPage(reply, taskListPage({ frame, query, rows, total, today: visitor.today }));
  });
  app.get('/lightning/o/Task/home', async (_request, reply) =>
    reply.redirect('/lightning/o/Task/list'),
  );
  app.get('/lightning/page/home', async (_request, reply) =>
    reply.redirect('/lightning/o/Task/list'),
  );

  app.get<{ Params: { id: string } }>('/lightning/r/Task/:id/view', async (request, reply) => {
    const visitor = visitorOf(org, request, reply);
    if (visitor === null) return reply;
    const task = findTask(org, visitor.ctx, request.params.id);
    if (task === null) {
      const frame = frameOf(org, request, visitor, 'Not found', 'off');
      const text = 'It was removed for good, or you have no access to it.';
      return sendPage(reply, messagePage(frame, 'This task is not here.', text), 404);
    }
    const mayEdit = !task.isDeleted && org.mayEdit('Task', task.id, visitor.ctx);
    const frame = frameOf(org, request, visitor, task.subject ?? 'Task', 'refresh');
    const { today, timeZone } = visitor;
    return sendPage(reply, taskRecordPage({ frame, task, mayEdit, today, timeZone }));
  });
  app.get<{ Params: { id: string } }>('/lightning/r/:id/view', async (request, reply) =>
    reply.redirect(`/${request.params.id}`),
  );

  /** The short address of any record; only tasks have a page here. */
  app.get<{ Params: { id: string } }>('/:id(^[a-zA-Z0-9]{15,18}$)', async (request, reply) => {
    const { id } = request.params;
    if (id.startsWith('00T')) return reply.redirect(`/lightning/r/Task/${id}/view`);
    const visitor = visitorOf(org, request, reply);
    if (visitor === null) return reply;
    const frame = frameOf(org, request, visitor, 'No page', 'off');
    const text = 'In this sandbox only tasks have a page of their own.';
    return sendPage(reply, messagePage(frame, 'This record has no page.', text), 404);
  });
}

function readListQuery(request: FastifyRequest): ListQuery {
  const one = (name: string) => formValue(request.query, name) ?? '';
  const sort = one('sort');
  const page = Number(one('page'));
  const view = LIST_VIEWS.find((candidate) => candidate.key === one('filterName'))?.key ?? 'open';
  const order = Object.hasOwn(SORTS, sort)
    ? { sort: sort as SortKey, descending: one('dir') === 'desc' }
    : plainOrder(view);
  return {
    view,
    ...order,
    search: one('q').trim().slice(0, SEARCH_CHARS_MAX),
    page: Number.isInteger(page) && page >= 1 ? Math.min(page, PAGES_MAX) : 1,
  };
}
