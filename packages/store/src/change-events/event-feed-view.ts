import type { Instant } from '@tandem/engine';
import { sql } from 'kysely';
import { instantText } from '../links/instant-text.ts';

/** B11.6: whether changes in Salesforce are told by events, and when the last one came. */
export interface EventsView {
  /** `off`: nobody of the org may follow them, or Tandem is told not to. */
  readonly state: 'off' | 'opening' | 'listening' | 'lost' | 'refused';
  readonly since: Instant | null;
  readonly lastEventAt: Instant | null;
  /** Why it does not listen: a code of the catalogue, and Salesforce's own words. */
  readonly code: string | null;
  readonly message: string | null;
}

/** As a column of a statement over `tandem.connections c`. A listener that has died listens no more. */
export const eventsColumn = sql<EventsView | null>`(
  select jsonb_build_object(
    'state', case when f.state in ('opening', 'listening')
      and (f.lease_until is null or f.lease_until < now()) then 'lost' else f.state end,
    'since', ${instantText(sql`f.state_since`)}, 'lastEventAt', ${instantText(sql`f.last_event_at`)},
    'code', f.code, 'message', f.message)
  from tandem.event_feeds f where f.workspace_id = c.workspace_id and f.org_id = c.org_id)`;

export const NO_EVENTS: EventsView = {
  state: 'off',
  since: null,
  lastEventAt: null,
  code: null,
  message: null,
};
