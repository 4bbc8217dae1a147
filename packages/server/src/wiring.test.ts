import { BULK_ROWS, GUARDED_ROWS } from '@tandem/salesforce';
import { APPOINTED_AFTER_EDIT_MS, EVENTS_REST_MS } from '@tandem/store';
import { BULK_MAX, EDIT_SETTLE_MS, GUARDED_MAX, POLL_WITH_EVENTS_MS } from '@tandem/sync';
import { expect, test } from 'vitest';

/** Sync, the adapter and the store do not know each other; the server brings them together. */
test('R9 E1 sync fills its calls exactly as far as the adapter takes them', () => {
  expect({ guarded: GUARDED_MAX, bulk: BULK_MAX }).toEqual({
    guarded: GUARDED_ROWS,
    bulk: BULK_ROWS,
  });
});

test('E4 sync leaves a fresh edit to the turn that the store appoints for it', () => {
  expect(APPOINTED_AFTER_EDIT_MS).toBe(EDIT_SETTLE_MS);
});

test('B11.6 silence is not called a stall before the polls that sync leaves out beside events are due', () => {
  expect(EVENTS_REST_MS).toBe(POLL_WITH_EVENTS_MS);
});
