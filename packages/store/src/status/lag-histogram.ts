/**
 * How long changes took, as counts per step: small, bounded, and enough to say p50 and p99 within a step
 * (B11.6). The steps are closest where people notice the difference.
 */
export const LAG_BOUNDS_MS: readonly number[] = [
  250, 500, 1_000, 1_500, 2_000, 3_000, 5_000, 8_000, 12_000, 15_000, 20_000, 30_000, 60_000,
  120_000, 600_000, 3_600_000, 86_400_000,
];
/** The last step has no upper bound. */
export const LAG_STEPS = LAG_BOUNDS_MS.length + 1;

export interface LagSummary {
  readonly count: number;
  readonly p50Ms: number | null;
  readonly p99Ms: number | null;
}

export function summaryOf(counts: readonly number[]): LagSummary {
  const count = counts.reduce((sum, step) => sum + step, 0);
  return { count, p50Ms: quantileOf(counts, 0.5), p99Ms: quantileOf(counts, 0.99) };
}

/** Which step a time falls into; a clock that is a little ahead makes no time negative. */
export function stepOf(ms: number): number {
  const step = LAG_BOUNDS_MS.findIndex((bound) => ms <= bound);
  return step === -1 ? LAG_BOUNDS_MS.length : step;
}

/** Evenly spread within its step; in the last one, its beginning: more than that is not known. */
export function quantileOf(counts: readonly number[], part: number): number | null {
  const total = counts.reduce((sum, step) => sum + step, 0);
  if (total === 0) return null;
  const rank = part * total;
  let below = 0;
  for (const [step, count] of counts.entries()) {
    if (count > 0 && below + count >= rank) {
      const from = LAG_BOUNDS_MS[step - 1] ?? 0;
      const to = LAG_BOUNDS_MS[step] ?? from;
      return Math.round(from + (to - from) * ((rank - below) / count));
    }
    below += count;
  }
  return LAG_BOUNDS_MS.at(-1) ?? null;
}

export function addCounts(all: readonly (readonly number[])[]): readonly number[] {
  return Array.from({ length: LAG_STEPS }, (_, step) =>
    all.reduce((sum, counts) => sum + (counts[step] ?? 0), 0),
  );
}
