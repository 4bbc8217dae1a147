import { expect, it } from 'vitest';
import { Rng } from './random.ts';
import { Scheduler } from './scheduler.ts';

const scheduler = () => new Scheduler(0, new Rng(1, 'schedule'), false);

it('the next pick waits until the code that was released has come to its next call', async () => {
  const world = scheduler();
  const done: string[] = [];
  world.schedule(0, null, 'reply', () => {
    world.running = true;
    void (async () => {
      for (let hop = 0; hop < 10; hop += 1) await null;
      done.push('came to a call');
      world.running = false;
    })();
  });
  await world.step();
  expect(done).toEqual(['came to a call']);
});

it('code that waits for something outside the world holds nothing up', async () => {
  const world = scheduler();
  world.schedule(0, null, 'reply', () => {
    world.running = true;
  });
  await world.step();
  expect(world.running).toBe(false);
  world.close();
});
