import { ENDPOINTS, type Me } from '@tandem/api';
import { type Actor, getWorkspace, listMembers, pageMembers, updateMember } from '@tandem/store';
import type { FastifyInstance } from 'fastify';
import { endpoint } from '../http/endpoint.ts';
import { Refusal } from '../http/refusal.ts';
import type { Services } from '../services.ts';

/** GET and PATCH me, GET members. */
export function registerMe(app: FastifyInstance, { db }: Services): void {
  const presentMe = async (actor: Actor): Promise<Me> => {
    const [members, workspace] = await Promise.all([
      listMembers(db, actor),
      getWorkspace(db, actor),
    ]);
    const self = members.find(({ userId }) => userId === actor.userId);
    if (self === undefined || workspace === null) throw new Refusal('not_signed_in');
    const { userId, name, email, role, timeZone, locale } = self;
    const { workspaceId, name: workspaceName } = workspace;
    return { userId, name, email, role, timeZone, locale, workspaceId, workspaceName };
  };

  endpoint(app, ENDPOINTS.getMe, ({ actor }) => presentMe(actor));

  endpoint(app, ENDPOINTS.patchMe, async ({ actor, body: { timeZone, locale } }) => {
    await updateMember(db, actor, actor.userId, {
      ...(timeZone === undefined ? {} : { timeZone }),
      ...(locale === undefined ? {} : { locale }),
    });
    return presentMe(actor);
  });

  endpoint(app, ENDPOINTS.listMembers, async ({ actor, query }) => {
    const { members, nextCursor } = await pageMembers(db, actor, query);
    return {
      members: members.map(({ userId, name, email, role }) => ({ userId, name, email, role })),
      nextCursor,
    };
  });
}
