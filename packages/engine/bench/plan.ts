import { performance } from 'node:perf_hooks';
import { type PlanInput, plan } from '../src/index.ts';
import { LATER, situation } from '../src/testing/builders.ts';

/** Long enough that the code is compiled, and that one pause of the machine is not the figure. */
const WARM_UP_MS = 500;
const MEASURED_MS = 1_500;
const CALLS_BETWEEN_LOOKS = 1_000;

/** What a decision meets most: nothing to do, an edit on either side, and one on both. */
const SITUATIONS: readonly PlanInput[] = [
  situation(),
  situation({ app: { details: 'Three pages' }, editedAt: LATER }),
  situation({ sf: { Description: 'Four pages', LastModifiedDate: LATER } }),
  situation({
    app: { dueDate: '2026-12-01' },
    editedAt: LATER,
    sf: { ActivityDate: '2026-12-02', LastModifiedDate: LATER },
  }),
];

/** How many links one core decides in a second; by processor time, as others may want the core too. */
export function benchPlan(): { name: string; value: number; unit: string }[] {
  decideFor(WARM_UP_MS);
  const begun = process.cpuUsage();
  const calls = decideFor(MEASURED_MS);
  const { user, system } = process.cpuUsage(begun);
  const seconds = (user + system) / 1_000_000;
  return [{ name: 'engine.plan.per_second', value: Math.round(calls / seconds), unit: 'calls/s' }];
}

function decideFor(ms: number): number {
  const end = performance.now() + ms;
  let calls = 0;
  while (performance.now() < end)
    for (let call = 0; call < CALLS_BETWEEN_LOOKS; call += 1) {
      plan(SITUATIONS[calls % SITUATIONS.length] as PlanInput);
      calls += 1;
    }
  return calls;
}
