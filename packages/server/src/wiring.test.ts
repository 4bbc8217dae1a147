import { BULK_ROWS, GUARDED_ROWS } from '@tandem/salesforce';
import { BULK_MAX, GUARDED_MAX } from '@tandem/sync';
import { expect, test } from 'vitest';

/** Sync and the adapter do not know each other; the server brings them together. */
test('R9 E1 sync fills its calls exactly as far as the adapter takes them', () => {
  expect({ guarded: GUARDED_MAX, bulk: BULK_MAX }).toEqual({
    guarded: GUARDED_ROWS,
    bulk: BULK_ROWS,
  });
});
