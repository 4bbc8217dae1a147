import type { Me, TaskSync } from '@tandem/api';
import { actOf } from '../diagnostics/sections.ts';

/** Whose move a held-up task is, seen from its reader, and the way to where it is mended (B11.1). */
export interface SyncMove {
  readonly whose: 'you' | 'youAsAdmin' | 'owner' | 'admin' | null;
  readonly way: 'signIn' | 'map' | 'access' | 'health' | 'question' | 'diagnostics' | null;
  /** To try it again: the id of what holds it up. Null also while it is being tried. */
  readonly retry: string | null;
}

export interface Reader {
  /** The task is the reader's own. */
  readonly isOwner: boolean;
  readonly role: Me['role'] | undefined;
}

export function syncMove(sync: TaskSync, reader: Reader): SyncMove {
  const { state, reason, problem } = sync;
  const isHeldUp = state === 'needs_you' || state === 'needs_admin' || state === 'waiting';
  if (!isHeldUp || reason === null) return { whose: null, way: null, retry: null };
  const whose = whoseMove(state, reader);
  // Of a whole account, not of this task: only its owner can sign in, or answer.
  if (reason === 'sign_in_again' || reason === 'deletion_waits') {
    const way = reason === 'sign_in_again' ? 'signIn' : 'question';
    return { whose, way: reader.isOwner ? way : null, retry: null };
  }
  if (problem === null) return { whose, way: null, retry: null };
  const act = actOf({ kind: 'parked', cause: reason, class: problem.class });
  return {
    whose,
    way: act === null || (act === 'signIn' && !reader.isOwner) ? 'diagnostics' : act,
    retry: problem.isTrying ? null : problem.id,
  };
}

function whoseMove(state: TaskSync['state'], { isOwner, role }: Reader): SyncMove['whose'] {
  if (state === 'needs_you') return isOwner ? 'you' : 'owner';
  if (state === 'needs_admin') return role === 'admin' ? 'youAsAdmin' : 'admin';
  return null;
}
