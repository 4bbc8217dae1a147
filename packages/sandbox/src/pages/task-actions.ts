import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Ctx, DmlResult, Org } from '../org/org.ts';
import type { Notice } from './layout.ts';
import { hasCsrf, leaveNotice, type PageParts, visitorOf } from './page-context.ts';
import { formValue, localPath } from './reply.ts';
import { asResult } from './task-form.ts';
import { statusChoices } from './task-query.ts';

interface Action {
  act(org: Org, id: string, ctx: Ctx): DmlResult;
  readonly done: string;
}

const ACTIONS: Readonly<Record<string, Action>> = {
  complete: {
    act: (org, id, ctx) => setStatus(org, id, ctx, (status) => status.isClosed),
    done: 'Task completed.',
  },
  reopen: {
    act: (org, id, ctx) =>
      setStatus(org, id, ctx, (status) => status.isDefault && !status.isClosed),
    done: 'Task reopened.',
  },
  delete: { act: (org, id, ctx) => org.remove('Task', id, ctx), done: 'Task deleted.' },
  undelete: {
    act: (org, id, ctx) => org.undelete(id, ctx),
    done: 'Task is back from the Recycle Bin.',
  },
};

/** One-press changes of a task: a form with a CSRF token, then back to where it was pressed. */
export function registerTaskActions(app: FastifyInstance, { org }: PageParts): void {
  for (const [verb, action] of Object.entries(ACTIONS)) {
    app.post<{ Params: { id: string } }>(
      `/lightning/r/Task/:id/${verb}`,
      async (request, reply) => {
        const visitor = visitorOf(org, request, reply);
        if (visitor === null) return reply;
        const { id } = request.params;
        if (!hasCsrf(request, visitor)) {
          leaveNotice(visitor, {
            tone: 'bad',
            text: 'Nothing was changed: you logged in again meanwhile. Try once more.',
          });
        } else {
          leaveNotice(
            visitor,
            noticeOf(
              asResult(() => action.act(org, id, visitor.ctx)),
              action,
              verb,
              id,
            ),
          );
        }
        return reply.redirect(backTo(request, id), 303);
      },
    );
  }
}

function noticeOf(result: DmlResult, action: Action, verb: string, id: string): Notice {
  if (!result.ok) {
    const why = result.errors.map((error) => error.message).join(' ');
    return { tone: 'bad', text: `Nothing was changed: ${why}` };
  }
  return { tone: 'good', text: action.done, ...(verb === 'delete' ? { undelete: id } : {}) };
}

function setStatus(
  org: Org,
  id: string,
  ctx: Ctx,
  wanted: (status: { readonly isClosed: boolean; readonly isDefault: boolean }) => boolean,
): DmlResult {
  const choices = statusChoices(org, ctx);
  const status = choices.find(wanted) ?? choices.find((choice) => !choice.isClosed);
  return org.update('Task', id, { Status: status?.value ?? null }, ctx);
}

function backTo(request: FastifyRequest, id: string): string {
  return localPath(formValue(request.body, 'back')) ?? `/lightning/r/Task/${id}/view`;
}
