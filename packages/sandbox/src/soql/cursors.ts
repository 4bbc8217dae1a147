import { type Id, OrgFault, type OrgRecord, type QueryResult } from '../org/org.ts';
import type { Projector } from './select.ts';

const TWO_DAYS_MS = 2 * 86_400_000;
/** Open cursors kept for a user; the oldest gives way, as in Salesforce. */
const MOST_CURSORS = 50;
const DEFAULT_PAGE = 2000;
const SMALLEST_PAGE = 200;

interface Cursor {
  readonly userId: Id;
  readonly rows: readonly OrgRecord[];
  readonly project: Projector;
  readonly expiresAt: number;
}

/**
 * Pages of a query. The rows are those of the moment the query ran: rows are never changed in place.
 * A locator names a cursor and the place to go on from, so reading a page twice is harmless.
 */
export class Cursors {
  readonly #open = new Map<string, Cursor>();
  readonly #now: () => number;
  #serial = 0;

  constructor(now: () => number) {
    this.#now = now;
  }

  first(
    userId: Id,
    rows: readonly OrgRecord[],
    project: Projector,
    batchSize: number | undefined,
    version: string,
  ): QueryResult {
    const size = pageSize(batchSize);
    const page = rows.slice(0, size).map((row) => project(row, version));
    if (rows.length <= size) {
      return { totalSize: rows.length, done: true, nextLocator: null, records: page };
    }
    const name = this.#keep({ userId, rows, project, expiresAt: this.#now() + TWO_DAYS_MS });
    return { totalSize: rows.length, done: false, nextLocator: `${name}-${size}`, records: page };
  }

  next(userId: Id, locator: string, batchSize: number | undefined, version: string): QueryResult {
    const [name = '', place = ''] = locator.split('-');
    const cursor = this.#open.get(name);
    const at = Number(place);
    const valid =
      cursor !== undefined && cursor.userId === userId && cursor.expiresAt > this.#now();
    if (!valid || !Number.isInteger(at) || at < 0 || at > cursor.rows.length) {
      throw new OrgFault(400, 'INVALID_QUERY_LOCATOR', 'invalid query locator');
    }
    const to = Math.min(at + pageSize(batchSize), cursor.rows.length);
    const records = cursor.rows.slice(at, to).map((row) => cursor.project(row, version));
    const done = to >= cursor.rows.length;
    const nextLocator = done ? null : `${name}-${to}`;
    return { totalSize: cursor.rows.length, done, nextLocator, records };
  }

  clear(): void {
    this.#open.clear();
  }

  #keep(cursor: Cursor): string {
    this.#serial += 1;
    const name = `01g${String(this.#serial).padStart(12, '0')}AAA`;
    this.#open.set(name, cursor);
    const own = [...this.#open].filter(([, open]) => open.userId === cursor.userId);
    const oldest = own[0];
    if (own.length > MOST_CURSORS && oldest !== undefined) this.#open.delete(oldest[0]);
    return name;
  }
}

function pageSize(asked: number | undefined): number {
  if (asked === undefined || !Number.isFinite(asked)) return DEFAULT_PAGE;
  return Math.min(Math.max(Math.trunc(asked), SMALLEST_PAGE), DEFAULT_PAGE);
}
