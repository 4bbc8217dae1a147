import { textId } from '@tandem/api';
import { type Actor, findMember, noteSeldom } from '@tandem/store';
import type { FastifyRequest } from 'fastify';
import type { Services } from '../services.ts';
import { invalidField, Refusal } from './refusal.ts';

/** One entry of the audit log for a look of half an hour, not one for each list that is read. */
const ONE_LOOK_MS = 30 * 60_000;

/**
 * B12.5: `as=<userId>` on endpoints that say so: a manager or an admin reads what a rep in that person's place
 * would. Everything that could change something is refused before it is read, whatever it is.
 */
export async function viewAs(
  { db, clock }: Pick<Services, 'db' | 'clock'>,
  request: FastifyRequest,
  actor: Actor,
): Promise<Actor> {
  const query = request.query as Record<string, unknown>;
  if (query.as === undefined) return actor;
  if (request.method !== 'GET') throw new Refusal('view_only');
  // Elsewhere it is no field of the request, and refused as such.
  if (request.routeOptions.config.viewAs !== true) return actor;
  const { as: userId } = query;
  delete query.as;
  const asked = textId.safeParse(userId);
  if (!asked.success) throw invalidField('as', 'must be one user id');
  const member = await findMember(db, actor, asked.data);
  if (member === null || member.removedAt !== null) {
    throw invalidField('as', 'is nobody of this workspace');
  }
  if (asked.data === actor.userId) return actor;
  if (actor.role === 'rep') {
    throw new Refusal('not_allowed', 'Only managers and admins look at the tasks of others.');
  }
  const once = { max: 1, withinMs: ONE_LOOK_MS };
  await noteSeldom(db, actor, { action: 'viewed_as', target: asked.data }, clock.now(), once);
  // As a rep: a manager who looks at an admin sees that admin's tasks, not the team's through their eyes.
  return { workspaceId: actor.workspaceId, userId: asked.data, role: 'rep' };
}
