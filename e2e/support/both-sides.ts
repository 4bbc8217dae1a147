import type { Connection } from 'jsforce';
import type { AppTask } from './app-tasks.ts';
import { everyRow } from './jsforce.ts';
import type { Person } from './person.ts';
import { SALESFORCE_PASSWORD, type Stack } from './stack.ts';
import { type Turn, turnsOf } from './turns.ts';

/** What an independent client reads of a record; nothing here comes from Tandem's code. */
export type OrgTask = {
  Id: string;
  Subject: string | null;
  Status: string;
  Priority: string;
  ActivityDate: string | null;
  Description: string | null;
  OwnerId: string;
  IsDeleted: boolean;
};

export interface HistoryEntry {
  readonly id: string;
  readonly kind: string;
  readonly field: string | null;
  readonly side: 'app' | 'sf' | 'engine';
  readonly from: unknown;
  readonly to: unknown;
  readonly lost: unknown;
  readonly hasLost: boolean;
  readonly rule: string;
}

/** One person with sync on, seen from both sides: the API here, jsforce there, and turns in between. */
export interface BothSides {
  readonly person: Person;
  readonly userId: string;
  /** Her Salesforce user. */
  readonly ownerId: string;
  readonly jsforce: Connection;
  /** One turn of sync that reads and writes all there is. */
  readonly sync: () => Promise<void>;
  create(values: object): Promise<AppTask>;
  task(id: string): Promise<AppTask>;
  edit(id: string, patch: object): Promise<AppTask>;
  history(id: string): Promise<readonly HistoryEntry[]>;
  /** Her task that is tied to this record, or undefined. */
  taskOf(recordId: string): Promise<AppTask | undefined>;
  insert(fields: object): Promise<string>;
  update(id: string, fields: object): Promise<void>;
  /** Also from the Recycle Bin. */
  record(id: string | null): Promise<OrgTask>;
}

export async function bothSides(
  stack: Stack,
  username: string,
  name: string,
  invitation?: string,
): Promise<BothSides> {
  const person = await stack.person(username, name, invitation);
  const { userId } = await person.call<{ userId: string }>('GET', '/api/v1/me');
  await person.connect({ username, password: SALESFORCE_PASSWORD });
  await person.call('PUT', '/api/v1/sync/settings', { mode: 'on' });
  const turn: Turn = await turnsOf(stack, userId);
  await turn();
  const jsforce = await stack.jsforce(username);
  const ownerId = stack.sandbox.org.userByName(username)?.Id ?? '';

  async function record(id: string | null): Promise<OrgTask> {
    const rows = await everyRow<OrgTask>(
      jsforce,
      `SELECT Id, Subject, Status, Priority, ActivityDate, Description, OwnerId, IsDeleted
         FROM Task WHERE Id = '${id}'`,
    );
    if (rows[0] === undefined) throw new Error(`Salesforce holds no record ${id}`);
    return rows[0];
  }

  return {
    person,
    userId,
    ownerId,
    jsforce,
    record,
    sync: async () => {
      await turn({ pollNow: true });
    },
    create: (values) => person.call('POST', '/api/v1/tasks', values),
    task: (id) => person.call('GET', `/api/v1/tasks/${id}`),
    edit: (id, patch) => person.call('PATCH', `/api/v1/tasks/${id}`, patch),
    async history(id) {
      const path = `/api/v1/tasks/${id}/history?limit=200`;
      return (await person.call<{ entries: HistoryEntry[] }>('GET', path)).entries;
    },
    async taskOf(recordId) {
      const path = '/api/v1/tasks?view=all&limit=500&sort=-createdAt';
      const { tasks } = await person.call<{ tasks: AppTask[] }>('GET', path);
      return tasks.find(({ sync }) => sync.salesforceId === recordId);
    },
    async insert(fields) {
      const result = await jsforce.sobject('Task').create({ OwnerId: ownerId, ...fields });
      if (!result.success) throw new Error(JSON.stringify(result.errors));
      return result.id;
    },
    async update(id, fields) {
      const result = await jsforce.sobject('Task').update({ Id: id, ...fields });
      if (!result.success) throw new Error(JSON.stringify(result.errors));
    },
  };
}
