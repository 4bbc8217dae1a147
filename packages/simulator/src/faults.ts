import { Rng } from './random.ts';
import type { SimOptions } from './types.ts';

/** Everything that goes wrong in a simulated world; each is off in half the seeds, else of random strength. */
export const FAULTS = [
  // network
  'request_lost',
  'reply_lost',
  'lands_late',
  'half_applied',
  // change events
  'hint_duplicate',
  'hint_reordered',
  'hint_late',
  'hint_dropped',
  'hint_gap',
  // processes
  'crash',
  'crash_in_commit',
  'worker_paused',
  // Salesforce's answers
  'row_lock',
  'server_error',
  'rate_limited',
  'daily_limit',
  'token_revoked',
  // time
  'late_commit',
  'coarse_stamps',
  'clock_skew',
  'dst',
  'long_gap',
  // the org
  'trigger',
  'field_permission',
  'picklist_changed',
  'owner_changed',
  'archived',
  'purged',
  'undeleted',
  'poison_row',
  // operations
  'deploy',
  'restored_backup',
] as const;

export type Fault = (typeof FAULTS)[number];

/** How likely each fault is at its strongest, each time it could happen. */
const STRONGEST: Record<Fault, number> = {
  request_lost: 0.25,
  reply_lost: 0.25,
  lands_late: 0.2,
  half_applied: 0.5,
  hint_duplicate: 0.5,
  hint_reordered: 0.5,
  hint_late: 0.5,
  hint_dropped: 0.7,
  hint_gap: 0.2,
  crash: 0.02,
  crash_in_commit: 0.06,
  worker_paused: 0.02,
  row_lock: 0.3,
  server_error: 0.15,
  rate_limited: 0.1,
  daily_limit: 0.03,
  token_revoked: 0.03,
  late_commit: 0.5,
  coarse_stamps: 1,
  clock_skew: 1,
  dst: 1,
  long_gap: 1,
  trigger: 0.5,
  field_permission: 1,
  picklist_changed: 1,
  owner_changed: 1,
  archived: 1,
  purged: 1,
  undeleted: 1,
  poison_row: 1,
  deploy: 1,
  restored_backup: 1,
};

/**
 * Restoring an older backup undoes what everybody saw, and a long gap ends most races; both would crowd out
 * the rest if they came in half of the worlds.
 */
const RARE: ReadonlyMap<Fault, number> = new Map([
  ['restored_backup', 0.15],
  ['long_gap', 0.15],
]);

interface Odds {
  /** 0: it never happens by itself. */
  readonly strength: number;
  /** Made when they are first thrown. */
  dice: Rng | null;
}

/** Decides for one world which faults there are and when they fire; each fault has dice of its own. */
export class FaultDice {
  readonly on: ReadonlySet<Fault>;
  /** False in the liveness phase: nothing new goes wrong. */
  enabled = true;
  readonly #seed: number;
  readonly #odds = new Map<Fault, Odds>();
  readonly #fired: (fault: Fault) => void;

  constructor(seed: number, options: SimOptions, fired: (fault: Fault) => void) {
    this.#seed = seed;
    this.#fired = fired;
    const rng = new Rng(seed, 'swarm');
    const off = new Set(options.faultsOff ?? []);
    const on = new Set<Fault>();
    for (const fault of FAULTS) {
      const wanted = rng.chance(RARE.get(fault) ?? 0.5) || options.swarm === false;
      const strength = 0.1 + 0.9 * rng.next();
      if (!wanted || off.has(fault)) continue;
      on.add(fault);
      this.#odds.set(fault, { strength: strength * STRONGEST[fault], dice: null });
    }
    this.on = on;
  }

  /** Does it happen now? */
  fire(fault: Fault): boolean {
    const odds = this.#odds.get(fault);
    if (!this.enabled || odds === undefined || odds.strength === 0) return false;
    odds.dice ??= new Rng(this.#seed, fault);
    if (!odds.dice.chance(odds.strength)) return false;
    this.#fired(fault);
    return true;
  }

  /** A fault of the world's own making that has just happened. */
  note(fault: Fault): void {
    this.#fired(fault);
  }

  dice(fault: Fault): Rng {
    let odds = this.#odds.get(fault);
    if (odds === undefined) {
      odds = { strength: 0, dice: null };
      this.#odds.set(fault, odds);
    }
    odds.dice ??= new Rng(this.#seed, fault);
    return odds.dice;
  }
}
