import type { Examination } from '@tandem/store';
import type { KnownDatabase } from './known-database.ts';

/** Why nothing was started on this database. `code` is stable; the sentence says what to do. */
export class DatabaseRefused extends Error {
  override name = 'DatabaseRefused';
  readonly code: 'schema_differs' | 'database_newer' | 'another_database' | 'files_damaged';

  constructor(code: DatabaseRefused['code'], sentence: string) {
    super(sentence);
    this.code = code;
  }
}

/** Enough to see what happened; "tandem doctor" lists more. */
const DIFFERENCES_MAX = 3;
const RESTORE = 'put a backup into an empty database with "tandem restore"';

/** What forbids working on this database at all, whatever is remembered; null: nothing. */
export function faultOf(
  found: Examination,
  differencesMax = DIFFERENCES_MAX,
): DatabaseRefused | null {
  if (found.kind === 'newer') {
    return new DatabaseRefused(
      'database_newer',
      `The database was made by a newer Tandem (${found.unknown.join(', ')} is not known here). Nothing was changed. Start that release, or ${RESTORE} that this release made.`,
    );
  }
  if (found.kind !== 'damaged') return null;
  const { differences } = found;
  const more = differences.length - differencesMax;
  const listed = differences.slice(0, differencesMax).join(' ');
  return new DatabaseRefused(
    'schema_differs',
    `The database is damaged or was changed by hand: ${listed}${more > 0 ? ` And ${more} more.` : ''} Nothing was changed. Undo the change, or ${RESTORE}.`,
  );
}

/** PostgreSQL's words for files that do not hold what they should: data_corrupted, index_corrupted. */
const CORRUPTED = new Set(['XX001', 'XX002']);

/** PostgreSQL met damaged files on the way; null: the error is about something else. */
export function corruptionOf(error: unknown): DatabaseRefused | null {
  if (!(error instanceof Error) || !('code' in error)) return null;
  if (!CORRUPTED.has(String(error.code))) return null;
  return new DatabaseRefused(
    'files_damaged',
    `The files of the database are damaged (${error.message}). Look after the disk, and ${RESTORE}.`,
  );
}

/** What is remembered forbids taking this one for it; null: nothing. */
export function strangerOf(
  found: Examination,
  known: KnownDatabase | null,
  place: string,
): DatabaseRefused | null {
  if (known === null) return null;
  const what = strangeness(found, known);
  if (what === null) return null;
  return new DatabaseRefused(
    'another_database',
    [
      `This installation worked with the database ${known.databaseId} (last at ${known.seenAt}, in ${known.place}), but the one in ${place} ${what}.`,
      'Nothing was changed, and nothing is started afresh.',
      'If the wrong one is named, correct TANDEM_DATABASE_URL or TANDEM_DATA_DIR.',
      'If the database was lost, bring it back: "tandem restore <backup>".',
      'If this one is meant from now on, say so once: "tandem migrate --new-database".',
    ].join(' '),
  );
}

function strangeness(found: Examination, known: KnownDatabase): string | null {
  if (found.kind === 'empty') return 'is empty';
  if (found.kind !== 'current' && found.kind !== 'older') return null;
  if (found.identity === null) return 'is from a release that did not number its databases';
  if (found.identity.databaseId === known.databaseId) return null;
  return `is another one, ${found.identity.databaseId}`;
}
