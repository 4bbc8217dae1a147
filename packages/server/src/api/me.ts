import { ENDPOINTS, type Me } from '@tandem/api';
import { type Actor, findMember, getWorkspace, updateMember } from '@tandem/store';
import type { FastifyInstance } from 'fastify';
import { endpoint } from '../http/endpoint.ts';
import { Refusal } from '../http/refusal.ts';
import type { Services } from '../services.ts';

/** GET and PATCH me. */
export function registerMe(app: FastifyInstance, { db }: Services): void {
  const presentMe = async (actor: Actor): Promise<Me> => {
    const [self, workspace] = await Promise.all([
      findMember(db, actor, actor.userId),
      getWorkspace(db, actor),
    ]);
    if (self === null || workspace === null) throw new Refusal('not_signed_in');
    const { userId, name, email, role, timeZone, locale } = self;
    const { workspaceId, name: workspaceName } = workspace;
    return { userId, name, email, role, timeZone, locale, workspaceId, workspaceName };
  };

  endpoint(app, ENDPOINTS.getMe, ({ actor }) => presentMe(actor));

  endpoint(app, ENDPOINTS.patchMe, async ({ actor, body: { name, timeZone, locale } }) => {
    await updateMember(db, actor, actor.userId, {
      ...(name === undefined ? {} : { name }),
      ...(timeZone === undefined ? {} : { timeZone }),
      ...(locale === undefined ? {} : { locale }),
    });
    return presentMe(actor);
  });
}
