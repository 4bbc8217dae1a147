import type { JournalDraft, Link, Plan } from '@tandem/engine';
import { BatchSize } from './batch-size.ts';
import { decideBrake, sameBrake } from './brake.ts';
import { commitPlans, type Planned, sendAll } from './commit-plans.ts';
import { planLinked } from './plan-linked.ts';
import type { LinkChange, LinkedTask, SyncTx } from './ports.ts';
import type { Run } from './run.ts';
import type { Send } from './send.ts';

/** Planned and committed together: five full delete calls. */
const BATCH_MAX = 1_000;

/** The links a turn does not touch for now: deletions until they are counted, others for want of calls. */
export class Deletions {
  readonly #toTrash = new Set<string>();
  readonly #toDelete = new Set<string>();
  readonly #postponed = new Set<string>();

  /**
   * Takes a plan that removes something people can see on a side. A task that Salesforce has never seen
   * removes nothing there. A deletion whose intent is open was counted when it was decided (R12).
   */
  holds({ link }: LinkedTask, decided: Plan): boolean {
    if (decided.app.kind === 'trash') this.#toTrash.add(link.id);
    else if (decided.sf.kind === 'delete' && !isUnderWay(link)) this.#toDelete.add(link.id);
    else return false;
    return true;
  }

  postpone({ link }: LinkedTask): void {
    this.#postponed.add(link.id);
  }

  /** What `dirtyLinks` leaves out for the rest of the turn. */
  untouched(): readonly string[] {
    return [...this.held(), ...this.#postponed];
  }

  held(): readonly string[] {
    return [...this.#toTrash, ...this.#toDelete];
  }

  counts() {
    return { toTrash: this.#toTrash.size, toDelete: this.#toDelete.size };
  }

  forgetHeld(): void {
    this.#toTrash.clear();
    this.#toDelete.clear();
  }
}

/**
 * Everything else went out. Now the deletions of the whole turn are counted, and they all go, or all wait for
 * a person (B11.5, I10). A crash at any point is safe: what was not committed is still dirty, and counted anew.
 * True: something was done that may be planned on.
 */
export async function settleDeletions(run: Run, deletions: Deletions): Promise<boolean> {
  const held = deletions.held();
  if (held.length === 0 && run.connection.brake === null) return false;
  const decision = await run.transact(async (tx) => {
    const { brake } = await tx.connection();
    const links = held.length === 0 ? 0 : await tx.countLinks();
    const counts = deletions.counts();
    const decided = decideBrake(brake, {
      toTrash: counts.toTrash,
      toDelete: counts.toDelete,
      links,
      before: run.deleted,
      now: run.now(),
    });
    const next = decided.kind === 'stop' ? decided.brake : brake;
    if (!sameBrake(next, brake)) await tx.saveConnection({ brake: next });
    return decided;
  });
  if (decision.kind === 'stop') {
    run.ports.log.warn('sync.brake', {
      connectionId: run.lease.connectionId,
      toTrash: decision.brake.toTrash,
      toDelete: decision.brake.toDelete,
    });
    return false;
  }
  deletions.forgetHeld();
  if (decision.kind === 'go') run.deleted += held.length;
  const act = decision.kind === 'go' ? deleteThem : keepThem;
  const batches = new BatchSize(BATCH_MAX);
  let postponed = 0;
  // Ends: a batch is done, or tried again with half as many; a single one that cannot be done is set aside (I11).
  for (let from = 0; from < held.length; ) {
    const { size } = batches;
    const ids = held.slice(from, from + size);
    const done = await batches.run(
      run,
      () => run.transact((tx) => act(run, tx, ids)),
      (tx) => tx.linksById(ids),
    );
    if (done === null && size > 1) continue;
    from += ids.length;
    if (done === null) continue;
    for (const linked of done.waiting) deletions.postpone(linked);
    postponed += done.waiting.length;
    await sendAll(run, done.sends);
  }
  // A question stays answered until all it was about is done.
  if (postponed === 0 && run.connection.brake !== null) await run.transact(release);
  return held.length > 0;
}

async function release(tx: SyncTx): Promise<void> {
  const { brake } = await tx.connection();
  if (brake?.kind === 'mass_deletion') await tx.saveConnection({ brake: null });
}

interface Done {
  readonly sends: readonly Send[];
  /** Left for a turn with more calls. */
  readonly waiting: readonly LinkedTask[];
}

/** Planned again on what is true now: a person may have taken one back since it was counted. */
async function deleteThem(run: Run, tx: SyncTx, ids: readonly string[]): Promise<Done> {
  const plans: Planned[] = [];
  let sendsLeft = run.sendsLeft();
  const waiting: LinkedTask[] = [];
  for (const linked of await tx.linksById(ids)) {
    const decided = planLinked(run, linked);
    const sends = decided.sf.kind === 'none' ? 0 : 1;
    if (sends > sendsLeft) {
      waiting.push(linked);
      continue;
    }
    sendsLeft -= sends;
    plans.push({ linked, decided });
  }
  const { brake } = await tx.connection();
  if (brake !== null && brake.allowed !== null && brake.kind === 'mass_deletion') {
    // A "go on" is used up with what it allowed, also when the turn ends before the last of them.
    const trashed = plans.filter(({ decided }) => decided.app.kind === 'trash').length;
    await tx.saveConnection({ brake: { ...brake, allowed: Math.max(0, brake.allowed - trashed) } });
  }
  return { sends: await commitPlans(run, tx, plans), waiting };
}

/**
 * "Keep them". What Salesforce deleted stays in the app and is not followed any more (`gone`); what was
 * deleted in the app comes back from Trash.
 */
async function keepThem(run: Run, tx: SyncTx, ids: readonly string[]): Promise<Done> {
  const changes: LinkChange[] = [];
  for (const linked of await tx.linksById(ids)) {
    const decided = planLinked(run, linked);
    const { link } = linked;
    if (decided.app.kind === 'trash') {
      // R6, R11: what has landed, and what may yet, is known when the record comes back (undeleted).
      const { base, intents } = decided;
      const kept = { ...link, base, intents, parked: null, state: 'gone' } as const;
      changes.push({
        link: kept,
        dirty: false,
        task: { kind: 'none' },
        journal: [entry('gone', 'sf')],
      });
    } else if (decided.sf.kind === 'delete') {
      changes.push({
        link: { ...link, parked: null },
        dirty: true,
        task: { kind: 'restore', values: {} },
        journal: [entry('restored', 'engine')],
      });
    }
    // Else: a person took it back meanwhile; it stays dirty and is planned in the next turn.
  }
  if (changes.length > 0) await tx.saveLinks(changes);
  return { sends: [], waiting: [] };
}

function entry(kind: 'gone' | 'restored', side: JournalDraft['side']): JournalDraft {
  return { kind, field: null, side, from: null, to: null, rule: 'B11.5' };
}

function isUnderWay(link: Link): boolean {
  return link.intents.some((intent) => intent.kind === 'delete');
}
