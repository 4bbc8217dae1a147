import { Readable } from 'node:stream';
import { ENDPOINTS, type ImportResult } from '@tandem/api';
import {
  type Actor,
  InvalidValue,
  importTasks,
  listMembers,
  listTasks,
  noteAudit,
  type TaskFilter,
} from '@tandem/store';
import type { FastifyInstance } from 'fastify';
import { type ReadRow, type RowError, readTaskRows } from '../../csv/read-tasks.ts';
import { csvHeader, csvTask } from '../../csv/write-tasks.ts';
import { endpoint } from '../../http/endpoint.ts';
import { localeFor } from '../../http/locale-for.ts';
import type { Services } from '../../services.ts';
import type { Locale } from '../../texts/locale.ts';
import { sayPhrase } from '../../texts/say-problem.ts';
import { timeZoneOf } from '../members.ts';
import { today, viewFilter } from './days.ts';
import { ownerAsked } from './owner.ts';

/** Enough to mend by; who has more has one mistake in every row. */
const ERRORS_LISTED_MAX = 100;
const PAGE_ROWS = 500;

/** Tasks as CSV, there and back. */
export function registerCsv(app: FastifyInstance, { db, clock }: Services): void {
  endpoint(app, ENDPOINTS.exportTasks, async ({ actor, query, request, reply }) => {
    const ownerId = await ownerAsked(db, actor, query.owner);
    const day = today(clock.now(), await timeZoneOf(db, actor));
    const { type } = query;
    const filter = { ...viewFilter(query.view, day, {}), type, ownerId };
    const name = `tandem-tasks-${day}.csv`;
    await noteAudit(
      db,
      actor,
      { action: 'tasks_exported', data: { view: query.view } },
      clock.now(),
    );
    reply.header('content-disposition', `attachment; filename="${name}"`);
    // Programs know the columns by their names; a person who reads Chinese has them in Chinese.
    const isProgram = request.headers.authorization !== undefined;
    const locale = isProgram ? 'en' : await localeFor({ db }, request);
    return Readable.from(lines(actor, filter, locale));
  });

  /** A page at a time: nobody's memory holds a whole team's tasks. */
  async function* lines(
    actor: Actor,
    filter: Omit<TaskFilter, 'sort' | 'limit' | 'cursor'>,
    locale: Locale,
  ): AsyncGenerator<string> {
    const emails = new Map(
      (await listMembers(db, actor)).map(({ userId, email }) => [userId, email]),
    );
    yield csvHeader(locale);
    let cursor: string | undefined;
    do {
      const page = await listTasks(db, actor, {
        ...filter,
        sort: 'createdAt',
        limit: PAGE_ROWS,
        cursor,
      });
      yield page.tasks.map((task) => csvTask(task, emails)).join('');
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
  }

  endpoint(app, ENDPOINTS.importTasks, async ({ actor, request, body }) => {
    const result = await takeIn(actor, body);
    if (result.errors.length === 0) return result;
    const locale = await localeFor({ db }, request);
    return {
      ...result,
      errors: result.errors.map((one) => ({ ...one, message: sayPhrase(one.message, locale) })),
    };
  });

  async function takeIn(
    actor: Actor,
    { csv, dryRun }: { csv: string; dryRun: boolean },
  ): Promise<ImportResult> {
    const members = await listMembers(db, actor);
    const mayName = members.filter(
      ({ userId, removedAt }) =>
        removedAt === null && (actor.role !== 'rep' || userId === actor.userId),
    );
    const { rows, errors } = readTaskRows(csv, {
      self: actor.userId,
      ownerIds: new Map(mayName.map(({ email, userId }) => [email.toLowerCase(), userId])),
    });
    if (errors.length > 0) {
      // Also unknown ids are told now, so that one round is enough to mend a file.
      const { unknown } = await importTasks(db, actor, onlyKnown(rows), clock.now(), true);
      return refused(dryRun, [...errors, ...unknownIds(rows, unknown)]);
    }
    try {
      const { unknown, ...counts } = await importTasks(db, actor, rows, clock.now(), dryRun);
      if (unknown.length > 0) return refused(dryRun, unknownIds(rows, unknown));
      return { dryRun, ...counts, errors: [], errorCount: 0 };
    } catch (error) {
      // A character that cannot be stored is found by the store, which does not know of lines.
      if (!(error instanceof InvalidValue)) throw error;
      const [index, ...field] = error.field.split('.');
      const line = rows[Number(index)]?.line ?? 1;
      return refused(dryRun, [
        { line, column: field.join('.'), code: 'unstorable', message: error.message },
      ]);
    }
  }
}

function onlyKnown(rows: readonly ReadRow[]): readonly ReadRow[] {
  return rows.filter(({ id }) => id !== null).map((row) => ({ ...row, values: {} }));
}

function unknownIds(rows: readonly ReadRow[], unknown: readonly string[]): RowError[] {
  const ids = new Set(unknown);
  return rows
    .filter(({ id }) => id !== null && ids.has(id))
    .map(({ line }) => ({
      line,
      column: 'id',
      code: 'unknown_id' as const,
      message: 'is no task of yours; leave it empty to make a new one',
    }));
}

function refused(dryRun: boolean, all: readonly RowError[]): ImportResult {
  const errors = [...all].sort((a, b) => a.line - b.line);
  return {
    dryRun,
    created: 0,
    changed: 0,
    unchanged: 0,
    errors: errors.slice(0, ERRORS_LISTED_MAX),
    errorCount: errors.length,
  };
}
