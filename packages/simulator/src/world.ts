import type { AppValues, Instant, Link, Policy, SalesforceTask } from '@tandem/engine';
import { instantFrom } from '@tandem/engine';
import { changed, connectionRow, MemoryStore, SalesforceDouble } from '@tandem/sync/testing';
import { Coverage } from './coverage.ts';
import { Entities, type Entity } from './entities.ts';
import { FaultDice } from './faults.ts';
import { Flights } from './oracle/flights.ts';
import { judgeCommit } from './oracle/judge-commit.ts';
import { Oracle, type State } from './oracle/oracle.ts';
import { KEY, makePolicy, ORG, U1, U1_SF } from './policy.ts';
import { Rng } from './random.ts';
import { type Event, Scheduler } from './scheduler.ts';
import { describeCommit } from './trace-commit.ts';
import type { SimOptions } from './types.ts';

const MINUTE = 60_000;
/** An ordinary day, and half an hour before Berlin leaves summer time. */
const ORDINARY = Date.UTC(2026, 10, 24, 12);
const DST_NIGHT = Date.UTC(2026, 9, 25, 0, 30);
/** The dispatcher looks at every connection this often, whatever was lost (a wake-up is only a hint). */
const SWEEP_MS = 45_000;
const SKEW_MAX = 5 * MINUTE;

/** A change that somebody makes in Salesforce, told by a hint where the org has change events. */
export type HintListener = (id: string) => void;

interface Turner {
  readonly process: { readonly pausedUntil: number };
  run(wish: object): void;
}

/** Both sides, the clock, the dice and the judge of one run. */
export class World {
  readonly seed: number;
  readonly options: SimOptions;
  readonly coverage = new Coverage();
  readonly entities = new Entities();
  readonly faults: FaultDice;
  readonly scheduler: Scheduler;
  readonly latency: Rng;
  readonly store: MemoryStore;
  readonly salesforce: SalesforceDouble;
  readonly oracle: Oracle;
  /** Salesforce's clock minus the true one. */
  readonly salesforceSkew: number;
  /** Each policy that was ever in force; the last one is now. */
  readonly policies: Policy[] = [];
  /** Records inside a person's transaction that is stamped and not committed yet. */
  readonly locked = new Set<string>();
  readonly hasCreationKey: boolean;
  /** Updates go unguarded, as in batches of more than 48 (bulk-lane.ts). */
  readonly bulkLane: boolean;
  /** Tasks are given to a colleague of the app who has no Salesforce account here. */
  readonly outsiders: boolean;
  /** Everything is quick and close together: many stamps of one second. */
  readonly hurried: boolean;
  /** The newest lease, and until when it runs. */
  newestToken = 0;
  leaseUntil = 0;
  /** INVALID_SESSION_ID until somebody signs in again. */
  signedOut = false;
  stopped = false;
  /** TotalRequests until then. */
  limitedUntil = 0;
  /** While a long gap lasts. */
  gapUntil = 0;
  /** When the dispatcher will wake somebody for the connection. */
  #due: Event | null = null;
  /** Who takes the turn then. */
  workers: readonly Turner[] = [];
  onHint: HintListener = () => {};
  /** A person edited in the app: somebody should send it. */
  onEdit: () => void = () => {};
  #ids = 0;
  readonly #instants = new Map<number, { readonly ms: number; readonly text: Instant }>();

  constructor(seed: number, options: SimOptions) {
    this.seed = seed;
    this.options = options;
    this.faults = new FaultDice(seed, options, (fault) => this.coverage.fault(fault));
    const start = this.faults.on.has('dst') ? DST_NIGHT : ORDINARY;
    if (this.faults.on.has('dst')) this.faults.note('dst');
    this.scheduler = new Scheduler(start, new Rng(seed, 'schedule'), options.trace ?? false);
    this.latency = new Rng(seed, 'latency');
    this.hurried = this.faults.fire('coarse_stamps');
    this.salesforceSkew = this.skew();
    const scene = new Rng(seed, 'scene');
    this.hasCreationKey = !scene.chance(0.15);
    if (!this.hasCreationKey) this.coverage.count('scene:no_creation_key');
    this.bulkLane = options.bulkLane ?? new Rng(seed, 'lane').chance(0.1);
    this.outsiders = options.outsiders ?? new Rng(seed, 'outsiders').chance(0.2);
    const policy = makePolicy(scene);
    this.policies.push(policy);
    this.salesforce = new SalesforceDouble(this.salesforceNow, U1_SF);
    this.store = new MemoryStore(
      {
        workspaceId: KEY.workspaceId,
        connectionId: KEY.connectionId,
        userId: U1,
        orgId: ORG,
        salesforceUserId: U1_SF,
        status: 'on',
        policy,
        watermark: this.salesforceNow(),
        import: null,
        lastPollAt: null,
        usage: null,
        budget: { spent: 0, share: 1 },
        clockOffsetMs: 0,
        hasCreationKey: this.hasCreationKey,
        restoredAt: null,
        comparison: null,
        brake: null,
        feed: null,
        teamFeed: null,
        events: null,
        teammates: {},
      },
      this.now,
    );
    this.oracle = new Oracle(this.scheduler, this.entities, this.coverage, new Flights());
  }

