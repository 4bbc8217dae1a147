import {
  type Instant,
  type PriorityMap,
  STANDARD_PRIORITY_MAP,
  STANDARD_STATUS_MAP,
  type StatusMap,
  type TaskPriority,
  type TaskStatus,
} from '@tandem/engine';
import type { OrgPriority, OrgStatus } from './settings-types.ts';

/** An org's row, as far as its maps go. */
export interface StoredOrg {
  status_map: StatusMap | null;
  priority_map: PriorityMap | null;
  statuses: readonly OrgStatus[];
  priorities: readonly OrgPriority[];
}

/** What was chosen, else what is proposed. */
export function mapsOf(org: StoredOrg): { status: StatusMap; priority: PriorityMap } {
  return {
    status: org.status_map ?? proposedStatusMap(org.statuses),
    priority: org.priority_map ?? proposedPriorityMap(org.priorities),
  };
}

/**
 * B3.4: the org lacks a standard value, so its map is only a proposal, and nothing syncs before an admin has
 * confirmed it. An org whose picklist was never read has nothing to confirm yet.
 */
export function awaitsConfirmation({
  status_map,
  statuses,
}: Pick<StoredOrg, 'status_map' | 'statuses'>): boolean {
  if (status_map !== null || statuses.length === 0) return false;
  const has = (value: string, isClosed: boolean) =>
    statuses.some((status) => status.value === value && status.isClosed === isClosed);
  const { open, complete } = STANDARD_STATUS_MAP.toSf;
  return !has(open, false) || !has(complete, true);
}

export interface NewStatus {
  readonly value: string;
  readonly since: Instant;
}

/** B3.4: what the org has gained since somebody last decided; nothing is news at the first reading. */
export function newStatusesOf(
  before: Pick<StoredOrg, 'status_map' | 'statuses'> & {
    readonly new_statuses: readonly NewStatus[];
  },
  now: readonly OrgStatus[],
  at: Instant,
): readonly NewStatus[] {
  if (before.statuses.length === 0) return [];
  const known = new Set(before.statuses.map(({ value }) => value));
  const isMapped = (value: string) => Object.hasOwn(before.status_map?.toApp ?? {}, value);
  const news = new Map(before.new_statuses.map((status) => [status.value, status]));
  return now.flatMap(({ value }) => {
    const old = news.get(value);
    if (old !== undefined) return [old];
    return known.has(value) || isMapped(value) ? [] : [{ value, since: at }];
  });
}

/** B3.1; an org without the two standard values gets its first open and first closed one (B3.4). */
export function proposedStatusMap(statuses: readonly OrgStatus[]): StatusMap {
  const open = standardOrFirst(statuses, 'Not Started', (status) => !status.isClosed);
  const complete = standardOrFirst(statuses, 'Completed', (status) => status.isClosed);
  if (open === undefined || complete === undefined) return STANDARD_STATUS_MAP;
  return { toApp: { [open]: 'open', [complete]: 'complete' }, toSf: { open, complete } };
}

/** B4.1, likewise. */
export function proposedPriorityMap(priorities: readonly OrgPriority[]): PriorityMap {
  const normal = standardOrFirst(priorities, 'Normal', (priority) => !priority.isHigh);
  const high = standardOrFirst(priorities, 'High', (priority) => priority.isHigh);
  if (normal === undefined || high === undefined) return STANDARD_PRIORITY_MAP;
  return { toApp: { [normal]: 'normal', [high]: 'high' }, toSf: { normal, high } };
}

/**
 * A person says how Salesforce's values are read; what is written follows from it: the value written so
 * far if it still means the same, else the standard one, else the first of the org's that does.
 */
export function statusMapFrom(
  toApp: Readonly<Record<string, TaskStatus | null>>,
  before: StatusMap,
  statuses: readonly OrgStatus[],
): StatusMap {
  const write = (meaning: TaskStatus) =>
    written(toApp, meaning, before.toSf[meaning], STANDARD_STATUS_MAP.toSf[meaning], statuses);
  return { toApp, toSf: { open: write('open'), complete: write('complete') } };
}

export function priorityMapFrom(
  toApp: Readonly<Record<string, TaskPriority | null>>,
  before: PriorityMap,
  priorities: readonly OrgPriority[],
): PriorityMap {
  const write = (meaning: TaskPriority) =>
    written(toApp, meaning, before.toSf[meaning], STANDARD_PRIORITY_MAP.toSf[meaning], priorities);
  return { toApp, toSf: { normal: write('normal'), high: write('high') } };
}

function written<M extends string>(
  toApp: Readonly<Record<string, M | null>>,
  meaning: M,
  before: string,
  standard: string,
  picklist: readonly { readonly value: string }[],
): string {
  const means = (value: string) => Object.hasOwn(toApp, value) && toApp[value] === meaning;
  const inOrder = [before, standard, ...picklist.map(({ value }) => value), ...Object.keys(toApp)];
  // No value means it: what was written before stays, so that completing a task still has a word.
  return inOrder.find(means) ?? before;
}

function standardOrFirst<T extends { readonly value: string }>(
  picklist: readonly T[],
  standard: string,
  fits: (entry: T) => boolean,
): string | undefined {
  const fitting = picklist.filter(fits);
  return (fitting.find(({ value }) => value === standard) ?? fitting[0])?.value;
}
