import type { Intent, SalesforceId, SalesforceTask, SyncedField } from '@tandem/engine';
import type { MemoryStore } from '@tandem/sync/testing';
import type { Coverage } from '../coverage.ts';
import type { Entities } from '../entities.ts';
import type { Violation } from '../types.ts';
import type { Flights } from './flights.ts';
import { Lineage, TOKEN_FIELDS, type TokenField, tokenIn } from './lineage.ts';

export type State = MemoryStore['state'];
export type StoredLink = State['links'] extends Map<string, infer Row> ? Row : never;
export type JournalRow = State['journal'][number];

/** Salesforce's own limit of a request, and the pauses in which a worker notices. */
const IN_DOUBT_MS = 11 * 60_000;

/** What a run can show at most; the first one matters. */
const VIOLATIONS_MAX = 10;

/**
 * The judge. It sees every commit and every row that reaches Salesforce, and knows what people did. It never
 * calls the planner. The judgements are in judge-commit.ts and judge-row.ts; this is what they share.
 */
export class Oracle {
  readonly violations: Violation[] = [];
  readonly lineage = new Lineage();
  readonly entities: Entities;
  readonly coverage: Coverage;
  readonly flights: Flights;
  /** Tokens whose loss stands in the journal. */
  readonly lost = new Set<string>();
  /** Names of which the journal says that the Subject is another, and stays so (B5.4). */
  readonly namedApart = new Set<string>();
  /** Per link and record, pairs of values between which was decided. */
  readonly decided = new Set<string>();
  /** What a base says of a record that was born of one of several requests, and shows of none of them. */
  readonly untold = new Set<string>();
  /** What arrived after a restored backup and had left before it: the store takes it for a person's. */
  readonly strayed = new Set<string>();
  /** Overwritten unseen, and not in the journal yet. */
  readonly pending: PendingLoss[] = [];
  /** When the store was last put back to a backup: what people knew since then is gone with it. */
  restoredAt: number | null = null;
  /** When a person last put a task into Trash, or took it out. */
  readonly personTrashed = new Map<string, number>();
  readonly personRestored = new Map<string, number>();
  /** When a record was last edited in Salesforce, or given to somebody else: what moves its stamp as an undelete does. */
  readonly touched = new Map<SalesforceId, number>();
  /** When the engine last took a task out of Trash. */
  readonly restoredByEngine = new Map<string, number>();
  /** Records whose deletion by us was under way when their task was taken out of Trash (plan: rebirth). */
  readonly takenBack = new Set<SalesforceId>();
  /** Records of our own that were born when nobody wanted them any more. */
  readonly bornLate = new Set<SalesforceId>();
  /** Deleted records whose task has begun a new life in Salesforce. */
  readonly givenUp = new Set<SalesforceId>();
  /** Records that Salesforce has shown as deleted: no other evidence counts (B7.2). */
  readonly shownDeleted = new Set<SalesforceId>();
  /** Records a link ever named, as far as the store remembers. */
  readonly known = new Set<SalesforceId>();
  /** Keys under which tasks began a life that a backup does not know. */
  readonly forgottenKeys = new Set<string>();
  /** In an org without the key field: the key of the link each record was born of, which the record does not show. */
  readonly bornUnder = new Map<SalesforceId, string>();
  /** Such births that nothing in them tells any more (unrecognised.ts). */
  readonly unrecognised = new Set<SalesforceId>();
  engineWrites = 0;
  conflicts = 0;
  readonly #time: { readonly now: number; readonly steps: number };

  constructor(
    time: { readonly now: number; readonly steps: number },
    entities: Entities,
    coverage: Coverage,
    flights: Flights,
  ) {
    this.#time = time;
    this.entities = entities;
    this.coverage = coverage;
    this.flights = flights;
  }

  get now(): number {
    return this.#time.now;
  }

