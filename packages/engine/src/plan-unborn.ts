import { type MapContext, toSf } from './field-map.ts';
import type { Intent, Link } from './link.ts';
import type { Plan, PlanInput, SfAction } from './plan-types.ts';
import { type AppValues, SYNCED_FIELDS } from './task.ts';

/** The record has not been seen yet: it is still to be created, or its creation is in doubt. */
export function planUnborn({ link, app, context, policy }: PlanInput): Plan {
  if (app.kind === 'trashed') {
    // Never sent: nothing to take back. With a send in doubt we wait until it is found or ruled out.
    return link.intents.length === 0 ? { ...idle(link), state: 'dead' } : idle(link);
  }
  // R8: it may exist already and nobody can tell; a person decides ("Retry").
  if (link.parked?.code === 'OUTCOME_UNKNOWN') return idle(link);
  // R10: a restored backup forgot what a request sent that may land yet. Beside another with what the task holds now,
  // the record would not tell which of them it was born of, and so not which of two values came later.
  if (link.intents.some(isForgotten)) return idle(link);
  const map: MapContext = { policy, origin: link.origin, context };
  // R7, R8: the same creation key however often it is sent; a second birth is refused by the unique key.
  return { ...idle(link), state: 'live', sf: birth(app.values, map) };
}

/** All fields of a new record; a value that does not travel is left to Salesforce's own default. */
function birth(app: AppValues, map: MapContext): SfAction {
  const values: Record<string, unknown> = {};
  const sent: Record<string, unknown> = {};
  let cutFrom: number | null = null;
  for (const field of SYNCED_FIELDS) {
    const write = toSf(field, app, map, true);
    if (write === 'none') continue;
    values[field] = write.value;
    sent[field] = app[field];
    if (field === 'name') cutFrom = write.cutFrom ?? null;
  }
  return { kind: 'create', values, app: sent, subject: { cutFrom } };
}

/** A birth of which nothing is known but that there may have been one. */
function isForgotten({ kind, fields }: Intent): boolean {
  return kind === 'create' && Object.keys(fields).length === 0;
}

/** Nothing to do on either side. */
export function idle(link: Link): Plan {
  return {
    app: { kind: 'none' },
    rebirth: false,
    sf: { kind: 'none' },
    base: link.base,
    intents: link.intents,
    state: link.state,
    formerOpenStatus: link.formerOpenStatus,
    journal: [],
  };
}
