import { ENDPOINTS } from '@tandem/api';
import {
  type Actor,
  answerBrake,
  type ConnectionView,
  countUnlinkedTasks,
  type Database,
  getConnection,
  health,
  linkedRecordIds,
  syncStatus,
  wantComparison,
} from '@tandem/store';
import { previewImport, windowStart } from '@tandem/sync';
import type { FastifyInstance } from 'fastify';
import { answerOf, salesforceProblem } from '../connect/gateway.ts';
import { withSalesforce } from '../connect/with-salesforce.ts';
import { endpoint } from '../http/endpoint.ts';
import { Refusal } from '../http/refusal.ts';
import { pollNow } from '../jobs/poll-now.ts';
import type { Services } from '../services.ts';
import { previewPolicy } from './preview-facts.ts';

/** Preview, status and "sync now". */
export function registerSync(app: FastifyInstance, services: Services): void {
  const { db, clock } = services;

  endpoint(app, ENDPOINTS.previewSync, async ({ actor, body: { importWindow } }) => {
    const preview = await withSalesforce(services, actor, async (salesforce, connection) => {
      const { serverTime } = answerOf(await salesforce.picklists());
      const result = await previewImport({
        salesforce,
        policy: await previewPolicy(db, actor, connection),
        salesforceUserId: connection.salesforceUserId,
        windowStart: windowStart(importWindow, serverTime),
        linked: (ids) => linkedRecordIds(db, connection, ids),
      });
      if (result.kind === 'fault') throw salesforceProblem(result.fault);
      return result.preview;
    });
    const { importSample, skipReasons, ...counts } = preview;
    return {
      ...counts,
      importSample: [...importSample],
      skipReasons: skipReasons.map((reason) => ({ ...reason, sample: [...reason.sample] })),
      stayHere: await countUnlinkedTasks(db, actor),
    };
  });

  endpoint(app, ENDPOINTS.syncStatus, async ({ actor }) => syncStatus(db, actor, clock.now()));

  endpoint(app, ENDPOINTS.syncHealth, async ({ actor }) => {
    const checkedAt = clock.now();
    const { hours, ...found } = await health(db, actor, checkedAt);
    return {
      checkedAt,
      ...found,
      watching:
        found.status.events.state === 'listening' ? ('events' as const) : ('polls' as const),
      lastEventAt: found.status.events.lastEventAt,
      hours: [...hours],
    };
  });

  endpoint(app, ENDPOINTS.syncNow, async ({ actor }) => pollNow(db, await syncing(db, actor)));

  endpoint(app, ENDPOINTS.compareNow, async ({ actor }) =>
    wantComparison(db, actor, await syncing(db, actor)),
  );

  endpoint(app, ENDPOINTS.answerBrake, async ({ actor, body }) => {
    const { kind } = await answerBrake(db, actor, body, clock.now());
    if (kind === 'no_brake') throw new Refusal('nothing_asked');
    if (kind !== 'ok') throw new Refusal(kind);
  });
}

/** The actor's connection, which is on. */
async function syncing(db: Database, actor: Actor): Promise<ConnectionView> {
  const connection = await getConnection(db, actor);
  if (connection === null || !connection.connected) throw new Refusal('not_connected');
  if (connection.status === 'off') throw new Refusal('sync_is_off');
  return connection;
}
