import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigError, type Environment } from './config-error.ts';
import { readOptional, readPort } from './read.ts';

/** Where Salesforce's change events come from (B8.2). */
export interface EventsConfig {
  /** `host:port` of the Pub/Sub API. */
  readonly endpoint: string;
  /** In PEM, to trust instead of the system's; null in production. Read when needed: a sandbox makes its own. */
  certificate(): string | null;
}

/** One address for all orgs, production and sandboxes alike. */
const PRODUCTION = 'api.pubsub.salesforce.com:7443';
/** As packages/sandbox/README.md says: beside the org, and its certificate in the org's folder. */
const SANDBOX_PORTS_ON = 2;
const SANDBOX_CERTIFICATE = join('sandbox', 'events-ca.pem');

/** Null: events are not wanted, or there is no Salesforce that could have them. */
export function readEvents(
  env: Environment,
  org: { readonly loginUrl: string; readonly sandboxPort: number | null; readonly dataDir: string },
): EventsConfig | null {
  const endpoint = readOptional(env, 'TANDEM_SALESFORCE_EVENTS');
  const trusted = readOptional(env, 'TANDEM_SALESFORCE_EVENTS_CA');
  if (trusted !== null && !existsSync(trusted)) {
    throw new ConfigError(
      'TANDEM_SALESFORCE_EVENTS_CA',
      'TANDEM_SALESFORCE_EVENTS_CA names a file that is not there.',
    );
  }
  if (endpoint === 'off') return null;
  if (endpoint !== null) {
    if (!/^[\w.-]+:\d{1,5}$/.test(endpoint)) {
      throw new ConfigError(
        'TANDEM_SALESFORCE_EVENTS',
        `TANDEM_SALESFORCE_EVENTS is "${endpoint}", but it must be host:port or "off".`,
      );
    }
    return { endpoint, certificate: () => fileOr(trusted) };
  }
  const { loginUrl, sandboxPort, dataDir } = org;
  if (loginUrl.startsWith('https:')) {
    return { endpoint: PRODUCTION, certificate: () => fileOr(trusted) };
  }
  const events = readSandboxEvents(env, sandboxPort);
  if (events === null || loginUrl !== `http://127.0.0.1:${sandboxPort}`) return null;
  const path = trusted ?? join(dataDir, SANDBOX_CERTIFICATE);
  return { endpoint: `localhost:${events.port}`, certificate: () => fileOr(path) };
}

/** Where the sandbox org's own Pub/Sub API listens; null: nowhere. */
export function readSandboxEvents(
  env: Environment,
  sandboxPort: number | null,
): { readonly port: number; readonly isChosen: boolean } | null {
  const isChosen = readOptional(env, 'TANDEM_SANDBOX_EVENTS_PORT') !== null;
  if (sandboxPort === null || readOptional(env, 'TANDEM_SANDBOX_EVENTS_PORT') === 'off')
    return null;
  const beside = sandboxPort === 0 ? 0 : sandboxPort + SANDBOX_PORTS_ON;
  const port = readPort(env, 'TANDEM_SANDBOX_EVENTS_PORT', beside, ' or "off"');
  return { port, isChosen };
}

function fileOr(path: string | null): string | null {
  return path !== null && existsSync(path) ? readFileSync(path, 'utf8') : null;
}
