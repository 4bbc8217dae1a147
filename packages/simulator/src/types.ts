/** The seam between the simulation and whoever runs it: command line, workers, shrinking, tables. */

export interface SimOptions {
  /** Faults that never fire, whatever the seed says. The other streams do not shift. */
  readonly faultsOff?: readonly string[];
  /** Indexes of user actions that are left out. The others keep their time and their choices. */
  readonly dropActions?: readonly number[];
  /** Synced fields nobody edits. */
  readonly fieldsOff?: readonly string[];
  /** The world itself overwrites a person's value as if it were the engine: must be reported. */
  readonly canary?: boolean;
  readonly trace?: boolean;
  /** Updates go by the bulk lane; where it is not said, in one seed in ten. */
  readonly bulkLane?: boolean;
  /** Tasks are given to a colleague who is not connected; where it is not said, in one seed in five. */
  readonly outsiders?: boolean;
  /** Default true: each fault is off in half the seeds. */
  readonly swarm?: boolean;
}

export interface Violation {
  /** The invariant, `I2`. */
  readonly id: string;
  readonly message: string;
  readonly step: number;
}

export interface RunReport {
  readonly seed: number;
  readonly violations: readonly Violation[];
  /** The same seed and options give the same hash. */
  readonly traceHash: string;
  /** Scheduler picks. */
  readonly steps: number;
  /** How many user actions the scenario had, for dropping. */
  readonly actions: number;
  readonly faultsOn: readonly string[];
  /** `fault:reply_lost`, `branch:conflict/B10.2/app/safety`, `pair:reply_lost×adopted/R8`, … */
  readonly counters: Readonly<Record<string, number>>;
  /** One line a pick and effect; empty unless `options.trace`. */
  readonly trace: readonly string[];
  readonly engineWrites: number;
  readonly conflicts: number;
}
