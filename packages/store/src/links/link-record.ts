import { faultOf, isInDoubt, type Link } from '@tandem/engine';

/** A link as the columns of tandem.links, for jsonb_to_recordset; intents go to their own table. */
export function linkRecord(link: Link, dirty: boolean) {
  return {
    link_id: link.id,
    task_id: link.taskId,
    salesforce_id: link.salesforceId,
    creation_key: link.creationKey,
    former_open_status: link.formerOpenStatus,
    origin: link.origin,
    base: link.base,
    sf: link.sf,
    state: link.state,
    parked: link.parked,
    retry_at: link.parked?.retryAt ?? null,
    whose_move:
      link.parked === null ? null : faultOf(link.parked.code, link.parked.message).whoseMove,
    dirty,
    // A request is under way, or nobody knows what came of it.
    waits: isInDoubt(link),
    // Nothing in doubt and nothing to do: both sides are as last seen (H3).
    settled:
      link.state === 'live' &&
      link.sf.kind === 'seen' &&
      link.parked === null &&
      !isInDoubt(link) &&
      !dirty,
    // The record's owner there, whose connection moves the link.
    sf_owner: link.sf.kind === 'seen' ? link.sf.task.OwnerId : null,
  };
}

export function intentRecords(link: Link) {
  return link.intents.map((intent, position) => ({
    link_id: link.id,
    request_id: intent.requestId,
    kind: intent.kind,
    sent_at: intent.sentAt,
    expected_revision: intent.expectedRevision,
    fields: intent.fields,
    position,
  }));
}

/** Who changed it, as far as it is known: in Salesforce, whoever modified the record last. */
export function sfActorOf(link: Link): string | null {
  return link.sf.kind === 'seen' ? link.sf.task.LastModifiedById : null;
}
