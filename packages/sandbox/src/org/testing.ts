import { SYSTEM_CTX } from './base-rows.ts';
import { createClock } from './clock.ts';
import { LocalOrg } from './local-org.ts';
import type { Ctx, DmlResult, Id, InputFields, OrgRecord } from './org.ts';

export interface TestOrg {
  readonly org: LocalOrg;
  /** System Administrator. */
  readonly admin: Ctx;
  /** Two ordinary users. */
  readonly ann: Ctx;
  readonly bo: Ctx;
}

/** A frozen Monday noon, UTC. */
export const NOON = Date.parse('2026-03-02T12:00:00Z');

export function testOrg(folder: string | null = null): TestOrg {
  const clock = createClock(() => NOON);
  const org = new LocalOrg({ folder, clock, name: 'Test Org' });
  const user = (name: string, profile: string): Ctx => {
    const username = `${name.toLowerCase()}@test.example`;
    const existing = org.userByName(username);
    if (existing !== null) return restCtx(existing.Id);
    const profiles = org.query(`SELECT Id FROM Profile WHERE Name = '${profile}'`, SYSTEM_CTX);
    const id = idOf(
      org.insert(
        'User',
        {
          Username: username,
          LastName: name,
          Email: username,
          ProfileId: profiles.records[0]?.Id,
          TimeZoneSidKey: 'America/Los_Angeles',
        },
        SYSTEM_CTX,
      ),
    );
    return restCtx(id);
  };
  return {
    org,
    admin: user('Admin', 'System Administrator'),
    ann: user('Ann', 'Standard User'),
    bo: user('Bo', 'Standard User'),
  };
}

export function restCtx(userId: Id): Ctx {
  return { userId, client: null, source: 'rest' };
}

export function idOf(result: DmlResult): Id {
  if (!result.ok) throw new Error(JSON.stringify(result.errors));
  return result.id;
}

export function errorOf(result: DmlResult): string {
  if (result.ok) throw new Error('expected a refusal');
  return result.errors.map((error) => `${error.code} ${error.message}`).join('; ');
}

export function addTask({ org, ann }: TestOrg, fields: InputFields = {}, ctx: Ctx = ann): Id {
  return idOf(org.insert('Task', fields, ctx));
}

export function taskOf({ org }: TestOrg, id: Id): OrgRecord {
  const row = org.retrieve('Task', id, SYSTEM_CTX);
  if (row === null) throw new Error(`no task ${id}`);
  return row;
}
