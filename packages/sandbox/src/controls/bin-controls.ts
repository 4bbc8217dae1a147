import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { controlCtx, readInput, recordIds } from './control-input.ts';
import { CONTROLS, type ControlParts } from './parts.ts';

/** Salesforce keeps deleted rows this long. */
const BIN_DAYS = 15;
const DAY_MS = 86_400_000;

const binBody = z.discriminatedUnion('action', [
  /** Gone for good: these, or everything. */
  z.strictObject({ action: z.literal('empty'), ids: recordIds.optional() }),
  /** As if this many days had passed: what is then older than 15 days is purged, with its log. */
  z.strictObject({ action: z.literal('age'), days: z.number().min(0).max(3_650) }),
]);

const archiveBody = z.strictObject({
  ids: recordIds.optional(),
  archived: z.boolean().default(true),
});

/** `bin` and `archive`: what time and jobs do to tasks. */
export function registerBinControls(app: FastifyInstance, { org }: ControlParts): void {
  const inBin = () =>
    org.objectNames().flatMap((object) => org.deletedRows(object, controlCtx(org)));

  app.get(`${CONTROLS}/bin`, async () => ({
    rows: inBin().map((row) => ({ id: row.Id, deletedAt: row.SystemModstamp })),
  }));

  app.post(`${CONTROLS}/bin`, async (request) => {
    const body = readInput(binBody, request.body);
    if (body.action === 'empty') {
      return { purged: org.emptyBin(body.ids ?? 'all', controlCtx(org)) };
    }
    const limit = org.clock.now() - Math.max(0, BIN_DAYS - body.days) * DAY_MS;
    const old = inBin()
      .filter((row) => stampMs(row.SystemModstamp) <= limit)
      .map((row) => row.Id);
    const purged = old.length === 0 ? [] : org.emptyBin(old, controlCtx(org));
    org.purgeDeleteLog(limit);
    return { purged };
  });

  app.post(`${CONTROLS}/archive`, async (request) => {
    const { ids, archived } = readInput(archiveBody, request.body);
    if (ids === undefined) return { archived: org.runArchiver() };
    org.setArchived(ids, archived);
    return { archived: archived ? ids : [] };
  });
}

/** `2026-09-14T18:29:24.000+0000` has no colon in its offset. */
function stampMs(stamp: string): number {
  return Date.parse(stamp.replace(/([+-]\d\d)(\d\d)$/, '$1:$2'));
}
