import {
  type Instant,
  instantMs,
  isInLandingWindow,
  type Link,
  type SalesforceId,
} from '@tandem/engine';
import type { LinkedTask, SyncTx } from './ports.ts';
import type { Run } from './run.ts';
import { takeIn } from './take-in.ts';

/** Salesforce takes 200 ids comfortably in one query. */
const READ_MAX = 200;

/**
 * Reads records by id before their links are planned again: after a 412, a "gone", an adopted duplicate or a
 * lost reply. A record that is not shown is marked missing; absence is no deletion (B7.2). Not where only an event
 * named it: it may be one that this user cannot see.
 */
export async function readRecords(
  run: Run,
  ids: readonly SalesforceId[],
  newSince: Instant | null = null,
  hiddenAre: 'mark_missing' | 'leave_hidden' = 'mark_missing',
): Promise<void> {
  let rest = [...new Set(ids)];
  while (rest.length > 0) {
    const wanted = rest.slice(0, READ_MAX);
    const { value, askedAt } = await run.read(() => run.ports.salesforce.readTasks(wanted));
    const shown = new Set(value.tasks.map((task) => task.Id));
    const hidden = wanted.filter((id) => !shown.has(id));
    // A page cut short by Salesforce says nothing of what it left out: that is asked for again. Each round
    // shows one at least, or all that was asked for is taken as not shown.
    const isCut = value.next !== null && hidden.length < wanted.length;
    await takeIn(run, value.tasks, askedAt, newSince, async (tx) => {
      if (isCut || hiddenAre === 'leave_hidden') return;
      const missing = (await tx.linksBySalesforceId(hidden)).filter(({ link }) =>
        isOlderThan(link, askedAt),
      );
      await markMissing(tx, missing, askedAt);
    });
    rest = isCut ? [...hidden, ...rest.slice(wanted.length)] : rest.slice(wanted.length);
  }
}

/** What was seen after the question was asked is no news: a record may be younger than the question. */
function isOlderThan(link: Link, askedAt: Instant): boolean {
  return link.sf.kind === 'unborn' || instantMs(link.sf.seenAt) <= instantMs(askedAt);
}

/** The plan makes of it a link that is `gone`: kept, and looked for again by each full comparison. */
export async function markMissing(
  tx: SyncTx,
  links: readonly LinkedTask[],
  seenAt: Instant,
): Promise<void> {
  if (links.length === 0) return;
  await tx.saveLinks(
    links.map(({ link }) => ({
      link: {
        ...link,
        sf: { kind: 'missing', seenAt },
        // A birth that can land no more may have landed: what it sent is known until a poll would have shown it (R8).
        intents: link.intents.filter(
          (intent) => intent.kind === 'create' || isInLandingWindow(intent, seenAt),
        ),
      },
      dirty: true,
      task: { kind: 'none' },
      journal: [],
    })),
  );
}
