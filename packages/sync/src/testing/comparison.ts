import type { SalesforceTask } from '@tandem/engine';
import type { Comparison, ImportProgress, SyncConnection } from '../ports.ts';
import { World } from './world.ts';

/** An import that is through. */
export const imported: ImportProgress = {
  state: 'done',
  windowStart: '2026-11-01T00:00:00.000Z',
  startedAt: '2026-11-24T12:00:00.000Z',
  found: 0,
  imported: 0,
  linked: 0,
  skipped: 0,
  cursor: null,
};

const wanted: Comparison = {
  state: 'wanted',
  why: 'asked',
  startedAt: null,
  finishedAt: null,
  cursor: null,
  compared: 0,
  agreed: 0,
  missing: 0,
};

/** So many tasks, known on both sides. */
export async function synced(count: number): Promise<{ world: World; ids: string[] }> {
  const world = new World({ import: imported });
  for (let n = 0; n < count; n += 1) world.salesforce.create({ Subject: `Task ${n}` });
  await world.settle(2);
  world.salesforce.calls.length = 0;
  return { world, ids: [...world.store.state.tasks.keys()] };
}

export function change(world: World, next: Partial<SyncConnection>): void {
  world.store.state.connection = { ...world.store.state.connection, ...next };
}

export const ask = (world: World, why: Comparison['why'] = 'asked') =>
  change(world, { comparison: { ...wanted, why } });

export const result = (world: World) => world.store.state.connection.comparison;

/** No event, no poll: something that only a comparison can find. */
export function hide(world: World, taskId: string): SalesforceTask {
  const record = world.record(taskId);
  world.salesforce.records.delete(record.Id);
  return record;
}

export const calls = (world: World, name: string) =>
  world.salesforce.calls.filter((call) => call === name).length;
