import { canRead } from './access.ts';
import type { Core } from './core.ts';
import { type Ctx, type Id, OrgFault } from './org.ts';
import { parseDateTime, stampOf } from './stamps.ts';

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
const UPDATED_DAYS = 30;
const DELETED_DAYS = 15;
/** Salesforce refuses a longer list. */
const MOST_IDS = 600_000;

export interface UpdatedResult {
  readonly ids: readonly Id[];
  readonly latestDateCovered: string;
}

export interface DeletedResult {
  readonly deletedRecords: readonly { readonly deletedDate: string; readonly id: Id }[];
  readonly earliestDateAvailable: string;
  readonly latestDateCovered: string;
}

/** Ids of rows whose SystemModstamp lies in the window, whatever happened to them. */
export function updatedIds(
  core: Core,
  objectName: string,
  window: { readonly start: string; readonly end: string },
  ctx: Ctx,
  openSince: number | null,
): UpdatedResult {
  const { start, end } = readWindow(core, window, UPDATED_DAYS);
  const object = core.catalogue.object(objectName);
  const from = stampOf(start);
  const to = stampOf(end);
  const ids: Id[] = [];
  for (const row of core.state.rows(object.name)) {
    if (row.IsDeleted || row.SystemModstamp < from || row.SystemModstamp >= to) continue;
    if (canRead(core, object, row, ctx)) ids.push(row.Id);
  }
  if (ids.length > MOST_IDS) throw new OrgFault(400, 'EXCEEDED_ID_LIMIT', 'exceeded id limit');
  return { ids, latestDateCovered: stampOf(covered(core, end, openSince)) };
}

export function deletedIds(
  core: Core,
  objectName: string,
  window: { readonly start: string; readonly end: string },
  ctx: Ctx,
  openSince: number | null,
): DeletedResult {
  const { start, end } = readWindow(core, window, DELETED_DAYS);
  const object = core.catalogue.object(objectName);
  const entries = core.state.deleteLog.filter((entry) => {
    if (entry.object !== object.name || entry.at < start || entry.at >= end) return false;
    const row = core.state.row(object.name, entry.id);
    // Undeleted since: no longer a delete.
    if (row !== null && !row.IsDeleted) return false;
    if (row !== null) return canRead(core, object, row, ctx);
    return ctx.source === 'control' || entry.ownerId === null || entry.ownerId === ctx.userId;
  });
  const earliest = Math.max(core.state.deleteLogFrom, core.clock.now() - DELETED_DAYS * DAY_MS);
  const latest = new Map(entries.map((entry) => [entry.id, entry.at]));
  return {
    deletedRecords: [...latest].map(([id, at]) => ({ deletedDate: stampOf(at), id })),
    earliestDateAvailable: stampOf(earliest),
    latestDateCovered: stampOf(covered(core, end, openSince)),
  };
}

/** Never past the start of a transaction still open: its rows will carry earlier stamps when they appear. */
function covered(core: Core, end: number, openSince: number | null): number {
  return Math.min(end, core.clock.now(), openSince ?? Number.POSITIVE_INFINITY);
}

/** Seconds are dropped from both ends. */
function readWindow(
  core: Core,
  window: { readonly start: string; readonly end: string },
  days: number,
): { start: number; end: number } {
  const start = wholeMinute(window.start, 'start');
  const end = wholeMinute(window.end, 'end');
  if (end <= start) {
    throw new OrgFault(
      400,
      'INVALID_REPLICATION_DATE',
      'endDate must be at least one minute greater than startDate',
    );
  }
  if (start < core.clock.now() - days * DAY_MS - MINUTE_MS) {
    throw new OrgFault(400, 'INVALID_REPLICATION_DATE', `startDate before ${days} days ago`);
  }
  return { start, end };
}

function wholeMinute(text: string, name: string): number {
  // A `+` that was not encoded arrives as a blank.
  const ms = parseDateTime(text.trim().replace(' ', '+'));
  if (ms === null) {
    throw new OrgFault(
      400,
      'INVALID_REPLICATION_DATE',
      `Invalid date for parameter '${name}': ${text}`,
    );
  }
  return Math.floor(ms / MINUTE_MS) * MINUTE_MS;
}
