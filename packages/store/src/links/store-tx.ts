import type { Instant, SalesforceId } from '@tandem/engine';
import { notify } from '../events/notify.ts';
import type { Executor } from '../transaction.ts';
import { wakeAfterEdit } from '../wake/wake.ts';
import { recordCalls } from './api-calls.ts';
import { insertImported } from './insert-imported.ts';
import { lockInOrder } from './lock-order.ts';
import type {
  ConnectionChange,
  ImportedTask,
  Lease,
  LinkChange,
  LinkedTask,
  SkippedRecord,
  SyncConnection,
  SyncTx,
} from './port.ts';
import {
  birthsInDoubt,
  countLinks,
  dirtyLinks,
  linksByCreationKey,
  linksById,
  linksBySalesforceId,
  linksInIdRange,
  unresolvedLinks,
} from './read-links.ts';
import { saveLinks } from './save-links.ts';
import { forgetSkipped, recordSkipped } from './skipped.ts';
import { doubtEvents, loadSyncConnection, saveSyncConnection } from './sync-connection.ts';
import { Touched } from './touched.ts';

/** One engine transaction: each method is a handful of statements, told to the screens once, at its end. */
export class StoreTx implements SyncTx {
  readonly #db: Executor;
  readonly #lease: Lease;
  readonly #at: Instant;
  readonly #touched = new Touched();

  constructor(db: Executor, lease: Lease, at: Instant) {
    this.#db = db;
    this.#lease = lease;
    this.#at = at;
  }

  connection(): Promise<SyncConnection> {
    return loadSyncConnection(this.#db, this.#lease, this.#at);
  }

  async saveConnection(change: ConnectionChange): Promise<void> {
    const userId = await saveSyncConnection(this.#db, this.#lease, change);
    if (tellsTheScreens(change)) {
      this.#touched.syncOf.add(userId);
    }
  }

  doubtEvents(): Promise<void> {
    return doubtEvents(this.#db, this.#lease);
  }

  async linksBySalesforceId(ids: readonly SalesforceId[]): Promise<readonly LinkedTask[]> {
    await lockInOrder(this.#db, this.#lease, ids);
    return linksBySalesforceId(this.#db, this.#lease, ids);
  }

  linksByCreationKey(keys: readonly string[]): Promise<readonly LinkedTask[]> {
    return linksByCreationKey(this.#db, this.#lease, keys);
  }

  linksById(ids: readonly string[]): Promise<readonly LinkedTask[]> {
    return linksById(this.#db, this.#lease, ids);
  }

  recordCalls(calls: number): Promise<void> {
    return recordCalls(this.#db, this.#lease, calls, this.#at);
  }

  linksInIdRange(
    after: SalesforceId | null,
    through: SalesforceId | null,
    limit: number,
  ): Promise<readonly LinkedTask[]> {
    return linksInIdRange(this.#db, this.#lease, after, through, limit);
  }

  birthsInDoubt(limit: number): Promise<readonly LinkedTask[]> {
    return birthsInDoubt(this.#db, this.#lease, limit);
  }

  countLinks(): Promise<number> {
    return countLinks(this.#db, this.#lease);
  }

  dirtyLinks(
    limit: number,
    now: Instant,
    heldBack: readonly string[] = [],
  ): Promise<readonly LinkedTask[]> {
    return dirtyLinks(this.#db, this.#lease, limit, now, heldBack);
  }

  unresolvedLinks(before: Instant, limit: number): Promise<readonly LinkedTask[]> {
    return unresolvedLinks(this.#db, this.#lease, before, limit);
  }

  saveLinks(changes: readonly LinkChange[]): Promise<void> {
    return saveLinks(this.#db, this.#lease, changes, this.#at, this.#touched);
  }

  insertImported(rows: readonly ImportedTask[]): Promise<void> {
    return insertImported(this.#db, this.#lease, rows, this.#at, this.#touched);
  }

  recordSkipped(rows: readonly SkippedRecord[]): Promise<void> {
    return recordSkipped(this.#db, this.#lease, rows, this.#at);
  }

  forgetSkipped(ids: readonly SalesforceId[]): Promise<void> {
    return forgetSkipped(this.#db, this.#lease, ids);
  }

  /** The last statements before the commit. */
  async finish(): Promise<void> {
    const { workspaceId } = this.#lease;
    const { taskIds, people, syncOf, otherConnections } = this.#touched;
    if (taskIds.size > 0) {
      const userIds = [...people];
      await notify(this.#db, { type: 'tasks', workspaceId, userIds, taskIds: [...taskIds] });
    }
    if (syncOf.size > 0) {
      await notify(this.#db, { type: 'sync', workspaceId, userIds: [...syncOf] });
    }
    await wakeAfterEdit(this.#db, workspaceId, [...otherConnections]);
  }
}

/** A watermark or a usage figure moves with every turn and is no news. */
function tellsTheScreens(change: ConnectionChange): boolean {
  return (
    change.import !== undefined ||
    change.status !== undefined ||
    change.comparison !== undefined ||
    change.brake !== undefined
  );
}
