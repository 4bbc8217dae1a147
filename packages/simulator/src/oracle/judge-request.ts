import {
  type CreateRow,
  type Intent,
  type Link,
  SALESFORCE_FIELD,
  type SalesforcePatch,
  type SyncedField,
  sameSf,
  type UpdateRow,
} from '@tandem/engine';
import type { Flight } from './flights.ts';
import type { Oracle, State } from './oracle.ts';

/** A write request as it leaves a process. */
export type Leaving =
  | { readonly kind: 'create'; readonly rows: readonly CreateRow[] }
  | { readonly kind: 'update'; readonly rows: readonly UpdateRow[] }
  | { readonly kind: 'delete'; readonly rows: readonly { readonly id: string }[] };

const MAPPED = new Set<string>(Object.values(SALESFORCE_FIELD));

/** I8, I9, I11 and I6's fields: what must hold at the moment a request leaves. Answers one flight a row. */
export function judgeRequest(
  oracle: Oracle,
  state: State,
  leaving: Leaving,
  sender: { readonly token: number },
  holdsLease: boolean,
): readonly (Flight | null)[] {
  if (!holdsLease)
    oracle.violate('I9', `a ${leaving.kind} left a worker whose lease had passed on`);
  return leaving.rows.map((row) => {
    const body = 'body' in row ? row.body : {};
    for (const name of Object.keys(body))
      if (!MAPPED.has(name)) oracle.violate('I6', `${name} is not a mapped field`);
    const recordId = 'id' in row ? row.id : null;
    const key = 'creationKey' in row ? row.creationKey : '';
    const link = linkOf(state, recordId, key);
    if (link === undefined) {
      oracle.violate('I6', `a ${leaving.kind} of ${recordId ?? key}, which no link names`);
      return null;
    }
    const intent = link.intents.findLast(
      (open) =>
        open.kind === leaving.kind && carries(open, body) && mayLeave(oracle, open.requestId),
    );
    if (intent === undefined) {
      oracle.violate('I8', `a ${leaving.kind} of ${link.taskId} left without a committed intent`);
      return null;
    }
    if (oracle.flights.openOf(link.id, sender).length > 0)
      oracle.violate('I11', `two writes of ${link.taskId} at once by one worker`);
    const flight: Flight = {
      requestId: intent.requestId,
      linkId: link.id,
      taskId: link.taskId,
      kind: leaving.kind,
      recordId,
      creationKey: key,
      guard: 'ifUnmodifiedSince' in row ? row.ifUnmodifiedSince : null,
      known: link.sf.kind === 'seen' ? link.sf.task : null,
      body,
      leftAt: oracle.now,
      sender,
      token: sender.token,
      state: 'travelling',
      answered: false,
      told: false,
      stored: false,
    };
    oracle.flights.add(flight);
    return flight;
  });
}

/** One request for one intent; one that was refused as a whole may go again in halves (L3). */
function mayLeave(oracle: Oracle, requestId: string): boolean {
  const flight = oracle.flights.get(requestId);
  return flight === undefined || flight.told;
}

function linkOf(state: State, recordId: string | null, key: string): Link | undefined {
  for (const { link } of state.links.values())
    if (recordId === null ? link.creationKey === key : link.salesforceId === recordId) return link;
  return undefined;
}

/** The intent holds exactly the values that are sent. */
function carries(intent: Intent, body: SalesforcePatch): boolean {
  const fields = Object.keys(intent.fields) as SyncedField[];
  return (
    fields.length === Object.keys(body).length &&
    fields.every((field) => sameSf(field, intent.fields[field]?.to, body[SALESFORCE_FIELD[field]]))
  );
}
