import { InvalidValue } from './errors.ts';
import { sqlState } from './transaction.ts';

/**
 * Where a page ended, as an opaque text: which list it belongs to, then the last row's sort keys. Keys are
 * bound as parameters with their own type, so a made-up cursor can only name a strange place.
 */
export function encodeCursor(list: string, keys: readonly string[]): string {
  return Buffer.from(JSON.stringify([list, ...keys]), 'utf8').toString('base64url');
}

/** Null for no cursor. */
export function decodeCursor(
  list: string,
  cursor: string | undefined,
  keyCount: number,
): readonly string[] | null {
  if (cursor === undefined) return null;
  const [of, ...keys] = parse(cursor);
  if (of !== list || keys.length !== keyCount) throw foreignCursor();
  return keys;
}

/** Keys that are no date, no id, … fail in the database; that is the cursor's fault, by name. */
export async function withCursor<T>(
  keys: readonly string[] | null,
  read: () => Promise<T>,
): Promise<T> {
  try {
    return await read();
  } catch (error) {
    const badValue = sqlState(error)?.startsWith(DATA_EXCEPTION) === true;
    throw keys !== null && badValue ? foreignCursor() : error;
  }
}

/** SQLSTATE class 22: a value does not fit its type. */
const DATA_EXCEPTION = '22';

function foreignCursor(): InvalidValue {
  return new InvalidValue('cursor', 'is not a cursor of this list');
}

function parse(cursor: string): string[] {
  try {
    const parsed: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    return Array.isArray(parsed) && parsed.every((key) => typeof key === 'string') ? parsed : [];
  } catch {
    return [];
  }
}