  /** The database's and the app's clock: the true one. */
  now = (): Instant => this.instant(0);

  salesforceNow = (): Instant => this.instant(this.salesforceSkew);

  /** Asked for many times in one millisecond, and dear to make. */
  instant(skew: number): Instant {
    const ms = this.scheduler.now + skew;
    const known = this.#instants.get(skew);
    if (known !== undefined && known.ms === ms) return known.text;
    const text = instantFrom(ms);
    this.#instants.set(skew, { ms, text });
    return text;
  }

  get policy(): Policy {
    return this.policies.at(-1) as Policy;
  }

  /** Up to five minutes either way where clocks are wrong at all. */
  skew(): number {
    if (!this.faults.fire('clock_skew')) return 0;
    return this.faults.dice('clock_skew').between(-SKEW_MAX, SKEW_MAX);
  }

  id(prefix: string): string {
    this.#ids += 1;
    return `${prefix}-${this.#ids}`;
  }

  /** A pause of up to `max`, much shorter where everything is quick. */
  delay(max: number): number {
    return this.latency.int((this.hurried ? Math.ceil(max / 20) : max) + 1);
  }

  task(entity: Entity) {
    return entity.taskId === null ? undefined : this.store.state.tasks.get(entity.taskId);
  }

  links(entity: Entity): readonly Link[] {
    const links: Link[] = [];
    for (const { link } of this.store.state.links.values())
      if (link.taskId === entity.taskId) links.push(link);
    return links;
  }

  /** The newest Salesforce record. */
  record(entity: Entity): SalesforceTask | undefined {
    return this.salesforce.records.get(entity.records.at(-1) ?? '');
  }

  newLink(taskId: string): Link {
    return {
      id: this.id('link'),
      taskId,
      salesforceId: null,
      creationKey: this.id('key'),
      origin: 'app',
      base: null,
      sf: { kind: 'unborn' },
      intents: [],
      parked: null,
      formerOpenStatus: null,
      state: 'live',
    };
  }

  /** The connection is due: one standing appointment, as the store keeps one `wake_at`. */
  appoint(delayMs: number): void {
    if (this.#due !== null) this.scheduler.cancel(this.#due);
    this.#due = this.scheduler.schedule(delayMs, null, 'due', () => {
      this.#due = null;
      if (this.stopped) return;
      const { now } = this.scheduler;
      const awake = this.workers.filter(({ process }) => process.pausedUntil <= now);
      if (awake.length > 0) this.latency.pick(awake).run({});
      // Whoever was told may die on the way: the dispatcher looks again.
      let first = Number.POSITIVE_INFINITY;
      for (const { process } of this.workers) first = Math.min(first, process.pausedUntil);
      this.appoint(Math.max(SWEEP_MS, first - now));
    });
  }

  /** From now on turns are taken only when told. */
  stop(): void {
    this.stopped = true;
    if (this.#due !== null) this.scheduler.cancel(this.#due);
    this.#due = null;
  }

  /** Somebody signs in to Salesforce again (B11.8). */
  signIn(): void {
    this.signedOut = false;
    const { connection } = this.store.state;
    if (connection.status !== 'needs_sign_in') return;
    this.store.state.connection = changed(connectionRow(connection), { status: 'on' });
    this.onEdit();
  }

  /** What the engine has just committed (or a canary in its name). */
  judge(before: State, token: number): void {
    if (this.options.trace)
      for (const line of describeCommit(before, this.store.state)) this.scheduler.trace.push(line);
    judgeCommit(this.oracle, {
      before,
      after: this.store.state,
      policies: this.policies,
      records: this.salesforce.records,
      token,
      hasCreationKey: this.hasCreationKey,
    });
  }

  createTask(entity: Entity, values: AppValues): void {
    const taskId = this.id('task');
    this.entities.bindTask(entity, taskId);
    this.store.createTask(taskId, this.newLink(taskId), values);
    this.onEdit();
  }
}
