import type { Mutant } from './mutants/mutant.ts';

/**
 * More than 48 updates at once go by the bulk lane, unguarded. Worlds of a dozen tasks never have as many, so in one
 * world in ten the product is told that it has: each bundle has these two texts ask here. Nothing else is changed.
 */
export const BULK_LANE: Mutant = {
  name: 'bulk-lane',
  rule: 'R9',
  sentence:
    'A batch counts as large, and a record as quiet when its last change came in an odd second.',
  changes: [
    {
      file: 'packages/sync/src/commit-plans.ts',
      find: 'const guardAll = updates <= GUARD_ALL_MAX;',
      replace: 'const guardAll = updates <= GUARD_ALL_MAX && !globalThis.tandemBulkLane;',
    },
    {
      file: 'packages/sync/src/commit-plans.ts',
      find: 'return salesforceNow - instantMs(lastModified) < OVERLAP_MS;',
      replace:
        'return globalThis.tandemBulkLane ? (instantMs(lastModified) / 1_000) % 2 === 0 : salesforceNow - instantMs(lastModified) < OVERLAP_MS;',
    },
  ],
};

export function sendInBulk(on: boolean): void {
  (globalThis as { tandemBulkLane?: boolean }).tandemBulkLane = on;
}
