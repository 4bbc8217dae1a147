import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ChangeSchema, schemaFrom } from './change-schema.ts';

/** One event as it waits for readers. */
export interface LoggedEvent {
  /** Grows from event to event, and not by one. */
  readonly replay: number;
  /** The org's clock. */
  readonly at: number;
  readonly object: string;
  readonly schemaId: string;
  readonly payload: Buffer;
}

/** Salesforce keeps change events for three days. */
export const RETENTION_MS = 72 * 3_600_000;
/** More than any test or demo makes in three days; beyond it the oldest go early. */
const EVENTS_MAX = 50_000;
/** The first replay id of an org that never had an event. */
const FIRST_REPLAY = 1_000_000;

type Line =
  | { readonly t: 'schema'; readonly json: string }
  | { readonly t: 'last'; readonly replay: number }
  | { readonly t: 'event'; readonly e: Omit<LoggedEvent, 'payload'> & { readonly p: string } };

/** The events of the last three days, in order. With a folder they survive a restart. */
export class EventLog {
  readonly #path: string | null;
  readonly #schemas = new Map<string, ChangeSchema>();
  #events: LoggedEvent[] = [];
  #last = FIRST_REPLAY;
  #lines = 0;

  constructor(folder: string | null) {
    this.#path = folder === null ? null : join(folder, 'events.jsonl');
    if (folder !== null) mkdirSync(folder, { recursive: true });
    this.#read();
  }

  /** Replay id of the newest event, or of where the next one comes after. */
  get last(): number {
    return this.#last;
  }

  get events(): readonly LoggedEvent[] {
    return this.#events;
  }

  schema(id: string): ChangeSchema | null {
    return this.#schemas.get(id) ?? null;
  }

  append(at: number, object: string, schema: ChangeSchema, payload: Buffer): LoggedEvent {
    if (!this.#schemas.has(schema.id)) {
      this.#schemas.set(schema.id, schema);
      this.#write({ t: 'schema', json: schema.json });
    }
    // Readers must not compute the next one.
    const replay = this.#last + 1 + (payload.length % 4);
    const event = { replay, at, object, schemaId: schema.id, payload };
    this.#last = replay;
    this.#events.push(event);
    this.#write({ t: 'event', e: packed(event) });
    return event;
  }

  /** Forgets what is older than three days. */
  forget(now: number): void {
    const kept = this.#events.filter(
      ({ at }) => at > now - RETENTION_MS && at < now + RETENTION_MS,
    );
    this.#events = kept.slice(Math.max(0, kept.length - EVENTS_MAX));
    if (this.#lines > 2 * EVENTS_MAX) this.#rewrite();
  }

  /** Forgets everything: whoever wants to go on from an old place cannot. */
  expire(): number {
    const gone = this.#events.length;
    this.#events = [];
    this.#last += 1;
    this.#rewrite();
    return gone;
  }

  /** Whether a reader can go on from here. */
  isPlace(replay: number): boolean {
    return replay === this.#last || this.#events.some((event) => event.replay === replay);
  }

  /** Place of the first event after this one. */
  indexAfter(replay: number): number {
    let low = 0;
    let high = this.#events.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#events[middle]?.replay ?? 0) > replay) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  #rewrite(): void {
    if (this.#path === null) return;
    const used = new Set(this.#events.map((event) => event.schemaId));
    const lines: Line[] = [
      ...[...this.#schemas.values()]
        .filter(({ id }) => used.has(id))
        .map(({ json }): Line => ({ t: 'schema', json })),
      ...this.#events.map((event): Line => ({ t: 'event', e: packed(event) })),
      { t: 'last', replay: this.#last },
    ];
    for (const id of this.#schemas.keys()) if (!used.has(id)) this.#schemas.delete(id);
    writeFileSync(this.#path, lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
    this.#lines = lines.length;
  }

  #read(): void {
    if (this.#path === null || !existsSync(this.#path)) return;
    const text = readFileSync(this.#path, 'utf8');
    // What a crash left of a last line is no line.
    for (const written of text.slice(0, text.lastIndexOf('\n') + 1).split('\n')) {
      if (written === '') continue;
      this.#lines += 1;
      const line = JSON.parse(written) as Line;
      if (line.t === 'schema') {
        const schema = schemaFrom(line.json);
        this.#schemas.set(schema.id, schema);
      } else if (line.t === 'last') {
        this.#last = line.replay;
      } else {
        const { p, ...event } = line.e;
        this.#events.push({ ...event, payload: Buffer.from(p, 'base64') });
        this.#last = event.replay;
      }
    }
  }

  #write(line: Line): void {
    if (this.#path === null) return;
    appendFileSync(this.#path, `${JSON.stringify(line)}\n`);
    this.#lines += 1;
  }
}

function packed({ payload, ...event }: LoggedEvent) {
  return { ...event, p: payload.toString('base64') };
}
