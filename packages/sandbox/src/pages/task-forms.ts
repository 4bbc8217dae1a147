import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { OrgError } from '../org/org.ts';
import {
  frameOf,
  hasCsrf,
  leaveNotice,
  type PageParts,
  type Visitor,
  visitorOf,
} from './page-context.ts';
import { sendPage } from './reply.ts';
import { openedValues, postedValues, saveTask, type TaskValues, valuesOf } from './task-form.ts';
import { taskFormPage } from './task-form-page.ts';
import {
  findTask,
  priorityChoices,
  recordChoices,
  statusChoices,
  type TaskRow,
} from './task-query.ts';
import { messagePage } from './task-record-page.ts';

const FORM_IS_STALE: OrgError = {
  status: 403,
  code: 'INVALID_CSRF_TOKEN',
  message: 'You logged in again since this form was opened. Press Save once more.',
  fields: [],
};

/** Making and editing a task. */
export function registerTaskForms(app: FastifyInstance, { org }: PageParts): void {
  const show = (
    request: FastifyRequest,
    reply: FastifyReply,
    visitor: Visitor,
    form: {
      readonly task: TaskRow | null;
      readonly values: TaskValues;
      readonly was: TaskValues;
      readonly errors: readonly OrgError[];
    },
  ) => {
    const { ctx } = visitor;
    const title = form.task === null ? 'New Task' : `Edit ${form.task.subject ?? 'task'}`;
    const { errors, values, was } = form;
    const page = taskFormPage({
      frame: frameOf(org, request, visitor, title, form.task === null ? 'off' : 'warn'),
      taskId: form.task?.id ?? null,
      values,
      was,
      errors,
      statuses: statusChoices(org, ctx),
      priorities: priorityChoices(org, ctx),
      people: recordChoices(org, ctx, ['Contact', 'Lead']),
      records: recordChoices(org, ctx, ['Account', 'Opportunity']),
      owners: org
        .users()
        .filter((user) => user.IsActive !== false || user.Id === values.OwnerId)
        .map((user) => ({ id: user.Id, name: String(user.Name), type: 'User' })),
    });
    return sendPage(reply, page, errors.length === 0 ? 200 : 422);
  };

  const blankFor = (visitor: Visitor): TaskValues => ({
    Subject: '',
    ActivityDate: '',
    Status: statusChoices(org, visitor.ctx).find((choice) => choice.isDefault)?.value ?? '',
    Priority: priorityChoices(org, visitor.ctx).find((choice) => choice.isDefault)?.value ?? '',
    WhoId: '',
    WhatId: '',
    OwnerId: visitor.user.Id,
    Description: '',
  });

  app.get('/lightning/o/Task/new', async (request, reply) => {
    const visitor = visitorOf(org, request, reply);
    if (visitor === null) return reply;
    const values = blankFor(visitor);
    return show(request, reply, visitor, { task: null, values, was: values, errors: [] });
  });

  app.post('/lightning/o/Task/new', async (request, reply) => {
    const visitor = visitorOf(org, request, reply);
    if (visitor === null) return reply;
    const was = blankFor(visitor);
    const values = postedValues(request.body, was);
    const again = (errors: readonly OrgError[]) =>
      show(request, reply, visitor, { task: null, values, was, errors });
    if (!hasCsrf(request, visitor)) return again([FORM_IS_STALE]);
    const result = saveTask(org, visitor.ctx, null, values, was);
    if (!result.ok) return again(result.errors);
    leaveNotice(visitor, { tone: 'good', text: 'Task created.' });
    return reply.redirect(`/lightning/r/Task/${result.id}/view`, 303);
  });

  const editable = (request: FastifyRequest, reply: FastifyReply, visitor: Visitor, id: string) => {
    const task = findTask(org, visitor.ctx, id);
    if (task !== null && !task.isDeleted && org.mayEdit('Task', task.id, visitor.ctx)) return task;
    const frame = frameOf(org, request, visitor, 'Cannot edit', 'off');
    const text = 'It is in the Recycle Bin, gone, or not yours to change.';
    sendPage(reply, messagePage(frame, 'This task cannot be edited.', text), 404);
    return null;
  };

  app.get<{ Params: { id: string } }>('/lightning/r/Task/:id/edit', async (request, reply) => {
    const visitor = visitorOf(org, request, reply);
    if (visitor === null) return reply;
    const task = editable(request, reply, visitor, request.params.id);
    if (task === null) return reply;
    const values = valuesOf(task);
    return show(request, reply, visitor, { task, values, was: values, errors: [] });
  });

  app.post<{ Params: { id: string } }>('/lightning/r/Task/:id/edit', async (request, reply) => {
    const visitor = visitorOf(org, request, reply);
    if (visitor === null) return reply;
    const task = editable(request, reply, visitor, request.params.id);
    if (task === null) return reply;
    const was = openedValues(request.body);
    const values = postedValues(request.body, was);
    const again = (errors: readonly OrgError[]) =>
      show(request, reply, visitor, { task, values, was, errors });
    if (!hasCsrf(request, visitor)) return again([FORM_IS_STALE]);
    const result = saveTask(org, visitor.ctx, task.id, values, was);
    if (!result.ok) return again(result.errors);
    leaveNotice(visitor, { tone: 'good', text: 'Task saved.' });
    return reply.redirect(`/lightning/r/Task/${task.id}/view`, 303);
  });
}
