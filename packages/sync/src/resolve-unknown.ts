import {
  type Instant,
  isInDoubt,
  isInLandingWindow,
  type Link,
  waitsForReturn,
} from '@tandem/engine';
import { birthsOf } from './births.ts';
import { findBirthsByValue, isBirthInDoubt } from './match-birth.ts';
import { newSince } from './poll.ts';
import type { LinkedTask, SyncTx } from './ports.ts';
import { readRecords } from './read-records.ts';
import { type Run, RunStopped } from './run.ts';
import { takeIn } from './take-in.ts';

/** Looked at in one turn; the oldest first, and what is more comes with the next. */
const RESOLVE_MAX = 1_000;
/** One read call's worth (Salesforce takes 200 ids or keys comfortably in one query). */
const KEYS_MAX = 200;

/**
 * Requests whose reply never came: looked up before anything else is decided about their links. A create is
 * searched by its key, or by its values where the org has no key field; everything else is read by its id.
 * What was found is an observation like any other, and the plan settles the rest (R8, R10, R11).
 */
export async function resolveUnknown(run: Run, links: readonly LinkedTask[]): Promise<void> {
  if (links.length === 0) return;
  const births = links.filter(
    ({ link }) => link.salesforceId === null && birthsOf(link).length > 0,
  );
  const keyless = births.filter(({ link }) => isBirthInDoubt(run, link));
  run.activity += links.length - keyless.filter(({ link }) => link.parked !== null).length;
  await findByKey(
    run,
    births.filter(({ link }) => !isBirthInDoubt(run, link)),
  );
  await findBirths(run, keyless);
  await readRecords(
    run,
    links.flatMap(({ link }) => link.salesforceId ?? []),
  );
}

/**
 * To be resolved in this turn; those that nobody waits for any more are put in order at once. Of these, a tombstone
 * whose record was undeleted is looked at once more: it may have been out of sight for as long as another life of its
 * task was in doubt, and the record deleted and purged meanwhile.
 */
export async function linksInDoubt(run: Run, tx: SyncTx): Promise<readonly LinkedTask[]> {
  const open = await tx.unresolvedLinks(run.now(), RESOLVE_MAX);
  const spent = await forgetSpent(run, tx, open);
  return [
    ...open.filter(({ link }) => isInDoubt(link)),
    ...spent.filter(({ link }) => isUndeleted(link)),
  ];
}

function isUndeleted({ state, sf }: Link): boolean {
  return state === 'dead' && sf.kind === 'seen' && !sf.task.IsDeleted;
}

/** What turned out to be nobody's birth, and was held back for it, comes in as any other record. */
async function findBirths(run: Run, links: readonly LinkedTask[]): Promise<void> {
  const askedAt = run.now();
  const found = await findBirthsByValue(run, links);
  if (found.length > 0) await takeIn(run, found, askedAt, newSince(run.connection));
}

/**
 * R11: requests that nobody waited for, and that can land no more. Not before a poll has shown what they may have
 * done at the last moment, and that was planned.
 */
async function forgetSpent(
  run: Run,
  tx: SyncTx,
  links: readonly LinkedTask[],
): Promise<readonly LinkedTask[]> {
  const seenTo = run.connection.lastPollAt ?? run.now();
  const spent = links.flatMap(({ link, ...linked }) => {
    const next = withoutOldIntents(link, seenTo);
    const isOver = !isInDoubt(link) && next.intents.length < link.intents.length;
    return isOver ? [{ ...linked, link: next }] : [];
  });
  if (spent.length > 0)
    await tx.saveLinks(
      spent.map(({ link }) => ({ link, dirty: true, task: { kind: 'none' }, journal: [] })),
    );
  return spent;
}

async function findByKey(run: Run, links: readonly LinkedTask[]): Promise<void> {
  for (let start = 0; start < links.length; start += KEYS_MAX) {
    const births = links.slice(start, start + KEYS_MAX);
    const keys = births.map(({ link }) => link.creationKey);
    const reply = await readByKey(run, keys);
    // The field is gone since the connection was read: what it cannot tell, the values may.
    if (reply === null) {
      await findBirths(run, births);
      continue;
    }
    const { value, askedAt } = reply;
    await takeIn(run, value.tasks, askedAt);
    const found = new Set(value.tasks.map((task) => task.CreationKey));
    // A key is one record: a page cut short says nothing about the keys it does not name.
    if (value.next !== null) continue;
    const absent = births.filter(({ link }) => !found.has(link.creationKey));
    await run.transact(async (tx) => {
      const fresh = await tx.linksById(absent.map(({ link }) => link.id));
      // Not born, or not yet: sending it again is safe, because the key is unique (R8). Births that may still
      // land stay on record until they cannot (R11).
      await tx.saveLinks(
        fresh.map(({ link }) => ({
          link: withoutOldIntents(link, run.now()),
          dirty: true,
          task: { kind: 'none' },
          journal: [],
        })),
      );
    });
  }
}

/** Null where the org has no such field. */
async function readByKey(run: Run, keys: readonly string[]) {
  try {
    return await run.read(() => run.ports.salesforce.findByCreationKey(keys));
  } catch (error) {
    if (error instanceof RunStopped && error.fault.code === 'NO_CREATION_KEY') return null;
    throw error;
  }
}

function withoutOldIntents(link: Link, lookedAt: Instant): Link {
  const intents = link.intents.filter(
    (intent) => waitsForReturn(link, intent) || isInLandingWindow(intent, lookedAt),
  );
  return { ...link, intents };
}
