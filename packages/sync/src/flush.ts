import { type AppState, instantMs } from '@tandem/engine';
import { BatchSize } from './batch-size.ts';
import { commitPlans, type Planned, sendAll } from './commit-plans.ts';
import { Deletions, settleDeletions } from './deletions.ts';
import { EDIT_SETTLE_MS } from './pace.ts';
import { planLinked } from './plan-linked.ts';
import type { SyncTx } from './ports.ts';
import type { Run } from './run.ts';
import type { Send } from './send.ts';

/** Planned and committed together: five full create calls. */
const BATCH_MAX = 1_000;
/** A run that still has work after this many batches hands over to the next one, so that polls are not starved. */
const ROUNDS_MAX = 50;

/**
 * Plans every link that wants it, commits the plans, and sends what they ask for, until nothing is left.
 * Deletions come last, when it is known how many they are (B11.5).
 */
export async function flush(run: Run): Promise<void> {
  const deletions = new Deletions();
  const batches = new BatchSize(BATCH_MAX);
  let settled = false;
  for (let round = 0; round < ROUNDS_MAX; round += 1) {
    const { size } = batches;
    const untouched = deletions.untouched();
    const batch = await batches.run(
      run,
      () => run.transact((tx) => planBatch(run, tx, deletions, size, round === 0)),
      (tx) => tx.dirtyLinks(1, run.now(), untouched),
    );
    if (batch === null) continue;
    const { planned, sends } = batch;
    if (planned > 0) {
      await sendAll(run, sends);
      continue;
    }
    // What a deletion left to do is done at once; deletions it brings up wait for the next turn's count.
    if (settled || !(await settleDeletions(run, deletions))) return;
    settled = true;
  }
  if (!settled) await settleDeletions(run, deletions);
}

/**
 * One transaction: decide, apply to the app, write the journal, and commit the intents of what will be sent
 * (I8). Nothing has left for Salesforce when it commits.
 */
async function planBatch(
  run: Run,
  tx: SyncTx,
  deletions: Deletions,
  size: number,
  isFirst: boolean,
): Promise<{ planned: number; sends: readonly Send[] }> {
  const links = await tx.dirtyLinks(size, run.now(), deletions.untouched());
  const plans: Planned[] = [];
  let sendsLeft = run.sendsLeft();
  for (const linked of links) {
    if (!isFirst && isBeingEdited(run, linked.app)) {
      deletions.postpone(linked);
      continue;
    }
    const decided = planLinked(run, linked);
    if (deletions.holds(linked, decided)) continue;
    if (decided.sf.kind !== 'none') {
      // Few calls are left: the others stay dirty, for the turns that follow (L5).
      if (sendsLeft <= 0) {
        deletions.postpone(linked);
        continue;
      }
      sendsLeft -= 1;
    }
    plans.push({ linked, decided });
  }
  return { planned: links.length, sends: await commitPlans(run, tx, plans) };
}

/**
 * E4: edited a moment ago, while this turn was at work. It goes with the edits that follow quickly, in the turn that it
 * asked for itself; the first round takes all there is, so that who types without a pause is sent too.
 */
function isBeingEdited(run: Run, { editedAt }: AppState): boolean {
  const begun = instantMs(run.lease.at);
  const settled = instantMs(run.now()) - EDIT_SETTLE_MS;
  return Object.values(editedAt).some((at) => instantMs(at) > Math.max(begun, settled));
}
