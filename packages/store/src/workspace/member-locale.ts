import type { Actor } from '../actor.ts';
import type { Database } from '../database.ts';

/** In which language a member is spoken to. */
export async function memberLocale(
  db: Database,
  { workspaceId, userId }: Pick<Actor, 'workspaceId' | 'userId'>,
): Promise<'en' | 'zh-CN'> {
  const row = await db.kysely
    .selectFrom('tandem.members')
    .select('locale')
    .where('workspace_id', '=', workspaceId)
    .where('user_id', '=', userId)
    .executeTakeFirst();
  return row?.locale ?? 'en';
}
