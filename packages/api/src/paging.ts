import { z } from 'zod';

/** Where a page ended, as the answer before told it. Sort keys are in it, so a long name makes a long cursor. */
export const cursor = z.string().max(4000);

export const limit = (fallback: number, max: number) =>
  z.coerce.number().int().min(1).max(max).default(fallback);

/** Every list takes these two, and answers with `nextCursor`, which is null at its end. */
export const pageQuery = z.strictObject({ limit: limit(100, 200), cursor: cursor.optional() });
export const historyPageQuery = z.strictObject({
  limit: limit(50, 200),
  cursor: cursor.optional(),
});