  violate(id: string, message: string): void {
    if (this.violations.length >= VIOLATIONS_MAX) return;
    this.violations.push({ id, message, step: this.#time.steps });
  }

  /** A person's new value over an older one. */
  mint(
    value: string,
    parent: string,
    where: { entity: number; field: TokenField; side: 'app' | 'sf'; holder: string },
  ): void {
    const { entity, field, side, holder } = where;
    this.lineage.mint(value, { parent, entity, field, side, at: this.now });
    this.lineage.hold(value, holder);
  }

  /** The store goes back to a backup: what that says is taken as given. */
  restored(before: State, backup: State): void {
    this.restoredAt = this.now;
    this.personTrashed.clear();
    this.restoredByEngine.clear();
    this.decided.clear();
    this.flights.forgetDeletions();
    this.known.clear();
    for (const { link } of backup.links.values())
      if (link.salesforceId !== null) this.known.add(link.salesforceId);
    for (const [id, { link }] of before.links)
      if (backup.links.get(id)?.link.creationKey !== link.creationKey)
        this.forgottenKeys.add(link.creationKey);
  }

  /** Its loss is on record, or that of a later value by which a person had replaced it. */
  isTold(token: string): boolean {
    if (this.lost.has(token)) return true;
    for (const loser of this.lost) if (this.lineage.isAncestor(token, loser)) return true;
    return false;
  }

  /** Written before the backup was put back: what is known of it since then is what Salesforce shows. */
  isFromBeforeRestore(token: string): boolean {
    const at = this.lineage.get(token)?.at;
    return at !== undefined && this.restoredAt !== null && at <= this.restoredAt;
  }

  /** A deletion of ours of which no answer was stored, in the time in which it may have taken place. */
  isDeletionInDoubt({ kind, sentAt }: Intent, recordId: SalesforceId): boolean {
    const last = this.entities.life(recordId).deletions.at(-1);
    if (kind !== 'delete' || last === undefined) return false;
    return last.from - Date.parse(sentAt) < IN_DOUBT_MS;
  }

  /** A life that a backup does not know (SPEC, Gaps, backups). */
  isLifeForgotten(record: SalesforceTask | undefined): boolean {
    if (record === undefined) return false;
    const key = record.CreationKey ?? this.bornUnder.get(record.Id);
    return key !== undefined && this.forgottenKeys.has(key);
  }

  /** Reads what a journal entry says was lost. */
  recordLoss(entry: JournalRow): void {
    const { lost, field } = entry;
    if (lost === undefined || lost === null) return;
    if (typeof lost === 'object') {
      for (const name of TOKEN_FIELDS)
        this.lost.add(tokenIn(name, (lost as Partial<Record<SyncedField, unknown>>)[name]));
      return;
    }
    if (isTokenField(field)) this.lost.add(tokenIn(field, lost));
  }

  /**
   * I6: nothing but what a person (or a trigger) wrote for this very thing. True when the value may be
   * judged further.
   */
  isGenuine(field: TokenField, value: string, entity: number, where: string): boolean {
    if (value === '') return true;
    const token = this.lineage.get(value);
    if (token === undefined) {
      this.violate('I6', `${where}: ${field} became ${value}, which nobody ever wrote`);
      return false;
    }
    if (token.entity !== entity || token.field !== field) {
      this.violate(
        'I6',
        `${where}: ${field} became ${value}, which was written for something else`,
      );
      return false;
    }
    return true;
  }

  /** Overwritten by us in Salesforce, and no reply has told. */
  isCoveredUnseen(token: string): boolean {
    return this.pending.some((loss) => loss.token === token && !loss.replyStored());
  }

  /** Once the world is at rest: what was overwritten unseen must be on record by now. */
  judgePending(): void {
    for (const loss of this.pending) {
      if (this.lost.has(loss.token) || loss.takenOver()) continue;
      // engine.md "Write lanes", SPEC "What Salesforce leaves open": the before-image that would have told
      // came with a reply that never reached a living worker. Within one second (guarded), one call (bulk)
      // or for a record that went whole to the Recycle Bin, Salesforce offers nothing else to learn it from.
      if (!loss.replyStored()) {
        this.coverage.count(`exempt:${loss.why}`);
        continue;
      }
      this.violate('I2', `${loss.message}, and no late_overwrite names it`);
    }
  }
}

export interface PendingLoss {
  readonly token: string;
  readonly message: string;
  readonly why: 'same_second' | 'bulk_lane' | 'deleted_unseen';
  /** The app has it after all: the task was taken out of Trash while its record was being deleted. */
  readonly takenOver: () => boolean;
  /** The turn that sent it got the answer and stored what it meant. */
  readonly replyStored: () => boolean;
}

export function isTokenField(field: unknown): field is TokenField {
  return TOKEN_FIELDS.includes(field as TokenField);
}
