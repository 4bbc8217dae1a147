import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { seedOrg } from '../seed/seed.ts';
import { readInput } from './control-input.ts';
import { CONTROLS, type ControlParts } from './parts.ts';
import { REQUESTS_KEPT } from './request-log.ts';

const stateQuery = z.strictObject({ full: z.enum(['0', '1']).default('0') });

const resetBody = z.strictObject({
  seed: z.enum(['empty', 'demo']).default('demo'),
  /** Programs stay connected and people signed in; user ids are the same after a reset. */
  keepSessions: z.boolean().default(false),
});

const requestsQuery = z.strictObject({
  since: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(REQUESTS_KEPT).default(REQUESTS_KEPT),
});

const KEPT_PREFIXES = ['oauth/', 'pages/'];

/** `state`, `reset` and `requests`. */
export function registerStateControls(app: FastifyInstance, parts: ControlParts): void {
  const { org, faults, requests, events } = parts;

  app.get(`${CONTROLS}/state`, async (request) => {
    const { full } = readInput(stateQuery, request.query);
    const summary = stateOf(parts);
    return full === '1' ? { ...summary, records: org.snapshot().rows } : summary;
  });

  app.post(`${CONTROLS}/reset`, async (request) => {
    const { seed, keepSessions } = readInput(resetBody, request.body);
    const kept = keepSessions
      ? KEPT_PREFIXES.flatMap((prefix) => [...org.side.entries(prefix)])
      : [];
    org.reset();
    for (const [key, value] of kept) org.side.set(key, value);
    faults.clear();
    requests.clear();
    seedOrg(org, seed);
    events.clear();
    return stateOf(parts);
  });

  app.get(`${CONTROLS}/requests`, async (request) => {
    const { since, limit } = readInput(requestsQuery, request.query);
    return { kept: requests.total(), requests: requests.list(since, limit) };
  });
  app.delete(`${CONTROLS}/requests`, async () => ({ cleared: requests.clear() }));
}

function stateOf({ org, tokens, faults, requests }: ControlParts) {
  const now = org.clock.state();
  const living = tokens.list();
  const tasks = [...(org.snapshot().rows.Task ?? [])];
  return {
    org: { id: org.id, name: org.name },
    clock: { now: new Date(now.now).toISOString(), frozen: now.frozen, offsetMs: now.offsetMs },
    settings: org.settings,
    users: org.users().map((user) => ({
      id: user.Id,
      username: user.Username,
      name: user.Name,
      active: user.IsActive !== false,
      admin: org.canModifyAll(user.Id),
    })),
    counts: Object.fromEntries(org.objectNames().map((name) => [name, org.count(name)])),
    tasks: {
      open: tasks.filter((task) => !task.IsDeleted && task.IsClosed !== true).length,
      completed: tasks.filter((task) => !task.IsDeleted && task.IsClosed === true).length,
      archived: tasks.filter((task) => !task.IsDeleted && task.IsArchived === true).length,
      inBin: tasks.filter((task) => task.IsDeleted).length,
    },
    api: org.usage(),
    sessions: { access: living.access.length, refresh: living.refresh.length },
    faults: faults.list(),
    requests: requests.total(),
    openTransactions: org.openTransactions().length,
  };
}
