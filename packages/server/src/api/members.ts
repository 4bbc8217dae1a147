import { type Actor, type Database, listMembers } from '@tandem/store';

/** Null until the person's browser has told it (PATCH me). */
export async function timeZoneOf(db: Database, actor: Actor): Promise<string | null> {
  const members = await listMembers(db, actor);
  return members.find(({ userId }) => userId === actor.userId)?.timeZone ?? null;
}
