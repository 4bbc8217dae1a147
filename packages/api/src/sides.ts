import { z } from 'zod';
import { instant, plainDate, recordRef } from './task.ts';

/** GET tasks/{id}/sides: the record as last seen in Salesforce, in Salesforce's own words and values. */
export const salesforceSide = z.object({
  subject: z.string().nullable(),
  status: z.string(),
  priority: z.string(),
  dueDate: plainDate.nullable(),
  details: z.string().nullable(),
  ownerId: z.string(),
  /** Where the owner is connected here. */
  ownerName: z.string().nullable(),
  person: recordRef.nullable(),
  related: recordRef.nullable(),
  isClosed: z.boolean(),
  isDeleted: z.boolean(),
  isArchived: z.boolean(),
  /** When somebody last changed it there; `stampedAt` moves with every system process too. */
  modifiedAt: instant,
  /** Null: not read again since Tandem wrote the record itself. */
  stampedAt: instant.nullable(),
  seenAt: instant,
});
/**
 * `same`: nothing is needed. `on_its_way`: ours has not arrived yet. `apart`: differs on purpose: a value that is not
 * mapped, a Subject that does not follow. `differs`: else.
 */
export const sideState = z.enum(['same', 'on_its_way', 'apart', 'differs']);
const fieldStates = z.object({
  name: sideState,
  status: sideState,
  priority: sideState,
  dueDate: sideState,
  details: sideState,
  owner: sideState,
  person: sideState,
  related: sideState,
});
export const taskSides = z.object({
  /** Null: never seen there, or `isMissing`: not shown any more. */
  salesforce: salesforceSide.nullable(),
  isMissing: z.boolean(),
  fields: fieldStates.nullable(),
});
export type TaskSides = z.infer<typeof taskSides>;
