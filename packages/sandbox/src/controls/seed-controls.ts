import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { seedBulk } from '../seed/bulk.ts';
import { seedOrg } from '../seed/seed.ts';
import { controlCtx, readInput, userNamed } from './control-input.ts';
import { CONTROLS, type ControlParts } from './parts.ts';

/** Rows of one call; more go in several. */
const RECORDS_MAX = 10_000;
/** A large company's tasks; the whole org is in memory. */
const BULK_MAX = 200_000;
/** 10,000 short records, or a few hundred with the longest comments. */
const SEED_BYTES_MAX = 32 * 1024 * 1024;

const value = z.union([z.string(), z.number(), z.boolean(), z.null()]);

const seedBody = z.union([
  z.strictObject({
    records: z
      .array(z.strictObject({ object: z.string().min(1), fields: z.record(z.string(), value) }))
      .min(1)
      .max(RECORDS_MAX),
    /** The user who makes them; audit fields may be given as well. */
    as: z.string().optional(),
  }),
  z.strictObject({ kind: z.literal('demo') }),
  z.strictObject({
    kind: z.literal('bulk'),
    count: z.number().int().min(1).max(BULK_MAX),
    ownerUsername: z.string().default('mara@aldermoor.example'),
    seed: z.number().int().min(0).default(1),
    subjectPrefix: z.string().max(100).default(''),
  }),
]);

/** `seed`: rows of your own, the demo, or many generated tasks. */
export function registerSeedControls(app: FastifyInstance, { org }: ControlParts): void {
  app.post(`${CONTROLS}/seed`, { bodyLimit: SEED_BYTES_MAX }, async (request, reply) => {
    const body = readInput(seedBody, request.body);
    if ('records' in body) {
      const results = org.insertMany(body.records, controlCtx(org, body.as));
      const failed = results.filter((result) => !result.ok).length;
      return await reply
        .code(failed === 0 ? 200 : 422)
        .send({ inserted: results.length - failed, failed, results });
    }
    if (body.kind === 'demo') return { inserted: seedOrg(org, 'demo') };
    const owner = userNamed(org, body.ownerUsername, 'ownerUsername');
    return { inserted: seedBulk(org, { ...body, ownerId: owner.Id }) };
  });
}
