import { Readable } from 'node:stream';
import { ENDPOINTS, type SyncProblem } from '@tandem/api';
import {
  type Actor,
  changeCause,
  changeProblems,
  listMembers,
  listProblems,
  noteAudit,
  problemCauses,
  type SyncProblemView,
} from '@tandem/store';
import type { FastifyInstance } from 'fastify';
import { csvProblem, problemsHeader } from '../csv/write-problems.ts';
import { endpoint } from '../http/endpoint.ts';
import { Refusal } from '../http/refusal.ts';
import type { Services } from '../services.ts';
import { recordUrl } from './tasks/present.ts';

const PAGE_ROWS = 500;

/** Diagnostics (B11.3): what did not get through, by cause and by name. */
export function registerProblems(app: FastifyInstance, { db, clock }: Services): void {
  endpoint(app, ENDPOINTS.listProblems, async ({ actor, query }) => {
    const page = await listProblems(db, actor, query);
    return { problems: page.problems.map(presentProblem), nextCursor: page.nextCursor };
  });

  endpoint(app, ENDPOINTS.problemCauses, async ({ actor }) => {
    const { causes, ...counts } = await problemCauses(db, actor);
    return { ...counts, causes: [...causes] };
  });

  endpoint(app, ENDPOINTS.exportProblems, async ({ actor, reply }) => {
    const now = clock.now();
    const name = `tandem-problems-${now.slice(0, 10)}.csv`;
    await noteAudit(db, actor, { action: 'problems_exported' }, now);
    reply.header('content-disposition', `attachment; filename="${name}"`);
    return Readable.from(lines(actor));
  });

  /** A page at a time, in the reader's language. */
  async function* lines(actor: Actor): AsyncGenerator<string> {
    const members = await listMembers(db, actor);
    const names = new Map(members.map(({ userId, name }) => [userId, name]));
    const locale = members.find(({ userId }) => userId === actor.userId)?.locale ?? 'en';
    yield problemsHeader();
    let cursor: string | undefined;
    do {
      const page = await listProblems(db, actor, { limit: PAGE_ROWS, cursor });
      yield page.problems
        .map((problem) => csvProblem(presentProblem(problem), locale, names))
        .join('');
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
  }

  endpoint(app, ENDPOINTS.changeProblems, async ({ actor, body }) => {
    const { action, ids, kind, cause } = body;
    if (kind !== undefined && cause !== undefined) {
      const changed = await changeCause(db, actor, action, { kind, cause }, clock.now());
      return { ids: [...changed.ids], more: changed.more };
    }
    return {
      ids: [...(await changeProblems(db, actor, action, ids ?? [], clock.now()))],
      more: false,
    };
  });

  const one = async (actor: Actor, action: 'retry' | 'ignore', id: string) => {
    const changed = await changeProblems(db, actor, action, [id], clock.now());
    if (changed.length === 0) throw new Refusal('not_found');
  };
  endpoint(app, ENDPOINTS.retryProblem, ({ actor, params: { id } }) => one(actor, 'retry', id));
  endpoint(app, ENDPOINTS.ignoreProblem, ({ actor, params: { id } }) => one(actor, 'ignore', id));
}

function presentProblem({ instanceUrl, ...problem }: SyncProblemView): SyncProblem {
  return { ...problem, salesforceUrl: recordUrl(instanceUrl, problem.salesforceId) };
}
