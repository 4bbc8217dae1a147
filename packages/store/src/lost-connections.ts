import type { Pool } from 'pg';

/**
 * A connection may be cut at any time: a restart of the server, a network that breaks. Whoever uses it gets the
 * error with the statement under way, the next one gets a new connection. But `pg` also emits an event, on the pool
 * for an idle connection and on the client for one in use, and an event nobody hears ends the process.
 */
export function surviveLostConnections(pool: Pool): void {
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', () => {}));
}
