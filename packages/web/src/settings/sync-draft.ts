import type { SyncSettings } from '@tandem/api';

/** What the form of Settings → Salesforce edits. */
export type SyncDraft = Pick<
  SyncSettings,
  | 'mode'
  | 'importWindow'
  | 'conflictRule'
  | 'reopenToFormerStatus'
  | 'statusMap'
  | 'priorityMap'
  | 'apiShare'
> & {
  /** B3.4: an admin has looked at the map. */
  readonly confirmStatusMap: boolean;
};

export function toDraft(saved: SyncSettings): SyncDraft {
  const {
    mode,
    importWindow,
    conflictRule,
    reopenToFormerStatus,
    statusMap,
    priorityMap,
    apiShare,
  } = saved;
  return {
    mode,
    importWindow,
    conflictRule,
    reopenToFormerStatus,
    statusMap,
    priorityMap,
    apiShare,
    confirmStatusMap: false,
  };
}

/** What belongs to the org, so to admins. */
const OF_THE_ORG: readonly (keyof SyncDraft)[] = [
  'statusMap',
  'priorityMap',
  'conflictRule',
  'reopenToFormerStatus',
  'apiShare',
  'confirmStatusMap',
];

/** Only what changed is sent: fields left out stay. */
export function changesOf(
  saved: SyncSettings,
  draft: SyncDraft,
  isAdmin: boolean,
): Partial<SyncDraft> {
  const before = toDraft(saved);
  const keys = (Object.keys(before) as (keyof SyncDraft)[]).filter(
    (key) => isAdmin || !OF_THE_ORG.includes(key),
  );
  return Object.fromEntries(
    keys
      .filter((key) => stable(before[key]) !== stable(draft[key]))
      .map((key) => [key, draft[key]]),
  );
}

/** B3.4: what a person sets here, and no status of Salesforce stands for: it could not cross. */
export function withoutStatus({
  statusMap,
}: Pick<SyncDraft, 'statusMap'>): ('open' | 'complete')[] {
  const mapped = new Set(Object.values(statusMap));
  return (['open', 'complete'] as const).filter((status) => !mapped.has(status));
}

/** Maps compare by content; the order of their keys means nothing, and absent means "do not sync". */
function stable(value: SyncDraft[keyof SyncDraft]): string {
  if (typeof value !== 'object') return JSON.stringify(value);
  return JSON.stringify(
    Object.entries(value)
      .filter((entry) => entry[1] !== null)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}
