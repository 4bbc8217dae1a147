import { ENDPOINTS } from '@tandem/api';
import { teamHistory } from '@tandem/store';
import type { FastifyInstance } from 'fastify';
import { endpoint } from '../http/endpoint.ts';
import type { Services } from '../services.ts';
import { ownerAsked } from './tasks/owner.ts';
import { presentHistoryEntry } from './tasks/present.ts';

/** What happened to one's tasks, or to the team's (B11.4). */
export function registerHistory(app: FastifyInstance, { db }: Services): void {
  endpoint(app, ENDPOINTS.listHistory, async ({ actor, query: { owner, ...filter } }) => {
    const ownerId = await ownerAsked(db, actor, owner);
    const page = await teamHistory(db, actor, { ...filter, ownerId });
    return {
      entries: page.entries.map((entry) => ({ ...presentHistoryEntry(entry), task: entry.task })),
      nextCursor: page.nextCursor,
    };
  });
}
