import type { Owner } from './scheduler.ts';

/** One life of a worker process, from its start to its crash. */
export interface Process extends Owner {
  readonly worker: string;
  /** Its clock minus the true one. */
  readonly skew: number;
  /** The lease token it was given last. */
  token: number;
}
