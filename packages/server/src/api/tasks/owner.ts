import { type Actor, type Database, listMembers } from '@tandem/store';
import { invalidField, Refusal } from '../../http/refusal.ts';

/** B12.1: reps assign to themselves only; managers and admins to anybody of the workspace. */
export async function checkOwner(
  db: Database,
  actor: Actor,
  ownerId: string | undefined,
): Promise<void> {
  if (ownerId === undefined || ownerId === actor.userId) return;
  const members = await listMembers(db, actor);
  if (!members.some(({ userId }) => userId === ownerId)) {
    throw invalidField('ownerId', 'is nobody of this workspace');
  }
  if (actor.role === 'rep') {
    throw new Refusal('not_allowed', 'Only managers and admins assign tasks to others.');
  }
}
