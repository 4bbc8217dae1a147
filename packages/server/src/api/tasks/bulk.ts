import { ENDPOINTS } from '@tandem/api';
import { patchTasks, restoreTasks, trashTasks } from '@tandem/store';
import type { FastifyInstance } from 'fastify';
import { endpoint } from '../../http/endpoint.ts';
import { localeFor } from '../../http/locale-for.ts';
import type { Services } from '../../services.ts';
import { titleOf } from '../../texts/say-problem.ts';
import { checkOwner } from './owner.ts';

/** POST tasks/bulk: one transaction for all that were found; the others are named. */
export function registerBulk(app: FastifyInstance, { db, clock }: Services): void {
  endpoint(app, ENDPOINTS.bulkTasks, async ({ actor, request, body: { ids, action, patch } }) => {
    await checkOwner(db, actor, patch?.ownerId);
    const unique = [...new Set(ids)];
    const now = clock.now();
    const { notFound } =
      action === 'delete'
        ? await trashTasks(db, actor, unique, now)
        : action === 'restore'
          ? await restoreTasks(db, actor, unique, now)
          : await patchTasks(db, actor, unique, patch ?? {}, now);
    const missing = new Set(notFound);
    const message = titleOf('not_found', await localeFor({ db }, request));
    return {
      results: unique.map((id) =>
        missing.has(id)
          ? { id, ok: false, code: 'not_found', message }
          : { id, ok: true, code: null, message: null },
      ),
    };
  });
}
