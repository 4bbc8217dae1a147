import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { OrgClock } from '../org/org.ts';
import { BadInput, instant, readInput } from './control-input.ts';
import { CONTROLS, type ControlParts } from './parts.ts';

const clockBody = z.strictObject({
  /** Back to the machine's own time. */
  follow: z.literal(true).optional(),
  set: instant.optional(),
  /** Forward; a clock that goes back is asked for with `set`. */
  advanceMs: z.number().int().min(0).optional(),
  freeze: z.boolean().optional(),
});

/** `clock`: the org's own time. */
export function registerClockControls(app: FastifyInstance, { org }: ControlParts): void {
  app.get(`${CONTROLS}/clock`, async () => show(org.clock));
  app.post(`${CONTROLS}/clock`, async (request) => {
    const { follow, set, advanceMs, freeze } = readInput(clockBody, request.body);
    if (
      follow === undefined &&
      set === undefined &&
      advanceMs === undefined &&
      freeze === undefined
    ) {
      throw new BadInput('body', 'body: give set, advanceMs, freeze or follow');
    }
    if (follow) followMachine(org.clock);
    // Stopped or started first: a running clock would be some milliseconds past `set` by the time it is stopped.
    if (freeze === true) org.clock.freeze();
    if (freeze === false) org.clock.unfreeze();
    if (set !== undefined) org.clock.set(set);
    if (advanceMs !== undefined) org.clock.advance(advanceMs);
    return show(org.clock);
  });
}

function followMachine(clock: OrgClock): void {
  clock.unfreeze();
  const { now, offsetMs } = clock.state();
  clock.set(now - offsetMs);
}

function show(clock: OrgClock) {
  const { now, frozen, offsetMs } = clock.state();
  return { now: new Date(now).toISOString(), ms: now, frozen, offsetMs };
}
