import type { Catalogue } from './catalogue.ts';
import type { ClockState } from './clock.ts';
import type { Disk } from './disk.ts';
import { type JournalLine, loadRows, packRow, type Restored, replay, rowsOf } from './journal.ts';
import type { Id, OrgSettings, OrgSnapshot } from './org.ts';
import type { OrgState } from './state.ts';
import type { Usage } from './usage.ts';

/** The parts of an org that a snapshot holds besides its rows. */
export interface Whole {
  readonly orgId: Id;
  readonly orgName: string;
  readonly settings: OrgSettings;
  readonly clock: ClockState;
}

/** Writes the org down and reads it back. */
export class Keeper {
  readonly #disk: Disk;
  readonly #state: OrgState;
  readonly #catalogue: Catalogue;
  readonly #usage: Usage;
  readonly #whole: () => Whole;

  constructor(disk: Disk, state: OrgState, catalogue: Catalogue, usage: Usage, whole: () => Whole) {
    this.#disk = disk;
    this.#state = state;
    this.#catalogue = catalogue;
    this.#usage = usage;
    this.#whole = whole;
  }

  /** The rows are back in the state after this; null when nothing was ever written. */
  restore(): Restored | null {
    const { snapshot, lines } = this.#disk.read();
    if (snapshot === null && lines.length === 0) return null;
    const restored: Restored = { settings: null, clock: null };
    if (snapshot !== null) {
      loadRows(this.#state, this.#catalogue, snapshot);
      this.#usage.load(snapshot.calls);
      restored.settings = snapshot.settings;
      restored.clock = snapshot.clock;
    }
    for (const line of lines) replay(this.#state, this.#catalogue, line as JournalLine, restored);
    return restored;
  }

  append(line: JournalLine): void {
    this.#disk.append(line);
    if (this.#disk.isLong()) this.compact();
  }

  compact(): void {
    const whole = this.snapshot();
    const rows = Object.entries(whole.rows).map(([name, list]) => [name, list.map(packRow)]);
    this.#disk.compact({ ...whole, rows: Object.fromEntries(rows) });
  }

  snapshot(): OrgSnapshot {
    const state = this.#state;
    return {
      version: 1,
      ...this.#whole(),
      serials: { ...state.serials },
      rows: rowsOf(state, this.#catalogue),
      side: Object.fromEntries(state.side),
      hidden: Object.fromEntries([...state.hidden].map(([user, ids]) => [user, [...ids]])),
      deleteLog: [...state.deleteLog],
      deleteLogFrom: state.deleteLogFrom,
      commitNumber: state.commitNumber,
      calls: this.#usage.save(),
    };
  }

  flush(): void {
    this.#disk.flush();
  }

  close(): void {
    // One snapshot at the end: the next start reads one file, and the call counter is kept.
    this.compact();
    this.#disk.close();
  }
}
