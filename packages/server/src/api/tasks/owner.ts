import { type Actor, type Database, listMembers } from '@tandem/store';
import { invalidField, Refusal } from '../../http/refusal.ts';

/** B12.1: reps assign to themselves only; managers and admins to anybody of the workspace. */
export async function checkOwner(
  db: Database,
  actor: Actor,
  ownerId: string | undefined,
): Promise<void> {
  if (ownerId === undefined || ownerId === actor.userId) return;
  await mustBeMember(db, actor, ownerId, 'ownerId');
  if (actor.role === 'rep') {
    throw new Refusal('not_allowed', 'Only managers and admins assign tasks to others.');
  }
}

/** Whose tasks a list or a count is about; undefined: the whole team's. */
export async function ownerAsked(
  db: Database,
  actor: Actor,
  owner: string,
): Promise<string | undefined> {
  if (owner === 'me' || owner === actor.userId) return actor.userId;
  if (owner !== 'all') await mustBeMember(db, actor, owner, 'owner');
  if (actor.role === 'rep') {
    throw new Refusal('not_allowed', 'Only managers and admins see tasks of others.');
  }
  return owner === 'all' ? undefined : owner;
}

async function mustBeMember(db: Database, actor: Actor, userId: string, field: string) {
  const members = await listMembers(db, actor);
  if (!members.some((member) => member.userId === userId)) {
    throw invalidField(field, 'is nobody of this workspace');
  }
}
