import { ENDPOINTS, type Member } from '@tandem/api';
import {
  type Actor,
  changeRole,
  findMember,
  getConnection,
  getWorkspace,
  listTasks,
  noteAudit,
  pageMembers,
  patchTasks,
  removeMember,
  renameWorkspace,
  type TeamMemberView,
  type TeamResult,
  teamMember,
} from '@tandem/store';
import type { FastifyInstance } from 'fastify';
import { endpoint } from '../http/endpoint.ts';
import { invalidField, Refusal } from '../http/refusal.ts';
import type { Services } from '../services.ts';

/** As many as a bulk change takes in one transaction. */
const BATCH = 500;

/** Workspace and members (B12.1). */
export function registerTeam(app: FastifyInstance, services: Services): void {
  const { db, clock, salesforce, log } = services;

  endpoint(app, ENDPOINTS.patchWorkspace, async ({ actor, body: { name } }) => {
    await renameWorkspace(db, actor, name, clock.now());
    const workspace = await getWorkspace(db, actor);
    if (workspace === null) throw new Refusal('not_found');
    return workspace;
  });

  endpoint(app, ENDPOINTS.listMembers, async ({ actor, query }) => {
    const { members, nextCursor } = await pageMembers(db, actor, query);
    return { members: members.map((member) => presentMember(member, actor)), nextCursor };
  });

  endpoint(app, ENDPOINTS.patchMember, async ({ actor, params: { id }, body: { role } }) => {
    ok(await changeRole(db, actor, id, role, clock.now()));
    const member = await teamMember(db, actor, id);
    if (member === null) throw new Refusal('not_found');
    return presentMember(member, actor);
  });

  endpoint(app, ENDPOINTS.removeMember, async ({ actor, params: { id } }) => {
    const leaver: Actor = { workspaceId: actor.workspaceId, userId: id, role: 'rep' };
    const connection = await getConnection(db, leaver);
    const tokens =
      connection?.connected === true
        ? await salesforce.tokensOf(connection).catch(() => null)
        : null;
    ok(await removeMember(db, actor, id, clock.now()));
    if (connection === null || tokens === null) return;
    // Politeness: our side is off already, whatever Salesforce answers.
    const revoked = await salesforce.oauth(connection.loginUrl).revoke(tokens.refreshToken);
    log.info({ connectionId: connection.connectionId, revoked: revoked.kind }, 'disconnect.done');
  });

  endpoint(app, ENDPOINTS.reassignTasks, async ({ actor, params: { id }, body: { toUserId } }) => {
    const [from, to] = [await findMember(db, actor, id), await findMember(db, actor, toUserId)];
    if (from === null) throw new Refusal('not_found');
    if (to === null || to.removedAt !== null) {
      throw invalidField('toUserId', 'is nobody of this workspace');
    }
    if (id === toUserId) throw invalidField('toUserId', 'has these tasks already');
    const reassigned = await reassign(actor, id, toUserId);
    const data = { to: toUserId, count: reassigned };
    await noteAudit(db, actor, { action: 'tasks_reassigned', target: id, data }, clock.now());
    return { reassigned };
  });

  /** A batch is a transaction of its own; broken off in between, asking again does the rest. */
  async function reassign(actor: Actor, from: string, to: string): Promise<number> {
    let count = 0;
    let cursor: string | undefined;
    do {
      const page = await listTasks(db, actor, {
        ownerId: from,
        status: 'open',
        reassigned: 'show',
        sort: 'createdAt',
        limit: BATCH,
        cursor,
      });
      const ids = page.tasks.map((task) => task.id);
      if (ids.length > 0) {
        const { tasks } = await patchTasks(db, actor, ids, { ownerId: to }, clock.now());
        count += tasks.length;
      }
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
    return count;
  }
}

function ok(result: TeamResult): void {
  if (result === 'last_admin') {
    throw new Refusal('last_admin', 'Make somebody else an admin first.');
  }
  if (result !== 'ok') throw new Refusal(result);
}

function presentMember(member: TeamMemberView, actor: Actor): Member {
  const { userId, name, email, role, removedAt } = member;
  const { lastSeenAt, connection, openTasks } = member;
  const looksAfter = actor.role !== 'rep';
  return {
    userId,
    name,
    email,
    role,
    removedAt,
    lastSeenAt: looksAfter ? lastSeenAt : null,
    connection: looksAfter ? connection : null,
    openTasks: looksAfter ? openTasks : null,
  };
}
