import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { BadInput, controlCtx, readInput, recordId } from './control-input.ts';
import { CONTROLS, type ControlParts } from './parts.ts';

/** A long Apex transaction touches a few rows in these tests, not thousands. */
const OPERATIONS_MAX = 200;

const fields = z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]));

const openBody = z.strictObject({
  as: z.string().optional(),
  operations: z
    .array(
      z.discriminatedUnion('do', [
        z.strictObject({ do: z.literal('insert'), object: z.string(), fields }),
        z.strictObject({ do: z.literal('update'), object: z.string(), id: recordId, fields }),
        z.strictObject({ do: z.literal('remove'), object: z.string(), id: recordId }),
      ]),
    )
    .min(1)
    .max(OPERATIONS_MAX),
});

const endBody = z.strictObject({ end: z.enum(['commit', 'rollback']) });

/** `transactions`: rows stamped now and visible later, as after a long transaction. */
export function registerTransactionControls(app: FastifyInstance, { org }: ControlParts): void {
  const shown = (open: { id: string; startedAt: number }) => ({
    id: open.id,
    startedAt: new Date(open.startedAt).toISOString(),
  });

  app.get(`${CONTROLS}/transactions`, async () => ({ open: org.openTransactions().map(shown) }));

  app.post(`${CONTROLS}/transactions`, async (request, reply) => {
    const { as, operations } = readInput(openBody, request.body);
    const open = org.openTransaction(controlCtx(org, as));
    for (const operation of operations) {
      if (operation.do === 'insert') open.insert(operation.object, operation.fields);
      if (operation.do === 'update') open.update(operation.object, operation.id, operation.fields);
      if (operation.do === 'remove') open.remove(operation.object, operation.id);
    }
    return await reply.code(201).send(shown(open));
  });

  app.post<{ Params: { id: string } }>(`${CONTROLS}/transactions/:id`, async (request) => {
    const { end } = readInput(endBody, request.body);
    const open = org.openTransactions().find((candidate) => candidate.id === request.params.id);
    if (open === undefined)
      throw new BadInput('id', `id: no open transaction ${request.params.id}`);
    if (end === 'commit') return { ended: open.id, results: open.commit() };
    open.rollback();
    return { ended: open.id, results: [] };
  });
}
