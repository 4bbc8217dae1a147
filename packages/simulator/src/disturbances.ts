import { DEFAULT_TEMPLATE, type Policy } from '@tandem/engine';
import {
  changed,
  comparisonRow,
  connectionRow,
  linkRow,
  NO_COMPARISON,
} from '@tandem/sync/testing';
import { deleteSf, undeleteSf } from './act.ts';
import type { Entity } from './entities.ts';
import type { Fault } from './faults.ts';
import type { State } from './oracle/oracle.ts';
import type { Org } from './org.ts';
import { CLOSED, STRANGER_SF, U1_SF } from './policy.ts';
import type { Rng } from './random.ts';
import type { Worker } from './worker.ts';
import type { World } from './world.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const WINDOW_MAX_MS = 5 * MINUTE;
/** Longer than the watermark's overlap, at times longer than the Recycle Bin keeps (15 days). */
const GAP_MAX_MS = 20 * DAY;
const BIN_MS = 15 * DAY;

const WRITABLE = ['Description', 'ActivityDate', 'Subject', 'Status', 'Priority', 'record'];
const VALUES = ['Completed', 'Not Started', 'High', 'Normal'];
const TEMPLATES = [DEFAULT_TEMPLATE, '{{activity_subject}} (again)', 'Fixed text'];

interface Scene {
  readonly world: World;
  readonly org: Org;
  readonly workers: readonly Worker[];
  /** How long people are busy. */
  readonly span: number;
}

/** Puts what happens to the org, the records and the machines on the timetable of this world. */
export function scheduleDisturbances(scene: Scene): void {
  const { world, span } = scene;
  const entries: Parameters<World['scheduler']['plan']>[0][number][] = [];
  for (const fault of Object.keys(DISTURBANCES) as Timed[]) {
    if (!world.faults.on.has(fault)) continue;
    const dice = world.faults.dice(fault);
    const times = ONCE.has(fault) ? 1 : dice.between(1, 3);
    for (let count = 0; count < times; count += 1)
      entries.push({
        delayMs: dice.int(span + MINUTE / 2),
        label: fault,
        run: () => {
          if (world.faults.enabled) DISTURBANCES[fault](scene, dice);
        },
      });
  }
  world.scheduler.plan(entries);
  const dice = world.faults.dice('poison_row');
  if (world.faults.on.has('poison_row'))
    scene.org.poison.set(dice.int(3), dice.chance(0.6) ? 'row' : 'whole');
}

type Timed = keyof typeof DISTURBANCES;

const ONCE: ReadonlySet<Fault> = new Set(['restored_backup', 'long_gap']);

const DISTURBANCES = {
  field_permission: ({ world, org }: Scene, dice: Rng) => {
    world.faults.note('field_permission');
    org.denied = {
      what: dice.pick(WRITABLE),
      until: world.scheduler.now + dice.int(WINDOW_MAX_MS),
    };
  },
  picklist_changed: ({ world, org }: Scene, dice: Rng) => {
    world.faults.note('picklist_changed');
    org.missingValue = {
      value: dice.pick(VALUES),
      until: world.scheduler.now + dice.int(WINDOW_MAX_MS),
    };
  },
  owner_changed: ({ world }: Scene, dice: Rng) => {
    const record = liveRecord(world, dice);
    if (record === undefined) return;
    world.faults.note('owner_changed');
    giveTo(world, record, STRANGER_SF);
    if (dice.chance(0.3)) return;
    world.scheduler.schedule(dice.int(2 * MINUTE), null, 'given back', () => {
      if (world.salesforce.records.get(record)?.IsDeleted !== false || world.locked.has(record))
        return;
      giveTo(world, record, U1_SF);
    });
  },
  archived: ({ world }: Scene, dice: Rng) => {
    const id = liveRecord(world, dice);
    const record = world.salesforce.records.get(id ?? '');
    if (record === undefined || !CLOSED.has(record.Status)) return;
    world.faults.note('archived');
    world.salesforce.edit(record.Id, { IsArchived: true });
    world.oracle.touched.set(record.Id, world.scheduler.now);
    world.onHint(record.Id);
  },
  purged: ({ world }: Scene, dice: Rng) => {
    const entity = someEntity(world, dice);
    if (entity === undefined) return;
    deleteSf(world, entity);
    world.scheduler.schedule(dice.int(MINUTE), null, 'purge', () => {
      const id = entity.records.at(-1);
      if (id !== undefined && world.salesforce.records.get(id)?.IsDeleted) purge(world, id);
    });
  },
  undeleted: ({ world }: Scene, dice: Rng) => {
    const entity = someEntity(world, dice);
    if (entity === undefined) return;
    world.faults.note('undeleted');
    deleteSf(world, entity);
    world.scheduler.schedule(dice.int(MINUTE), null, 'undelete', () => undeleteSf(world, entity));
  },
  deploy: ({ world }: Scene, dice: Rng) => {
    world.faults.note('deploy');
    const { status, priority, owners } = world.policy;
    const policy: Policy = {
      status,
      priority,
      conflict: dice.pick(['latest', 'salesforce', 'app'] as const),
      subjectTemplate: dice.pick(TEMPLATES),
      reopenToFormerStatus: dice.chance(0.5),
      owners,
    };
    world.policies.push(policy);
    // A new version reads what the old one wrote.
    const { state } = world.store;
    const next = revived(state);
    next.connection = changed(connectionRow(state.connection), { policy });
    world.store.state = next;
  },
  restored_backup: (scene: Scene, dice: Rng) => {
    const { world } = scene;
    const backup = copied(world.store.state);
    world.scheduler.schedule(dice.int(5 * MINUTE), null, 'restore the backup', () =>
      restoreBackup(scene, backup),
    );
  },
  long_gap: ({ world, workers }: Scene, dice: Rng) => {
    world.faults.note('long_gap');
    const gap = dice.chance(0.5) ? dice.int(GAP_MAX_MS) : dice.int(60 * MINUTE);
    world.gapUntil = world.scheduler.now + gap;
    for (const worker of workers) worker.crash();
    if (gap < BIN_MS) return;
    world.scheduler.schedule(gap - 1, null, 'the bin is emptied', () => {
      for (const [id, record] of world.salesforce.records) if (record.IsDeleted) purge(world, id);
    });
  },
};

