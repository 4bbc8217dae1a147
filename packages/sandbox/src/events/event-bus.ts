import type { Commit, Id, Org, OrgSettings } from '../org/org.ts';
import { positionsOf } from './bitmap.ts';
import { type ChangeEvent, changeEventsOf, inventedEvent } from './change-events.ts';
import { type ChangeSchema, type ChangeType, changeSchemaOf, HEADER } from './change-schema.ts';
import { EventLog, type LoggedEvent } from './event-log.ts';
import { Way } from './mischief.ts';

/** Who reads along; told that something is there, not what. */
export interface Reader {
  wake(): void;
  /** The line is cut. */
  cut(): void;
}

/** Objects that can be followed; which ones are is an org setting (`changeEventEntities`). */
export const FOLLOWABLE = ['Task', 'Account', 'Contact', 'Lead', 'Opportunity', 'Case'] as const;

/** The event bus of the org: each commit becomes change events, kept for three days. */
export class EventBus {
  readonly way = new Way();
  readonly log: EventLog;
  readonly #org: Org;
  readonly #readers = new Set<Reader>();
  readonly #stop: () => void;
  #schemas: { of: Readonly<OrgSettings> | null; byObject: Map<string, ChangeSchema> };

  constructor(org: Org, folder: string | null) {
    this.#org = org;
    this.log = new EventLog(folder);
    this.#schemas = { of: null, byObject: new Map() };
    this.#stop = org.onCommit((commit) => this.#publish(commit));
  }

  get readers(): number {
    return this.#readers.size;
  }

  isFollowed(object: string): boolean {
    return this.#org.settings.changeEventEntities.includes(object);
  }

  /** Of the object as it is now; describing it anew for each commit would be slow. */
  schemaOf(object: string): ChangeSchema {
    if (this.#schemas.of !== this.#org.settings) {
      this.#schemas = { of: this.#org.settings, byObject: new Map() };
    }
    const known = this.#schemas.byObject.get(object);
    const schema = known ?? changeSchemaOf(this.#org.describe(object));
    this.#schemas.byObject.set(object, schema);
    return schema;
  }

  /** Also of an event that was written before the object changed. */
  schemaById(id: string): ChangeSchema | null {
    const current = FOLLOWABLE.map((object) => this.schemaOf(object));
    return this.log.schema(id) ?? current.find((schema) => schema.id === id) ?? null;
  }

  /** An event out of nothing: a gap, an overflow, or one that lies. */
  invent(
    object: string,
    as: Commit['ctx'],
    wanted: { type: ChangeType; ids: readonly Id[]; fields: Readonly<Record<string, unknown>> },
  ): void {
    const commit = { number: this.log.last, at: this.#org.clock.now(), ctx: as };
    this.#send(object, inventedEvent(commit, object, this.schemaOf(object), wanted));
  }

  join(reader: Reader): () => void {
    this.#readers.add(reader);
    return () => this.#readers.delete(reader);
  }

  /** Cuts every line; returns how many. */
  cutAll(): number {
    const cut = [...this.#readers];
    for (const reader of cut) reader.cut();
    return cut.length;
  }

  /** The newest events, readable. */
  recent(limit: number): readonly Readonly<Record<string, unknown>>[] {
    this.log.forget(this.#org.clock.now());
    return this.log.events.slice(-limit).map((event) => this.#shown(event));
  }

  clear(): void {
    this.way.clear();
    this.log.expire();
  }

  close(): void {
    this.#stop();
    this.way.clear();
    this.cutAll();
  }

  #publish(commit: Commit): void {
    for (const object of this.#org.settings.changeEventEntities) {
      if (!commit.changes.some((change) => change.object === object)) continue;
      for (const event of changeEventsOf(commit, object, this.schemaOf(object))) {
        this.#send(object, event);
      }
    }
  }

  #send(object: string, { header, body }: ChangeEvent): void {
    const schema = this.schemaOf(object);
    const payload = schema.type.toBuffer({ [HEADER]: header, ...body });
    this.way.pass(() => {
      const now = this.#org.clock.now();
      this.log.forget(now);
      this.log.append(now, object, schema, payload);
      for (const reader of this.#readers) reader.wake();
    });
  }

  #shown({ replay, at, schemaId, payload }: LoggedEvent): Readonly<Record<string, unknown>> {
    const schema = this.schemaById(schemaId);
    const { [HEADER]: header, ...fields } = schema?.type.fromBuffer(payload) ?? {};
    const names = (bitmaps: readonly string[]) =>
      positionsOf(bitmaps).map((position) => schema?.fields[position]);
    return {
      replayId: replay,
      at: new Date(at).toISOString(),
      header: {
        ...header,
        commitTimestamp: Number(header?.commitTimestamp ?? 0),
        commitNumber: String(header?.commitNumber ?? ''),
        changedFields: names(header?.changedFields ?? []),
        nulledFields: names(header?.nulledFields ?? []),
      },
      fields: Object.fromEntries(
        Object.entries(fields).flatMap(([name, value]) =>
          value === null ? [] : [[name, typeof value === 'bigint' ? Number(value) : value]],
        ),
      ),
    };
  }
}
