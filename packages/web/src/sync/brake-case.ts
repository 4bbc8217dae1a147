import type { SyncStatus } from '@tandem/api';

type Brake = NonNullable<SyncStatus['brake']>;

/** Which question it is: the side that has deleted, both, or an emptiness nobody explains. */
export function brakeCase(brake: Brake): 'trash' | 'delete' | 'both' | 'missing' {
  if (brake.kind === 'empty_feed') return 'missing';
  if (brake.toDelete === 0) return 'trash';
  return brake.toTrash === 0 ? 'delete' : 'both';
}

/** An answer is about as many as were shown; more than that is asked about anew. */
export function brakeCount({ toTrash, toDelete, missing }: Brake): number {
  return toTrash + toDelete + missing;
}
