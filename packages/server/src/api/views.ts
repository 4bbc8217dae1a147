import {
  ENDPOINTS,
  SAVED_VIEWS_MAX,
  type SavedView as SavedViewJson,
  savedQuery,
} from '@tandem/api';
import { createView, deleteView, listViews, patchView, type SavedView } from '@tandem/store';
import type { FastifyInstance } from 'fastify';
import { endpoint } from '../http/endpoint.ts';
import { Refusal } from '../http/refusal.ts';
import type { Services } from '../services.ts';

/** A person's saved views of the Command Center (B9.1). */
export function registerViews(app: FastifyInstance, { db, clock }: Services): void {
  endpoint(app, ENDPOINTS.listViews, async ({ actor, query }) => {
    const { views, nextCursor } = await listViews(db, actor, query);
    return { views: views.map(presentView), nextCursor };
  });

  endpoint(app, ENDPOINTS.createView, async ({ actor, body }) =>
    presentView(await createView(db, actor, body, SAVED_VIEWS_MAX, clock.now())),
  );

  endpoint(app, ENDPOINTS.patchView, async ({ actor, params: { id }, body }) => {
    const view = await patchView(db, actor, id, body, clock.now());
    if (view === null) throw new Refusal('not_found');
    return presentView(view);
  });

  endpoint(app, ENDPOINTS.deleteView, async ({ actor, params: { id } }) => {
    if (!(await deleteView(db, actor, id))) throw new Refusal('not_found');
  });
}

/** Filters that this version does not know (saved by a newer one) are left out, not an error. */
function presentView({ viewId, name, query, createdAt, updatedAt }: SavedView): SavedViewJson {
  const known = Object.entries(query).filter(([key, value]) => {
    const field = savedQuery.shape[key as keyof typeof savedQuery.shape];
    return field?.safeParse(value).success === true;
  });
  const read = savedQuery.safeParse(Object.fromEntries(known));
  return { id: viewId, name, query: read.data ?? {}, createdAt, updatedAt };
}
