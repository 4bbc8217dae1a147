import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { CHANGE_TYPES } from '../events/change-schema.ts';
import { FOLLOWABLE } from '../events/event-bus.ts';
import { MISCHIEF } from '../events/mischief.ts';
import { BadInput, controlCtx, readInput, recordId } from './control-input.ts';
import { CONTROLS, type ControlParts } from './parts.ts';

const listQuery = z.strictObject({ limit: z.coerce.number().int().min(1).max(1_000).default(100) });

const object = z.enum(FOLLOWABLE).default('Task');

const actionBody = z.discriminatedUnion('action', [
  z.strictObject({ action: z.literal('select'), objects: z.array(z.enum(FOLLOWABLE)).max(6) }),
  z.strictObject({ action: z.literal('disconnect') }),
  z.strictObject({ action: z.literal('delay'), ms: z.number().int().min(0).max(600_000) }),
  z.strictObject({
    action: z.enum(MISCHIEF),
    times: z.number().int().min(0).max(100_000).default(1),
  }),
  z.strictObject({
    action: z.literal('emit'),
    object,
    changeType: z.enum(CHANGE_TYPES),
    recordIds: z.array(recordId).max(1_000).default([]),
    fields: z.record(z.string(), z.union([z.string(), z.boolean()])).default({}),
    as: z.string().optional(),
  }),
  z.strictObject({ action: z.literal('overflow'), object }),
  z.strictObject({ action: z.literal('expire') }),
]);

/** `events`: what the change events of the org said, and what is to happen to the next ones. */
export function registerEventControls(app: FastifyInstance, { org, events }: ControlParts): void {
  const state = () => ({
    objects: org.settings.changeEventEntities,
    readers: events.readers,
    kept: events.log.events.length,
    next: events.way.state(),
  });

  app.get(`${CONTROLS}/events`, async (request) => {
    const { limit } = readInput(listQuery, request.query);
    return { ...state(), events: events.recent(limit) };
  });

  app.post(`${CONTROLS}/events`, async (request) => {
    const asked = readInput(actionBody, request.body);
    const result = { cut: 0, expired: 0 };
    if (asked.action === 'select') org.changeSettings({ changeEventEntities: asked.objects });
    else if (asked.action === 'disconnect') result.cut = events.cutAll();
    else if (asked.action === 'delay') events.way.delay(asked.ms);
    else if (asked.action === 'expire') result.expired = events.log.expire();
    else if (asked.action === 'overflow') {
      const wanted = { type: 'GAP_OVERFLOW', ids: [], fields: {} } as const;
      events.invent(asked.object, controlCtx(org), wanted);
    } else if (asked.action === 'emit') {
      const { recordIds: ids, fields, changeType: type } = asked;
      try {
        events.invent(asked.object, controlCtx(org, asked.as), { type, ids, fields });
      } catch {
        throw new BadInput('fields', 'fields: a value that its field cannot hold');
      }
    } else events.way.arm(asked.action, asked.times);
    return { ...state(), ...result };
  });
}
