import { expect, it } from 'vitest';
import { acquire } from './acquire.ts';
import { BatchSize } from './batch-size.ts';
import { commitPlans } from './commit-plans.ts';
import { planLinked } from './plan-linked.ts';
import { Run } from './run.ts';
import { World } from './testing/world.ts';

it('H1 a plan that would break a promise is not committed; its link is parked and names the promise', async () => {
  const world = new World();
  const taskId = world.addTask();
  await world.settle(2);
  world.store.editTask(taskId, { details: 'still here' });
  const held = await acquire(world.ports, { workspaceId: 'w', connectionId: 'c' }, 'test');
  if (held === null) throw new Error('no lease');
  const run = new Run(world.ports, held, world.store.state.connection);
  const next = (tx: Parameters<Parameters<Run['transact']>[0]>[0]) => tx.dirtyLinks(1, run.now());

  const result = await new BatchSize(1).run(
    run,
    () =>
      run.transact(async (tx) => {
        const plans = (await next(tx)).map((linked) => ({
          linked,
          decided: { ...planLinked(run, linked), sf: { kind: 'delete' } as const },
        }));
        return commitPlans(run, tx, plans);
      }),
    next,
  );

  expect(result).toBeNull();
  expect(world.link(taskId).intents).toEqual([]);
  expect(world.link(taskId).parked).toMatchObject({ code: 'BROKEN_INVARIANT', message: 'I2' });
  expect(world.store.state.journal.at(-1)).toMatchObject({ kind: 'refused', rule: 'H1' });
  expect(world.record(taskId).IsDeleted).toBe(false);
});