/** Everything since the backup is forgotten in the app; Salesforce is as it is. */
function restoreBackup({ world, workers }: Scene, backup: State): void {
  world.faults.note('restored_backup');
  for (const worker of workers) worker.crash();
  world.oracle.restored(world.store.state, backup);
  const { status, policy } = world.store.state.connection;
  // `note-restored` of the store: a comparison before anything is sent.
  const comparison = changed(comparisonRow(backup.connection.comparison ?? NO_COMPARISON), {
    state: 'wanted',
    why: 'restored',
  });
  world.store.state = {
    ...backup,
    links: withForgottenBirths(world, backup),
    connection: changed(connectionRow(backup.connection), {
      status,
      policy,
      comparison,
      restoredAt: world.now(),
    }),
  };
  for (const entity of world.entities.all.values())
    if (entity.taskId !== null && !backup.tasks.has(entity.taskId))
      world.entities.forgetTask(entity, backup.tasks.keys());
}

/** `note-restored` of the store, R8, R10: what was not born by then may have been born since. */
function withForgottenBirths(world: World, { links, connection }: State): State['links'] {
  const birth = {
    kind: 'create',
    sentAt: world.now(),
    expectedRevision: connection.watermark,
    fields: {},
  } as const;
  return new Map(
    [...links].map(([id, stored]) => {
      const { link } = stored;
      if (link.salesforceId !== null || link.state !== 'live') return [id, stored];
      const intents = [...link.intents, { ...birth, requestId: world.id('forgotten') }];
      return [id, { link: changed(linkRow(link), { intents }), dirty: stored.dirty }];
    }),
  );
}

function giveTo(world: World, record: string, owner: string): void {
  world.salesforce.edit(record, { OwnerId: owner, LastModifiedById: STRANGER_SF });
  world.oracle.touched.set(record, world.scheduler.now);
  world.onHint(record);
}

function purge(world: World, id: string): void {
  world.faults.note('purged');
  world.salesforce.records.delete(id);
  world.entities.life(id).purged = true;
}

function someEntity(world: World, dice: Rng): Entity | undefined {
  return dice.pick([...world.entities.all.values()]);
}

function liveRecord(world: World, dice: Rng): string | undefined {
  const entity = someEntity(world, dice);
  const record = entity === undefined ? undefined : world.record(entity);
  if (record === undefined || record.IsDeleted || world.locked.has(record.Id)) return undefined;
  return record.Id;
}

function copied(state: State): State {
  return {
    connection: state.connection,
    tasks: new Map(state.tasks),
    links: new Map(state.links),
    journal: [...state.journal],
    skipped: new Map(state.skipped),
  };
}

/**
 * Through JSON and back: what is stored is data, nothing else. What JSON would give back as it was is not copied, and
 * history is read once, when it is written.
 */
function revived({ connection, tasks, links, journal, skipped }: State): State {
  return {
    connection: again(connection),
    tasks: againEach(tasks),
    links: againEach(links),
    journal,
    skipped: againEach(skipped),
  };
}

function againEach<Row>(table: ReadonlyMap<string, Row>): Map<string, Row> {
  const rows = new Map<string, Row>();
  for (const [id, row] of table) rows.set(id, again(row));
  return rows;
}

function again<T>(value: T): T {
  return isData(value) ? value : (JSON.parse(JSON.stringify(value)) as T);
}

/** JSON says it and means the same. */
function isData(value: unknown): boolean {
  if (typeof value === 'number') return Number.isFinite(value);
  if (typeof value !== 'object') return typeof value === 'string' || typeof value === 'boolean';
  if (value === null) return true;
  if (Array.isArray(value)) return value.every(isData);
  if (Object.getPrototypeOf(value) !== Object.prototype) return false;
  for (const key in value) if (!isData(value[key as keyof typeof value])) return false;
  return true;
}
