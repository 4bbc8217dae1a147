import { ENDPOINTS, PROBLEMS } from '@tandem/api';
import { patchTasks, restoreTasks, trashTasks } from '@tandem/store';
import type { FastifyInstance } from 'fastify';
import { endpoint } from '../../http/endpoint.ts';
import type { Services } from '../../services.ts';
import { checkOwner } from './owner.ts';

/** POST tasks/bulk: one transaction for all that were found; the others are named. */
export function registerBulk(app: FastifyInstance, { db, clock }: Services): void {
  endpoint(app, ENDPOINTS.bulkTasks, async ({ actor, body: { ids, action, patch } }) => {
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
    return {
      results: unique.map((id) =>
        missing.has(id)
          ? { id, ok: false, code: 'not_found', message: PROBLEMS.not_found.title }
          : { id, ok: true, code: null, message: null },
      ),
    };
  });
}
