/** One deliberate mistake: a rule of the engine broken in the product's own text. The simulation must find it. */
export interface Mutant {
  readonly name: string;
  /** R1–R14, or the invariant that a widespread mistake breaks. */
  readonly rule: string;
  /** What the broken engine does. */
  readonly sentence: string;
  readonly changes: readonly Change[];
}

/** `find` must occur exactly once in `file` (a path from the repository's root). */
export interface Change {
  readonly file: string;
  readonly find: string;
  readonly replace: string;
}
