import type { ImportWindow, TeamSync } from './settings-types.ts';

/** A workspace's row, as far as the choice for everybody goes. */
export function teamOf(row: {
  readonly team_sync: 'on' | 'off' | null;
  readonly team_sync_locked: boolean;
  readonly team_import_window: ImportWindow;
}): TeamSync {
  return {
    mode: row.team_sync ?? 'each',
    locked: row.team_sync_locked,
    importWindow: row.team_import_window,
  };
}
