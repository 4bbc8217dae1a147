import type { AppValues, Link, SalesforceTask } from '@tandem/engine';
import type { Actor, Role } from './actor.ts';
import type { ConnectionKey } from './connections/connection.ts';
import { saveConnection } from './connections/save-connection.ts';
import { switchOn } from './connections/switch.ts';
import { type Database, openDatabase } from './database.ts';
import type { Lease, SyncStore, SyncTx } from './links/port.ts';
import { createSyncStore } from './links/sync-store.ts';
import type { NewTaskRow } from './tasks/task-view.ts';
import { type TestDatabase, testDatabase } from './testing/index.ts';
import { addMember, ensureWorkspace } from './workspace/workspaces.ts';

/** What the tests of this package share: a database of their own, and people and records to put into it. */
export interface World {
  readonly db: Database;
  readonly url: string;
  /** A workspace with its admin. */
  workspace(): Promise<Actor>;
  /** One more member of the admin's workspace. */
  member(admin: Actor, role: Role): Promise<Actor>;
  /** Connected to `orgId` as a Salesforce user of their own; `on` unless said otherwise. */
  connect(actor: Actor, options?: { orgId?: string; on?: boolean }): Promise<Connected>;
  syncStore(at?: string): SyncStore;
  close(): Promise<void>;
}

export interface Connected extends ConnectionKey {
  readonly orgId: string;
  readonly salesforceUserId: string;
}

export const ORG = '00D000000000001AAA';
/** The moment of everything that has no other. */
export const NOON = '2026-11-24T12:00:00.000Z';
export const LATER = '2026-11-24T12:05:00.000Z';

export async function openWorld(): Promise<World> {
  const database: TestDatabase = await testDatabase();
  const db = openDatabase(database.url);
  let count = 0;

  async function person(): Promise<{ id: string; name: string }> {
    count += 1;
    const user = { id: `user${count}`, name: `Person ${count}` };
    await db.pool.query(
      `insert into auth."user" ("id", "name", "email", "emailVerified") values ($1, $2, $3, true)`,
      [user.id, user.name, `${user.id}@aldermoor.example`],
    );
    return user;
  }

  return {
    db,
    url: database.url,
    workspace: async () => ensureWorkspace(db, await person(), NOON),
    member: async (admin, role) => {
      const { id } = await person();
      return addMember(db, admin.workspaceId, { userId: id, role }, NOON);
    },
    connect: async (actor, { orgId = ORG, on = true } = {}) => {
      count += 1;
      const salesforceUserId = recordId('005', count);
      const saved = await saveConnection(
        db,
        actor,
        {
          orgId,
          orgName: 'Aldermoor',
          salesforceUserId,
          username: `${actor.userId}@aldermoor.example`,
          displayName: actor.userId,
          instanceUrl: 'http://127.0.0.1:3001',
          loginUrl: 'http://127.0.0.1:3001',
          tokens: Buffer.from(`sealed ${actor.userId}`),
        },
        NOON,
      );
      if (saved.kind !== 'ok') throw new Error(saved.kind);
      if (on) await switchOn(db, actor, null, NOON);
      const { workspaceId, connectionId } = saved.connection;
      return { workspaceId, connectionId, orgId, salesforceUserId };
    },
    syncStore: (at = NOON) => createSyncStore(db, { clock: { now: () => at } }),
    close: async () => {
      await db.close();
      await database.drop();
    },
  };
}

/** One engine transaction under a fresh lease that is given back. */
export async function underLease<T>(
  world: World,
  key: ConnectionKey,
  work: (tx: SyncTx) => Promise<T>,
  at?: string,
): Promise<T> {
  const store = world.syncStore(at);
  const lease = await mustLease(store, key);
  try {
    return await store.transact(lease, work);
  } finally {
    await store.releaseLease(lease, null);
  }
}

export async function mustLease(store: SyncStore, key: ConnectionKey): Promise<Lease> {
  const lease = await store.acquireLease(key, 'a test', 20_000);
  if (lease === null) throw new Error('Somebody else has the lease.');
  return lease;
}

export function newTask(actor: Actor, values: Partial<NewTaskRow> = {}): NewTaskRow {
  return {
    name: 'Call about the offer',
    type: 'call',
    status: 'open',
    priority: 'normal',
    dueDate: '2026-11-24',
    details: '',
    ownerId: actor.userId,
    person: null,
    related: null,
    campaign: null,
    callOutcome: null,
    callReason: null,
    ...values,
  };
}

export function recordId(prefix: string, number: number): string {
  return `${prefix}${String(number).padStart(15, '0')}`;
}

export function salesforceTask(
  number: number,
  ownerId: string,
  values: Partial<SalesforceTask> = {},
): SalesforceTask {
  return {
    Id: recordId('00T', number),
    Subject: `Record ${number}`,
    Status: 'In Progress',
    IsClosed: false,
    Priority: 'Low',
    ActivityDate: '2026-11-25',
    Description: 'Written there',
    OwnerId: ownerId,
    WhoId: null,
    WhatId: null,
    WhoName: null,
    WhoType: null,
    WhatName: null,
    WhatType: null,
    IsDeleted: false,
    IsArchived: false,
    IsRecurrence: false,
    CreatedDate: '2026-11-20T08:00:00.000Z',
    LastModifiedDate: '2026-11-23T08:00:00.000Z',
    LastModifiedById: ownerId,
    SystemModstamp: '2026-11-23T08:00:00.000Z',
    CreationKey: null,
    ...values,
  };
}

/** As the engine makes it of a record: values, base and all. */
export function imported(
  task: SalesforceTask,
  owner: string,
  change: { link?: Partial<Link>; values?: Partial<AppValues> } = {},
) {
  const values: AppValues = {
    name: task.Subject ?? '',
    status: 'open',
    priority: 'normal',
    dueDate: task.ActivityDate,
    details: task.Description ?? '',
    owner,
    person: null,
    related: null,
    ...change.values,
  };
  const link: Link = {
    id: crypto.randomUUID(),
    taskId: crypto.randomUUID(),
    salesforceId: task.Id,
    creationKey: crypto.randomUUID(),
    origin: 'sf',
    base: {
      name: { app: values.name, sf: task.Subject },
      status: { app: values.status, sf: task.Status },
      priority: { app: values.priority, sf: task.Priority },
      dueDate: { app: values.dueDate, sf: task.ActivityDate },
      details: { app: values.details, sf: task.Description },
      owner: { app: owner, sf: task.OwnerId },
      person: { app: null, sf: null },
      related: { app: null, sf: null },
    },
    sf: { kind: 'seen', task, seenAt: NOON },
    intents: [],
    parked: null,
    formerOpenStatus: task.Status,
    state: 'live',
    ...change.link,
  };
  const context = {
    type: 'custom',
    campaignName: null,
    campaignDay: null,
    campaignStep: null,
    callOutcome: null,
    callReason: null,
  } as const;
  const journal = [
    {
      kind: 'imported',
      field: null,
      side: 'sf',
      from: null,
      to: task.Subject,
      rule: 'B6.4',
    } as const,
  ];
  return { link, values, context, createdAt: task.CreatedDate, journal };
}

/** The jobs that graphile-worker holds for a connection. */
export async function jobsOf(world: World, key: ConnectionKey): Promise<{ runAt: string }[]> {
  const { rows } = await world.db.pool.query(
    `select run_at as "runAt" from graphile_worker.jobs where key = $1`,
    [`sync:${key.connectionId}`],
  );
  return rows;
}
