import type { Instant } from '@tandem/engine';
import { tooMany } from './brake-limits.ts';
import type { Brake } from './ports.ts';

/** The deletions a turn held back until everything else had gone out. */
export interface Held {
  readonly toTrash: number;
  readonly toDelete: number;
  /** Live links of the connection, the held ones among them. */
  readonly links: number;
  /** Deleted earlier in the same turn. */
  readonly before: number;
  readonly now: Instant;
}

/** `go`: delete. `keep`: both sides stay as they are. `stop`: nothing is deleted, and `brake` is stored. */
export type BrakeDecision =
  | { readonly kind: 'go' }
  | { readonly kind: 'keep' }
  | { readonly kind: 'stop'; readonly brake: Brake };

/**
 * Stop before the first deletion, or not (B11.5, I10). Once stopped, everything that would delete waits for a
 * person, also when some of it was taken back and the rest would be within the limits: what is left over is
 * still part of what looked wrong, and going on by itself would delete a mass in instalments. Only when
 * nothing waits any more there is nothing to ask.
 */
export function decideBrake(brake: Brake | null, held: Held): BrakeDecision {
  const { toTrash, toDelete, links, before, now } = held;
  const count = toTrash + toDelete;
  if (count === 0) return { kind: 'go' };
  const fresh = { toTrash, toDelete, links, allowed: null } as const;

  if (brake?.kind !== 'mass_deletion') {
    if (!tooMany(before + count, before + links)) return { kind: 'go' };
    // One question at a time: people are still asked about the empty feed. Nothing is deleted meanwhile.
    if (brake !== null) return { kind: 'stop', brake };
    return { kind: 'stop', brake: { kind: 'mass_deletion', since: now, missing: 0, ...fresh } };
  }
  if (brake.kept === true) return { kind: 'keep' };
  // A "go on" covers as many as people were shown; more than that is a new question.
  if (brake.allowed !== null && count <= brake.allowed) return { kind: 'go' };
  const { kind, since, missing } = brake;
  return { kind: 'stop', brake: { kind, since, missing, ...fresh } };
}

export function sameBrake(a: Brake | null, b: Brake | null): boolean {
  return JSON.stringify(partsOf(a)) === JSON.stringify(partsOf(b));
}

function partsOf(brake: Brake | null): unknown {
  if (brake === null) return null;
  const { kind, since, toTrash, toDelete, missing, links, allowed, kept } = brake;
  return [kind, since, toTrash, toDelete, missing, links, allowed, kept === true];
}
