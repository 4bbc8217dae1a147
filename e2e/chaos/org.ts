import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { OrgChange, OrgOrder, OrgReport } from './org-process.ts';

/** Salesforce, seen from outside Tandem: its controls, another client's REST, and everything that ever changed. */
export interface Org {
  readonly url: string;
  readonly port: number;
  readonly changes: readonly OrgChange[];
  /** Every task as it is now, deleted ones included. */
  readonly rows: ReadonlyMap<string, OrgRow>;
  control<T>(method: 'GET' | 'POST' | 'DELETE', name: string, body?: unknown): Promise<T>;
  /** Another program of this person, signed in once. */
  client(username: string): Promise<OrgClient>;
  close(): Promise<void>;
}

export type OrgRow = Readonly<Record<string, unknown>>;

export interface OrgClient {
  readonly userId: string;
  create(fields: Readonly<Record<string, unknown>>): Promise<string | null>;
  update(id: string, fields: Readonly<Record<string, unknown>>): Promise<boolean>;
  remove(id: string): Promise<boolean>;
  undelete(id: string): Promise<boolean>;
}

const PROGRAM = fileURLToPath(new URL('./org-process.ts', import.meta.url));
const API = '/services/data/v62.0/sobjects/Task';

export async function startOrg(): Promise<Org> {
  const child = fork(PROGRAM, { execArgv: ['--import', 'tsx'], stdio: 'inherit' });
  const changes: OrgChange[] = [];
  const rows = new Map<string, OrgRow>();
  const undeletes = new Map<number, (ok: boolean) => void>();
  const place = await new Promise<{ url: string; port: number }>((resolve, reject) => {
    child.once('exit', () => reject(new Error('The org did not start.')));
    child.on('message', ({ ready, change, undeleted }: OrgReport) => {
      if (ready !== undefined) resolve(ready);
      if (change !== undefined) changes.push(change);
      if (change?.after) rows.set(String(change.after.Id), change.after);
      if (undeleted !== undefined) undeletes.get(undeleted.call)?.(undeleted.ok);
    });
  });
  let calls = 0;

  async function control<T>(method: string, name: string, body?: unknown): Promise<T> {
    const reply = await fetch(`${place.url}/__sandbox__/${name}`, jsonRequest(method, body));
    if (!reply.ok) throw new Error(`${name}: ${reply.status} ${await reply.text()}`);
    return (await reply.json()) as T;
  }

  return {
    ...place,
    changes,
    rows,
    control,
    async client(username) {
      const grant = await control<{ access_token: string; user_id: string }>('POST', 'tokens', {
        action: 'issue',
        username,
        clientId: 'PlatformCLI',
      });
      const authorization = `Bearer ${grant.access_token}`;
      const send = (method: string, path: string, body?: unknown) =>
        fetch(`${place.url}${API}${path}`, jsonRequest(method, body, { authorization }));
      return {
        userId: grant.user_id,
        async create(fields) {
          const reply = await send('POST', '', fields);
          return reply.ok ? ((await reply.json()) as { id: string }).id : null;
        },
        update: async (id, fields) => (await send('PATCH', `/${id}`, fields)).ok,
        remove: async (id) => (await send('DELETE', `/${id}`)).ok,
        undelete(id) {
          calls += 1;
          const call = calls;
          return new Promise((resolve) => {
            undeletes.set(call, resolve);
            order(child, { undelete: { call, id, userId: grant.user_id } });
          });
        },
      };
    },
    async close() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const gone = once(child, 'exit');
      order(child, { close: true });
      await gone;
    },
  };
}

function order(child: ChildProcess, what: OrgOrder): void {
  child.send(what);
}

function jsonRequest(method: string, body: unknown, headers: Record<string, string> = {}) {
  return body === undefined
    ? { method, headers }
    : {
        method,
        headers: { ...headers, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      };
}
