import type { AppValues, SalesforceTask } from '@tandem/engine';
import { changed, linkRow, recordRow, valuesRow } from '@tandem/sync/testing';
import type { Entity } from './entities.ts';
import { appToken, sfToken, type TokenField } from './oracle/lineage.ts';
import { isTokenField } from './oracle/oracle.ts';
import type { Action } from './people.ts';
import {
  CLOSED,
  PEOPLE,
  PRIORITIES,
  STATUSES,
  STRANGER_SF,
  U1,
  U1_SF,
  U2,
  U2_SF,
} from './policy.ts';
import type { World } from './world.ts';

/** A transaction in Salesforce shows at commit, at most ten minutes after its stamp. */
const COMMIT_MAX_MS = 10 * 60_000;
/** The first date nobody uses; each edit takes a later one, some of them DST nights. */
const FIRST_DATE = Date.UTC(2026, 9, 20);
const DAY = 24 * 60 * 60_000;

/** Does what a person wanted to do, as far as it is possible at this moment. */
export function act(world: World, action: Action): void {
  const { entities, options } = world;
  if (options.fieldsOff?.includes(action.field) && action.kind.startsWith('edit')) return;
  world.scheduler.mark(`person ${action.kind} ${action.entity} ${action.field}`);
  if (action.kind === 'createApp') {
    createApp(world, action.entity);
    return;
  }
  if (action.kind === 'createSf') {
    createSf(world, action.entity, action.roll);
    return;
  }
  const entity = entities.all.get(action.entity);
  if (entity === undefined) return;
  switch (action.kind) {
    case 'editApp':
      editApp(world, entity, action);
      return;
    case 'editSf':
      editSf(world, entity, action);
      return;
    case 'trash':
      trash(world, entity);
      return;
    case 'restore':
      restore(world, entity);
      return;
    case 'deleteSf':
      deleteSf(world, entity);
      return;
    case 'undeleteSf':
      undeleteSf(world, entity);
      return;
    case 'retry':
      retry(world, entity);
      return;
    case 'syncNow':
      world.onEdit();
      return;
  }
}

export function createApp(world: World, index: number): void {
  const entity = world.entities.add(index, 'app');
  const values = freshValues(index);
  world.createTask(entity, values);
  for (const field of ['details', 'dueDate', 'name'] as const)
    world.oracle.mint(appToken(field, values), '', {
      entity: index,
      field,
      side: 'app',
      holder: entity.taskId ?? '',
    });
}

export function createSf(world: World, index: number, roll: number): void {
  const entity = world.entities.add(index, 'sf');
  const { name, dueDate, details } = freshValues(index);
  const status =
    roll < 0.8 ? 'Not Started' : (STATUSES[Math.floor(roll * 25) % 5] ?? 'Not Started');
  const record = world.salesforce.create({
    Subject: name,
    ActivityDate: dueDate,
    Description: details,
    Status: status,
    IsClosed: CLOSED.has(status),
    Priority: roll < 0.9 ? 'Normal' : 'Low',
    OwnerId: U1_SF,
  });
  world.entities.bindRecord(entity, record.Id);
  for (const field of ['details', 'dueDate', 'name'] as const)
    world.oracle.mint(sfToken(field, record), '', {
      entity: index,
      field,
      side: 'sf',
      holder: record.Id,
    });
  world.onHint(record.Id);
}

export function freshValues(index: number): AppValues {
  return {
    name: `N${1_000 + index}`,
    status: 'open',
    priority: 'normal',
    dueDate: dateOf(index),
    details: `d${1_000 + index}`,
    owner: U1,
    person: null,
    related: null,
  };
}

/** Dates of entities come first, dates of edits after them. Written once: all worlds use the same. */
function dateOf(number: number): string {
  let date = dates.get(number);
  if (date === undefined) {
    date = new Date(FIRST_DATE + number * DAY).toISOString().slice(0, 10);
    dates.set(number, date);
  }
  return date;
}

const dates = new Map<number, string>();

