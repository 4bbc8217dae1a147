/** What a long enough series of runs must have seen; a zero among these counters is a hole in the proof. */
export const BRANCHES: readonly string[] = [];
