import fc from 'fast-check';
import { expect, it } from 'vitest';
import { World } from './testing/world.ts';

/**
 * People edit on both sides while requests and replies get lost. A lineage oracle outside the engine judges
 * every value the engine writes: each edit by a person is a unique token that remembers which token it
 * replaced; the engine may put t over p only if p is an ancestor of t, or the loss of p is in the journal.
 */

const action = fc.oneof(
  { weight: 3, arbitrary: fc.record({ do: fc.constant('editApp' as const), task: fc.nat(2) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('editSf' as const), task: fc.nat(2) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('trashApp' as const), task: fc.nat(2) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('deleteSf' as const), task: fc.nat(2) }) },
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('run' as const),
      pollNow: fc.boolean(),
      seconds: fc.nat(40),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('mishap' as const),
      method: fc.constantFrom(
        'createTasks',
        'updateTasks',
        'deleteTasks',
        'changedSince',
        'readTasks',
        'findByCreationKey',
      ),
      kind: fc.constantFrom('request_lost' as const, 'reply_lost' as const),
    }),
  },
);

class Lineage {
  readonly #parent = new Map<string, string>();
  #minted = 0;

  mint(over: string): string {
    this.#minted += 1;
    const token = `t${this.#minted}`;
    this.#parent.set(token, over);
    return token;
  }

  isAncestor(old: string, of: string): boolean {
    for (let at: string | undefined = of; at !== undefined; at = this.#parent.get(at))
      if (at === old) return true;
    return false;
  }
}

it('R4 I1 I2 I3 I4 L1 hold for people on both sides and lost requests and replies', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(action, { maxLength: 40 }), async (actions) => {
      const world = new World();
      const lineage = new Lineage();
      const ids = [
        world.addTask({ details: '' }),
        world.addTask({ details: '' }),
        world.addTask({ details: '' }),
      ];
      const deletedByPerson = new Set<string>();
      const births = ids.length;
      const shown = { app: new Map<string, string>(), sf: new Map<string, string>() };

      const look = () => {
        for (const id of ids) {
          const record = world.salesforce.records.get(world.link(id).salesforceId ?? '');
          judge('app', id, world.task(id).values.details);
          if (record !== undefined) judge('sf', id, record.Description ?? '');
        }
      };
      const judge = (side: 'app' | 'sf', id: string, now: string) => {
        const before = shown[side].get(id) ?? '';
        shown[side].set(id, now);
        if (before === now || lineage.isAncestor(before, now)) return;
        const recorded = world.store.state.journal.some((entry) => entry.lost === before);
        expect(recorded, `${side}: ${before} was replaced by ${now} without a trace`).toBe(true);
        expect(
          lineage.isAncestor(now, before),
          `${side}: ${before} went back to its ancestor ${now}`,
        ).toBe(false);
      };
      const run = async (pollNow: boolean) => {
        await world.run(pollNow);
        look();
      };

      for (const step of actions) {
        const id = ids['task' in step ? step.task : 0] ?? '';
        const recordId = world.link(id).salesforceId;
        const record = recordId === null ? undefined : world.salesforce.records.get(recordId);
        world.clock.advance(1_000);
        switch (step.do) {
          case 'editApp': {
            if (world.task(id).trashed !== null) break;
            const token = lineage.mint(world.task(id).values.details);
            shown.app.set(id, token);
            world.store.editTask(id, { details: token });
            break;
          }
          case 'editSf': {
            if (record === undefined || record.IsDeleted) break;
            const token = lineage.mint(record.Description ?? '');
            shown.sf.set(id, token);
            world.salesforce.edit(record.Id, { Description: token });
            break;
          }
          case 'trashApp':
            if (world.task(id).trashed !== null) break;
            deletedByPerson.add(id);
            world.store.trashTask(id);
            break;
          case 'deleteSf':
            if (record === undefined || record.IsDeleted) break;
            deletedByPerson.add(id);
            world.salesforce.remove(record.Id);
            break;
          case 'mishap': {
            let left = 1;
            const { method, kind } = step;
            world.salesforce.mishap = (called) =>
              called === method && left-- > 0 ? { kind } : null;
            break;
          }
          case 'run':
            world.clock.advance(step.seconds * 1_000);
            await run(step.pollNow);
            break;
        }
      }

      // Liveness: nothing goes wrong any more.
      world.salesforce.mishap = () => null;
      for (let turn = 0; turn < 5; turn += 1) {
        world.clock.advance(61_000);
        await run(true);
      }
      world.clock.advance(11 * 60_000);
      await run(true);

      expect(world.salesforce.records.size, 'I3').toBeLessThanOrEqual(births);
      for (const id of ids) {
        const record = world.salesforce.records.get(world.link(id).salesforceId ?? '');
        const { values, trashed } = world.task(id);
        if (deletedByPerson.has(id)) {
          expect(trashed, 'I4').not.toBeNull();
          if (record !== undefined) expect(record.IsDeleted, 'I4').toBe(true);
          continue;
        }
        expect(record?.Description ?? '', 'L1').toBe(values.details);
        expect(world.link(id).intents, 'R11').toEqual([]);
      }
      const calls = world.salesforce.calls.length;
      await run(true);
      expect(world.salesforce.calls.slice(calls), 'L2').toEqual(['changedSince']);
    }),
    { numRuns: 2_000 },
  );
}, 60_000);
