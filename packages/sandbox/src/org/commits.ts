import type { CommitChange, CommitKind, DeleteLogEntry } from './org.ts';
import type { RowChange } from './state.ts';

/** What a change of a row means to those who follow the org. */
export function describeChange(change: RowChange): CommitChange {
  return { ...change, kind: kindOf(change) };
}

/** A line of the delete log for each row that went to the bin. */
export function deleteLogOf(
  changes: readonly CommitChange[],
  at: number,
): readonly DeleteLogEntry[] {
  return changes
    .filter((change) => change.kind === 'delete')
    .map(({ object, id, before }) => {
      const owner = before?.OwnerId;
      return { object, id, at, ownerId: typeof owner === 'string' ? owner : null };
    });
}

function kindOf({ before, after }: RowChange): CommitKind {
  if (before === null) return 'insert';
  if (after === null) return 'purge';
  if (before.IsDeleted !== after.IsDeleted) return after.IsDeleted ? 'delete' : 'undelete';
  return before.IsArchived === false && after.IsArchived === true ? 'archive' : 'update';
}
