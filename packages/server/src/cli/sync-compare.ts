import type { Command } from 'commander';
import type { Cli } from './cli.ts';
import { addRemote, type Said } from './remote.ts';
import { comparisonLine } from './sync-status.ts';
import { isHeld, WAITING, type Waiting, waitUntil } from './sync-wait.ts';

/** R13: all tasks of both sides against each other. */
export function addSyncCompare(sync: Command, cli: Cli): void {
  addRemote(sync, cli, {
    name: 'compare',
    about: 'Compare all tasks with Salesforce now instead of once a day.',
    options: WAITING,
    examples: ['tandem sync compare', 'tandem sync compare --wait'],
    run: async (call) => {
      if (call.options.wait === true) return compareAndWait(call);
      await call.client.compareNow();
      return {
        json: { asked: true },
        lines: ['Comparing begins in a moment; "tandem sync status" says how far it is.'],
      };
    },
  });
}

/** The one before is done too, so the end is told by its time. */
export async function compareAndWait(
  call: Waiting,
  sleep?: (ms: number) => Promise<unknown>,
): Promise<Said> {
  const { comparison: before } = await call.client.syncStatus();
  await call.client.compareNow();
  const isDone = (comparison: typeof before) =>
    comparison?.state === 'done' && comparison.finishedAt !== (before?.finishedAt ?? null);
  const { state, comparison } = await waitUntil(
    call,
    {
      isOver: (seen) => isDone(seen.comparison) || isHeld(seen),
      line: (seen) =>
        seen.comparison === null ? 'Comparing begins' : comparisonLine(seen.comparison),
    },
    sleep,
  );
  if (!isDone(comparison)) call.cli.exitCode = 1;
  const lines =
    comparison === null ? ['Comparing has not begun yet.'] : [comparisonLine(comparison)];
  return { json: { state, comparison }, lines };
}
