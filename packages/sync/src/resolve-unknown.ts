import { faultOf, instantMs, LANDING_WINDOW_MS, type Link, type Parked } from '@tandem/engine';
import { intake } from './intake.ts';
import type { LinkedTask } from './ports.ts';
import { readRecords } from './read-records.ts';
import { type Run, RunStopped } from './run.ts';

/** One read call's worth (Salesforce takes 200 ids or keys comfortably in one query). */
const RESOLVE_MAX = 200;

/**
 * Requests whose reply never came: looked up before anything else is decided about their links. A create is
 * searched by its key, everything else read by its id; what was found is an observation like any other, and
 * the plan settles the rest (R8, R10, R11).
 */
export async function resolveUnknown(run: Run): Promise<void> {
  const links = await run.transact((tx) => tx.unresolvedLinks(run.now(), RESOLVE_MAX));
  if (links.length === 0) return;
  run.activity += links.length;
  await findBirths(
    run,
    links.filter(({ link }) => link.salesforceId === null),
  );
  await readRecords(
    run,
    links.flatMap(({ link }) => link.salesforceId ?? []),
  );
}

async function findBirths(run: Run, links: readonly LinkedTask[]): Promise<void> {
  if (links.length === 0) return;
  const keys = links.map(({ link }) => link.creationKey);
  const reply = await run.call(() => run.ports.salesforce.findByCreationKey(keys));
  if (reply.kind !== 'ok') {
    const code = reply.kind === 'fault' ? reply.fault.code : 'NETWORK';
    if (
      reply.kind === 'fault' &&
      faultOf(code).class !== 'authentication' &&
      code === 'NO_CREATION_KEY'
    ) {
      // Without the key field nobody can tell; a person decides rather than a duplicate being risked.
      return park(run, links);
    }
    throw new RunStopped(
      reply.kind === 'fault'
        ? reply.fault
        : { code, message: reply.message, fields: [], httpStatus: null },
    );
  }
  const seenAt = run.now();
  await run.transact(async (tx) => {
    await intake(run, tx, reply.value.tasks, seenAt);
    const found = new Set(reply.value.tasks.map((task) => task.CreationKey));
    const absent = await tx.linksById(
      links.filter(({ link }) => !found.has(link.creationKey)).map(({ link }) => link.id),
    );
    // Not born, or not yet: sending it again is safe, because the key is unique (R8). Births that may still
    // land stay on record until they cannot (R11).
    await tx.saveLinks(
      absent.map(({ link }) => ({
        link: withoutOldBirths(run, link),
        dirty: true,
        task: { kind: 'none' },
        journal: [],
      })),
    );
  });
}

async function park(run: Run, links: readonly LinkedTask[]): Promise<void> {
  const parked: Parked = {
    code: 'OUTCOME_UNKNOWN',
    message: '',
    fields: [],
    since: run.now(),
    retryAt: null,
    attempts: 1,
  };
  await run.transact(async (tx) => {
    const fresh = await tx.linksById(links.map(({ link }) => link.id));
    await tx.saveLinks(
      fresh.map(({ link }) => ({
        link: { ...link, parked, intents: [] },
        dirty: false,
        task: { kind: 'none' },
        journal: [
          {
            kind: 'refused',
            field: null,
            side: 'engine',
            from: null,
            to: null,
            rule: 'R8',
            data: { code: parked.code },
          },
        ],
      })),
    );
  });
}

function withoutOldBirths(run: Run, link: Link): Link {
  const now = instantMs(run.now());
  return {
    ...link,
    intents: link.intents.filter((intent) => now - instantMs(intent.sentAt) < LANDING_WINDOW_MS),
  };
}