function editApp(world: World, entity: Entity, action: Action): void {
  const row = world.task(entity);
  if (row === undefined || row.trashed !== null || entity.taskId === null) return;
  // B8.3: what was given to somebody else is not on the list any more.
  if (world.links(entity).some(({ state }) => state === 'left')) return;
  const change = appChange(world, entity, action, row.values);
  world.store.editTask(entity.taskId, change);
  if (isTokenField(action.field)) {
    const parent = appToken(action.field, row.values);
    mint(
      world,
      entity,
      action.field,
      appToken(action.field, changed(valuesRow(row.values), change)),
      parent,
      'app',
    );
  }
  world.onEdit();
}

function appChange(
  world: World,
  _entity: Entity,
  { field, index, roll }: Action,
  before: AppValues,
): Partial<AppValues> {
  switch (field) {
    case 'details':
      return { details: `d${index}` };
    case 'dueDate':
      return { dueDate: dateOf(100 + index) };
    case 'name':
      return { name: `N${index}` };
    case 'status':
      return { status: before.status === 'open' ? 'complete' : 'open' };
    case 'priority':
      return { priority: before.priority === 'normal' ? 'high' : 'normal' };
    case 'person':
      return { person: PEOPLE[Math.floor(roll * PEOPLE.length)] ?? null };
    case 'owner': {
      const mayGo = world.outsiders || world.policy.owners.toSf[U2] !== undefined;
      return { owner: mayGo && before.owner === U1 ? U2 : U1 };
    }
  }
}

function editSf(world: World, entity: Entity, action: Action): void {
  const record = world.record(entity);
  if (record === undefined || record.IsDeleted || world.locked.has(record.Id)) return;
  const change = changed(sfChange(world, action, record), { LastModifiedById: editorOf(action) });
  if (!world.faults.fire('late_commit')) {
    world.salesforce.edit(record.Id, change);
    told(world, entity, action, record);
    return;
  }
  // Stamped now, shown later; the row is locked from one to the other.
  const stamp = `${world.salesforceNow().slice(0, 19)}.000Z`;
  const dice = world.faults.dice('late_commit');
  const delay = dice.int(dice.chance(0.3) ? COMMIT_MAX_MS : 30_000);
  world.locked.add(record.Id);
  world.scheduler.schedule(delay, null, `commit ${record.Id}`, () => {
    world.locked.delete(record.Id);
    const now = world.salesforce.records.get(record.Id);
    if (now === undefined || now.IsDeleted) return;
    const stamps = { LastModifiedDate: stamp, SystemModstamp: stamp };
    world.salesforce.records.set(record.Id, changed(changed(recordRow(now), change), stamps));
    told(world, entity, action, now);
  });
}

/** Mostly the user himself, at times somebody who is not connected. */
function editorOf({ roll }: Action): string {
  return Math.floor(roll * 1_000) % 4 === 0 ? STRANGER_SF : U1_SF;
}

/** The judge learns of the new value, and change events of the new version. */
function told(world: World, entity: Entity, { field }: Action, before: SalesforceTask): void {
  const after = world.salesforce.records.get(before.Id);
  if (after !== undefined && isTokenField(field))
    mint(world, entity, field, sfToken(field, after), sfToken(field, before), 'sf');
  world.oracle.touched.set(before.Id, world.scheduler.now);
  world.onHint(before.Id);
}

function sfChange(
  world: World,
  { field, index, roll }: Action,
  before: SalesforceTask,
): Partial<SalesforceTask> {
  switch (field) {
    case 'details':
      return { Description: `e${index}` };
    case 'dueDate':
      return { ActivityDate: dateOf(100 + index) };
    case 'name':
      return { Subject: `S${index}` };
    case 'status': {
      const Status = STATUSES[Math.floor(roll * STATUSES.length)] ?? 'Not Started';
      return { Status, IsClosed: CLOSED.has(Status) };
    }
    case 'priority':
      return { Priority: PRIORITIES[Math.floor(roll * PRIORITIES.length)] ?? 'Normal' };
    case 'person': {
      const person = PEOPLE[Math.floor(roll * PEOPLE.length)] ?? null;
      return {
        WhoId: person?.id ?? null,
        WhoType: person?.type ?? null,
        WhoName: person?.name ?? null,
      };
    }
    case 'owner': {
      const both = world.policy.owners.toApp[U2_SF] !== undefined;
      return { OwnerId: both && before.OwnerId === U1_SF ? U2_SF : U1_SF };
    }
  }
}

