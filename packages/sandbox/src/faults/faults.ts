import { seededRandom } from '../seed/random.ts';

/**
 * Faults a test or a curious person asks for. Each fault is matched against API requests in the
 * order the faults were added; the first that fires decides.
 *
 * - `status`: the request is answered with an error and nothing happens in the org.
 * - `latency`: the request waits, then goes on (and may still meet a later fault).
 * - `reply_lost`: the request takes effect, then the connection is cut before any answer.
 */
export interface FaultSpec {
  readonly kind: 'status' | 'latency' | 'reply_lost';
  readonly match: FaultMatch;
  /** How often it fires before it is spent; null is without end. */
  readonly times: number | null;
  /** Matching requests let through first. */
  readonly after: number;
  /** 0–1, drawn from a generator with `seed`, so that a run can be repeated. */
  readonly probability: number;
  readonly seed: number;
  readonly status: number;
  readonly errorCode: string;
  readonly message: string;
  /** Replaces the usual error body when given. */
  readonly body: unknown;
  readonly retryAfterSeconds: number | null;
  readonly ms: number;
}

export interface FaultMatch {
  readonly method: string | null;
  /** A regular expression on path and query. */
  readonly path: string | null;
  readonly bodyContains: string | null;
}

export interface Fault extends FaultSpec {
  readonly id: string;
  /** Matching requests seen and times fired. */
  readonly seen: number;
  readonly fired: number;
}

export interface FaultRequest {
  readonly method: string;
  readonly url: string;
  /** Read only when a fault asks for it. */
  body(): string;
}

export interface Faults {
  add(spec: FaultSpec): Fault;
  list(): readonly Fault[];
  remove(id: string): boolean;
  clear(): number;
  /** The faults that fire for this request: any latencies, then at most one that decides. */
  fire(request: FaultRequest): readonly Fault[];
}

/** A test sets a handful; a hundred at once is a script gone wrong. */
export const FAULTS_MAX = 100;

interface Entry {
  spec: FaultSpec;
  id: string;
  seen: number;
  fired: number;
  pattern: RegExp | null;
  draw: () => number;
}

export function createFaults(): Faults {
  let entries: Entry[] = [];
  let serial = 0;

  const fires = (entry: Entry, request: FaultRequest): boolean => {
    const { match, times, after, probability } = entry.spec;
    if (times !== null && entry.fired >= times) return false;
    if (match.method !== null && match.method.toUpperCase() !== request.method) return false;
    if (entry.pattern !== null && !entry.pattern.test(request.url)) return false;
    if (match.bodyContains !== null && !request.body().includes(match.bodyContains)) return false;
    entry.seen += 1;
    if (entry.seen <= after) return false;
    if (probability < 1 && entry.draw() >= probability) return false;
    entry.fired += 1;
    return true;
  };

  return {
    add(spec) {
      serial += 1;
      const entry: Entry = {
        spec,
        id: `f${serial}`,
        seen: 0,
        fired: 0,
        pattern: spec.match.path === null ? null : new RegExp(spec.match.path),
        draw: seededRandom(spec.seed),
      };
      entries = [...entries, entry];
      return present(entry);
    },
    list: () => entries.map(present),
    remove(id) {
      const before = entries.length;
      entries = entries.filter((entry) => entry.id !== id);
      return entries.length < before;
    },
    clear() {
      const count = entries.length;
      entries = [];
      return count;
    },
    fire(request) {
      const firing: Fault[] = [];
      for (const entry of entries) {
        if (!fires(entry, request)) continue;
        firing.push(present(entry));
        if (entry.spec.kind !== 'latency') break;
      }
      return firing;
    },
  };
}

function present(entry: Entry): Fault {
  return { ...entry.spec, id: entry.id, seen: entry.seen, fired: entry.fired };
}
