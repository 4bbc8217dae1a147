import { z } from 'zod';
import { pageQuery } from './paging.ts';
import { faultClass, instant } from './task.ts';

/** What did not get through (B11.1, B11.3). A parked task waits here; a skipped one never came in. */

const problemKind = z.enum(['parked', 'skipped']);
const problemClass = z.enum([...faultClass.options, 'skipped']);
const whoseMove = z.enum(['nobody', 'user', 'admin']);
const cause = z.string().min(1).max(200);

export const syncProblem = z.object({
  id: z.string(),
  kind: problemKind,
  taskId: z.uuid().nullable(),
  salesforceId: z.string().nullable(),
  salesforceUrl: z.url().nullable(),
  name: z.string(),
  /** Whose task it is; of a skipped one, whose account left it out. */
  ownerId: z.string(),
  /** Salesforce's own code, or ours; of a skipped one the reason. */
  code: z.string(),
  /** A row of docs/ERRORS.md: codes that mean two things are told apart. */
  cause: z.string(),
  class: problemClass,
  whoseMove,
  /** Salesforce's own words. */
  message: z.string(),
  since: instant,
  /** When Tandem tries again by itself; null: not by the clock. */
  retryAt: instant.nullable(),
  /** Somebody has asked to try again, and that is under way. */
  isTrying: z.boolean(),
});
export type SyncProblem = z.infer<typeof syncProblem>;

export const syncProblemsQuery = pageQuery.extend({
  kind: problemKind.optional(),
  cause: cause.optional(),
  /** Those that somebody said "Ignore" to, instead of the others. */
  ignored: z
    .enum(['true', 'false'])
    .default('false')
    .transform((text) => text === 'true'),
});
export const syncProblems = z.object({
  problems: z.array(syncProblem),
  nextCursor: z.string().nullable(),
});

/** GET sync/problems/causes: everything counted, what a person must do first. */
export const problemCauses = z.object({
  causes: z.array(
    z.object({
      kind: problemKind,
      cause: z.string(),
      class: problemClass,
      whoseMove,
      count: z.int(),
      /** How many of them are one's own tasks. */
      own: z.int(),
      /** The oldest. */
      since: instant,
    }),
  ),
  /** How many wait for the one who asks: own tasks, and for an admin what only an admin can mend. */
  toAct: z.int(),
  ignored: z.int(),
});
export type ProblemCauses = z.infer<typeof problemCauses>;

/** POST sync/problems/bulk: by name, or all of one cause. */
export const problemsChange = z
  .strictObject({
    action: z.enum(['retry', 'ignore', 'put_back']),
    ids: z.array(z.string().min(1).max(200)).min(1).max(500).optional(),
    kind: problemKind.optional(),
    cause: cause.optional(),
  })
  .refine(
    ({ ids, kind, cause: of }) => (ids === undefined) === (kind !== undefined && of !== undefined),
    {
      path: ['ids'],
      message: 'goes without kind and cause, or else both of them',
    },
  );
export type ProblemsChange = z.input<typeof problemsChange>;
export const problemsChanged = z.object({
  /** What was changed, so that it can be taken back. */
  ids: z.array(z.string()),
  /** There are more of this cause; ask again. */
  more: z.boolean(),
});
