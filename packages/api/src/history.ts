import { z } from 'zod';
import { historyPageQuery } from './paging.ts';
import { historyEntry, owner } from './task.ts';

/** GET history: what happened to all the tasks one may see, newest first (B11.4). */

export const historyKind = z.enum(['conflicts', 'deletions', 'refusals', 'edits']);
export type HistoryKind = z.infer<typeof historyKind>;

export const teamHistoryQuery = historyPageQuery.extend({
  owner,
  kind: historyKind.optional(),
  /** Where it happened; `engine` is what Tandem did by itself. */
  side: z.enum(['app', 'sf', 'engine']).optional(),
  /** Anywhere in the task's name. */
  text: z.string().trim().max(200).optional(),
});
export const teamHistory = z.object({
  entries: z.array(
    historyEntry.extend({
      task: z.object({
        id: z.uuid(),
        name: z.string(),
        ownerId: z.string(),
        isInTrash: z.boolean(),
      }),
    }),
  ),
  /** With `text` a page may be short, or empty, and still have a next one: how far a page looks is bounded. */
  nextCursor: z.string().nullable(),
});
export type TeamHistoryEntry = z.infer<typeof teamHistory>['entries'][number];
