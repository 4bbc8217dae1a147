/**
 * B11.5, I10: a turn may take away this many without asking. A person clears a handful of tasks at once; a
 * mistake on the other side (a mass delete, a lost permission) takes far more.
 */
export const BRAKE_MIN = 10;

/** And this share of the connection's live links: clearing 30 of 1,000 is housekeeping, 30 of 50 is not. */
export const BRAKE_SHARE = 0.2;

/** Both bounds must be passed: `count` of `links` live links would be lost from one side. */
export function tooMany(count: number, links: number): boolean {
  return count > BRAKE_MIN && count > BRAKE_SHARE * links;
}