function mint(
  world: World,
  entity: Entity,
  field: TokenField,
  value: string,
  parent: string,
  side: 'app' | 'sf',
): void {
  const holder = side === 'app' ? entity.taskId : entity.records.at(-1);
  world.oracle.mint(value, parent, { entity: entity.index, field, side, holder: holder ?? '' });
}

export function trash(world: World, entity: Entity): void {
  const row = world.task(entity);
  if (row === undefined || row.trashed !== null || entity.taskId === null) return;
  if (world.links(entity).some(({ state }) => state === 'left')) return;
  world.store.trashTask(entity.taskId);
  world.oracle.personTrashed.set(entity.taskId, world.scheduler.now);
  world.onEdit();
}

/** As the store's restoreTasks: a living link is planned again, a dead one gives way to a new one. */
function restore(world: World, entity: Entity): void {
  const row = world.task(entity);
  const { taskId } = entity;
  if (row === undefined || row.trashed === null || taskId === null) return;
  // A teammate's task would be sent by the teammate's own connection.
  if (row.values.owner !== U1) return;
  const { state } = world.store;
  const { oracle } = world;
  state.tasks.set(taskId, { ...row, trashed: null, revision: row.revision + 1 });
  oracle.personRestored.set(taskId, world.scheduler.now);
  const links = world.links(entity);
  for (const { intents, salesforceId } of links)
    if (salesforceId !== null && intents.some(({ kind }) => kind === 'delete'))
      oracle.takenBack.add(salesforceId);
  for (const link of links)
    if (link.state !== 'dead') state.links.set(link.id, { link, dirty: true });
  if (links.every((link) => link.state === 'dead')) {
    const origin = links.at(-1)?.origin ?? 'app';
    const link = changed(world.newLink(taskId), { origin });
    state.links.set(link.id, { link, dirty: true });
  }
  world.onEdit();
}

export function deleteSf(world: World, entity: Entity): void {
  const record = world.record(entity);
  if (record === undefined || record.IsDeleted || world.locked.has(record.Id)) return;
  world.salesforce.remove(record.Id);
  world.entities
    .life(record.Id)
    .deletions.push({ from: world.scheduler.now, to: Number.POSITIVE_INFINITY });
  world.onHint(record.Id);
}

export function undeleteSf(world: World, entity: Entity): void {
  const record = world.record(entity);
  if (record === undefined || !record.IsDeleted) return;
  world.salesforce.undelete(record.Id);
  const life = world.entities.life(record.Id);
  const last = life.deletions.at(-1);
  if (last !== undefined) last.to = world.scheduler.now;
  life.undeletions.push(world.scheduler.now);
  world.onHint(record.Id);
}

/** As the store's retryProblem: of a birth in doubt a person looks in Salesforce first, and then it is sent again (R8). */
export function retry(world: World, entity: Entity): void {
  for (const link of world.links(entity)) {
    if (link.parked === null) continue;
    const inDoubt = link.parked.code === 'OUTCOME_UNKNOWN';
    if (inDoubt && isBornUnseen(world, entity)) continue;
    const intents = link.intents.filter(({ kind }) => kind !== 'create');
    const isSentAgain = inDoubt && link.salesforceId === null;
    const next = isSentAgain ? changed(linkRow(link), { parked: null, intents }) : link;
    world.store.state.links.set(link.id, { link: next, dirty: true });
  }
  world.onEdit();
}

/** Salesforce has a record of it that no link names. */
export function isBornUnseen({ oracle, salesforce }: World, { records }: Entity): boolean {
  return records.some((id) => salesforce.records.has(id) && !oracle.known.has(id));
}
