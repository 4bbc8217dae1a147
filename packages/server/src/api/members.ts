import { type Actor, type Database, findMember } from '@tandem/store';

/** Null until the person's browser has told it (PATCH me). */
export async function timeZoneOf(db: Database, actor: Actor): Promise<string | null> {
  return (await findMember(db, actor, actor.userId))?.timeZone ?? null;
}
