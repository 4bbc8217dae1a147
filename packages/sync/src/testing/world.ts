import {
  type AppValues,
  DEFAULT_TEMPLATE,
  type Link,
  type Policy,
  STANDARD_PRIORITY_MAP,
  STANDARD_STATUS_MAP,
} from '@tandem/engine';
import type { SyncConnection, SyncPorts } from '../ports.ts';
import { syncConnection } from '../sync-connection.ts';
import { MemoryStore } from './memory-store.ts';
import { SalesforceDouble, TestClock } from './salesforce-double.ts';

/** One rep, one connection, both sides in memory and a clock that moves when told. */

export const MARA = 'user-mara';
export const MARA_SF = '005000000000001AAA';

export const policy: Policy = {
  status: STANDARD_STATUS_MAP,
  priority: STANDARD_PRIORITY_MAP,
  reopenToFormerStatus: false,
  subjectTemplate: DEFAULT_TEMPLATE,
  conflict: 'latest',
  owners: { toSf: { [MARA]: MARA_SF }, toApp: { [MARA_SF]: MARA } },
};

const KEY = { workspaceId: 'w', connectionId: 'c' };

/** What a store throws that cannot be reached; the second try finds it back. */
export const AWAY = new Error('the database is away');

export class World {
  readonly clock = new TestClock();
  readonly salesforce = new SalesforceDouble(this.clock.now, MARA_SF);
  readonly store: MemoryStore;
  readonly ports: SyncPorts;
  #ids = 0;

  constructor(connection: Partial<SyncConnection> = {}) {
    this.store = new MemoryStore(
      {
        ...KEY,
        userId: MARA,
        orgId: '00D000000000001AAA',
        salesforceUserId: MARA_SF,
        status: 'on',
        policy,
        watermark: this.clock.now(),
        import: null,
        lastPollAt: null,
        usage: null,
        budget: { spent: 0, share: 0.2 },
        clockOffsetMs: 0,
        hasCreationKey: true,
        restoredAt: null,
        comparison: null,
        brake: null,
        feed: null,
        teamFeed: null,
        events: null,
        teammates: {},
        ...connection,
      },
      this.clock.now,
    );
    this.ports = {
      store: this.store,
      salesforce: this.salesforce,
      clock: this.clock,
      ids: { uuid: () => this.id() },
      random: { next: () => 0.5 },
      heartbeat: { during: (_beat, work) => work() },
      patience: {
        whileAway: (work) =>
          work().catch((error) => (error === AWAY ? work() : Promise.reject(error))),
      },
      log: { info: () => {}, warn: () => {} },
    };
  }

  id(): string {
    this.#ids += 1;
    return `id-${this.#ids}`;
  }

  run(pollNow = true) {
    return syncConnection(this.ports, KEY, { holder: 'test', pollNow });
  }

  /** Lets time pass and runs until nobody has anything to say. */
  async settle(turns = 4): Promise<void> {
    for (let turn = 0; turn < turns; turn += 1) {
      this.clock.advance(13_000);
      await this.run();
    }
  }

  addTask(values: Partial<AppValues> = {}): string {
    const taskId = this.id();
    const link: Link = {
      id: this.id(),
      taskId,
      salesforceId: null,
      creationKey: this.id(),
      origin: 'app',
      base: null,
      sf: { kind: 'unborn' },
      intents: [],
      parked: null,
      formerOpenStatus: null,
      state: 'live',
    };
    this.store.createTask(taskId, link, { ...NEW_VALUES, ...values });
    return taskId;
  }

  task(taskId: string) {
    const row = this.store.state.tasks.get(taskId);
    if (row === undefined) throw new Error(`No task ${taskId}`);
    return row;
  }

  link(taskId: string): Link {
    const found = [...this.store.state.links.values()].find(({ link }) => link.taskId === taskId);
    if (found === undefined) throw new Error(`No link for ${taskId}`);
    return found.link;
  }

  /** The Salesforce record of a task. */
  record(taskId: string) {
    const record = this.salesforce.records.get(this.link(taskId).salesforceId ?? '');
    if (record === undefined) throw new Error(`No record for ${taskId}`);
    return record;
  }
}

const NEW_VALUES: AppValues = {
  name: 'Send the offer',
  status: 'open',
  priority: 'normal',
  dueDate: '2026-11-30',
  details: '',
  owner: MARA,
  person: null,
  related: null,
};
