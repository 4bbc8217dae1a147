import { Readable } from 'node:stream';
import { type AuditEntry, ENDPOINTS } from '@tandem/api';
import {
  type Actor,
  type AuditEntryView,
  type AuditFilter,
  listAudit,
  noteAudit,
} from '@tandem/store';
import type { FastifyInstance } from 'fastify';
import { csvLine } from '../csv/format.ts';
import { endpoint } from '../http/endpoint.ts';
import type { Services } from '../services.ts';

const PAGE_ROWS = 500;

/** B12.4: who did what; for admins. */
export function registerAudit(app: FastifyInstance, { db, clock }: Services): void {
  endpoint(app, ENDPOINTS.listAudit, async ({ actor, query }) => {
    const { entries, nextCursor } = await listAudit(db, actor, query);
    return { entries: entries.map(presentEntry), nextCursor };
  });

  endpoint(app, ENDPOINTS.exportAudit, async ({ actor, query, reply }) => {
    const now = clock.now();
    const name = `tandem-audit-${now.slice(0, 10)}.csv`;
    reply.header('content-disposition', `attachment; filename="${name}"`);
    await noteAudit(db, actor, { action: 'audit_exported' }, now);
    return Readable.from(lines(actor, query));
  });

  /** A page at a time: nobody's memory holds a year. */
  async function* lines(
    actor: Actor,
    filter: Omit<AuditFilter, 'limit' | 'cursor'>,
  ): AsyncGenerator<string> {
    yield csvLine(['at', 'actor', 'action', 'target', 'data']);
    let cursor: string | undefined;
    do {
      const page = await listAudit(db, actor, { ...filter, limit: PAGE_ROWS, cursor });
      yield page.entries.map(csvEntry).join('');
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
  }
}

function csvEntry(entry: AuditEntryView): string {
  const { at, actorId, actorName, action, targetId, targetName, data } = entry;
  const cells = [at, actorName ?? actorId ?? '', action, targetName ?? targetId ?? ''];
  return csvLine([...cells, JSON.stringify(data)]);
}

function presentEntry({ data, ...entry }: AuditEntryView): AuditEntry {
  return { ...entry, data: { ...data } };
}
