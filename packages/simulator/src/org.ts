import type { SalesforcePatch } from '@tandem/engine';
import type { Flight } from './oracle/flights.ts';
import type { World } from './world.ts';

/** What the org refuses at this moment, row by row. */
export class Org {
  /** A field nobody may write, or `record`: some records nobody may write. */
  denied: { readonly what: string; readonly until: number } | null = null;
  /** A picklist value that is not offered. */
  missingValue: { readonly value: string; readonly until: number } | null = null;
  /** Things that are refused for ever; `whole`: with everything they are sent with. */
  readonly poison = new Map<number, 'row' | 'whole'>();
  readonly #world: World;

  constructor(world: World) {
    this.#world = world;
  }

  refuse(flight: Flight, body: SalesforcePatch): string | 'whole' | null {
    const { faults, scheduler, locked, entities } = this.#world;
    const { now } = scheduler;
    const poison = this.poison.get(entities.ofTask(flight.taskId)?.index ?? -1);
    if (poison !== undefined && flight.kind !== 'delete') {
      faults.note('poison_row');
      return poison === 'whole' ? 'whole' : 'FIELD_CUSTOM_VALIDATION_EXCEPTION';
    }
    // A person's transaction holds the row.
    if (flight.recordId !== null && locked.has(flight.recordId)) return 'UNABLE_TO_LOCK_ROW';
    if (faults.fire('row_lock')) return 'UNABLE_TO_LOCK_ROW';
    const { denied, missingValue } = this;
    if (denied !== null && now < denied.until && flight.kind !== 'create') {
      if (denied.what === 'record') return 'INSUFFICIENT_ACCESS_OR_READONLY';
      if (denied.what in body) return 'INVALID_FIELD_FOR_INSERT_UPDATE';
    }
    if (missingValue !== null && now < missingValue.until)
      if (Object.values(body).includes(missingValue.value))
        return 'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST';
    return null;
  }

  /** Everything is allowed again, but for what is poison. */
  heal(): void {
    this.denied = null;
    this.missingValue = null;
  }
}
