import { z } from 'zod';
import { instant, owner, taskQuery } from './task.ts';

/** Saved views: filters and a sort under a name of one's own (B9.1). */

/** More would not fit beside the tabs, and nobody would find the right one. */
export const SAVED_VIEWS_MAX = 50;

const { view, from, to, type, priority, personId, syncState, text, sort } = taskQuery.shape;

/** What GET tasks takes, without the page; what is not named has its default there. */
export const savedQuery = z
  .strictObject({
    view: view.unwrap().optional(),
    from,
    to,
    type,
    priority,
    owner: owner.unwrap().optional(),
    personId,
    syncState,
    text,
    sort: sort.unwrap().optional(),
  })
  .refine((query) => query.view === 'range' || (query.from ?? query.to) === undefined, {
    path: ['from'],
    message: 'goes with view "range" only',
  });
export type SavedQuery = z.infer<typeof savedQuery>;

const name = z.string().trim().min(1, 'must not be empty').max(60);

export const savedView = z.object({
  id: z.uuid(),
  name: z.string(),
  query: savedQuery,
  createdAt: instant,
  updatedAt: instant,
});
export type SavedView = z.infer<typeof savedView>;
export const savedViews = z.object({
  views: z.array(savedView),
  nextCursor: z.string().nullable(),
});

export const newSavedView = z.strictObject({ name, query: savedQuery });
export type NewSavedView = z.input<typeof newSavedView>;
export const savedViewPatch = z
  .strictObject({ name, query: savedQuery })
  .partial()
  .refine((patch) => Object.keys(patch).length > 0, 'must name at least one field');
export type SavedViewPatch = z.input<typeof savedViewPatch>;

/** GET tasks/people: whom tasks are about, for the filter by person. */
export const peopleQuery = z.strictObject({
  /** Part of a name. */
  q: z.string().trim().max(100).optional(),
  /** Only this one, to learn the name. */
  personId,
  owner,
});
export type PeopleQuery = z.input<typeof peopleQuery>;
export const taskPerson = z.object({
  id: z.string(),
  type: z.string(),
  name: z.string(),
  openTasks: z.int(),
});
export type TaskPerson = z.infer<typeof taskPerson>;
export const taskPeople = z.object({ people: z.array(taskPerson) });
