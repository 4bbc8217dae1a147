import { type Actor, type Database, findMember, type MemberView } from '@tandem/store';
import { invalidField, Refusal } from '../../http/refusal.ts';

/** B12.1: reps assign to themselves only; managers and admins to anybody of the workspace. */
export async function checkOwner(
  db: Database,
  actor: Actor,
  ownerId: string | undefined,
): Promise<void> {
  if (ownerId === undefined || ownerId === actor.userId) return;
  const owner = await mustBeKnown(db, actor, ownerId, 'ownerId');
  if (owner.removedAt !== null) throw invalidField('ownerId', 'has left this workspace');
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
  // A former member too: what was left behind is found by its owner.
  if (owner !== 'all') await mustBeKnown(db, actor, owner, 'owner');
  if (actor.role === 'rep') {
    throw new Refusal('not_allowed', 'Only managers and admins see tasks of others.');
  }
  return owner === 'all' ? undefined : owner;
}

async function mustBeKnown(
  db: Database,
  actor: Actor,
  userId: string,
  field: string,
): Promise<MemberView> {
  const member = await findMember(db, actor, userId);
  if (member === null) throw invalidField(field, 'is nobody of this workspace');
  return member;
}
