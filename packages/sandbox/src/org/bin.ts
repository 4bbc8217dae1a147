import { canEdit } from './access.ts';
import type { Core } from './core.ts';
import { toId18 } from './ids.ts';
import type { Ctx, Id, OrgRecord } from './org.ts';
import { msOfStamp, stampOf } from './stamps.ts';

const DAY_MS = 86_400_000;
/** Salesforce keeps deleted rows for 15 days. */
const BIN_DAYS = 15;
/** Activities are archived a year after their date. */
const ARCHIVE_DAYS = 365;

/** Rows whose time in the bin is over. */
export function purgeAged(core: Core): void {
  const oldest = stampOf(core.clock.now() - BIN_DAYS * DAY_MS);
  for (const { object, row } of deleted(core)) {
    if (row.SystemModstamp < oldest) core.state.drop(object, row.Id);
  }
}

export function purge(core: Core, ids: readonly string[] | 'all', ctx: Ctx): readonly Id[] {
  const wanted = ids === 'all' ? null : new Set(ids.map((id) => toId18(id)));
  const gone: Id[] = [];
  for (const { object, row } of deleted(core)) {
    const def = core.catalogue.object(object);
    if (wanted !== null && !wanted.has(row.Id)) continue;
    if (!canEdit(core, def, row, ctx)) continue;
    core.state.drop(object, row.Id);
    gone.push(row.Id);
  }
  return gone;
}

/** The nightly job. It works beneath the API: SystemModstamp moves, LastModifiedDate does not. */
export function archiveOld(core: Core): readonly Id[] {
  const now = core.clock.now();
  const day = new Date(now - ARCHIVE_DAYS * DAY_MS).toISOString().slice(0, 10);
  const stamp = stampOf(now - ARCHIVE_DAYS * DAY_MS);
  const old = [...core.state.rows('Task')].filter((row) => {
    if (row.IsClosed !== true || row.IsArchived === true || row.IsDeleted) return false;
    const due = row.ActivityDate;
    return typeof due === 'string' ? due <= day : String(row.CreatedDate) <= stamp;
  });
  for (const row of old) markArchived(core, row, true);
  return old.map((row) => row.Id);
}

export function markArchived(core: Core, row: OrgRecord, archived: boolean): void {
  const stamp = stampOf(core.clock.now());
  core.state.put('Task', { ...row, IsArchived: archived, SystemModstamp: stamp });
}

/** When a row was put in the bin: a delete moves SystemModstamp, and nothing moves it after. */
export function deletedAt(row: OrgRecord): number {
  return msOfStamp(row.SystemModstamp);
}

function* deleted(core: Core): Iterable<{ object: string; row: OrgRecord }> {
  for (const def of core.catalogue.all()) {
    if (!def.recycled) continue;
    for (const row of [...core.state.rows(def.name)]) {
      if (row.IsDeleted) yield { object: def.name, row };
    }
  }
}
