import type { Core } from './core.ts';
import { makeId } from './ids.ts';
import { ADMINISTRATOR, STANDARD_USER } from './objects/profile.ts';
import { TASK_PRIORITY_ROWS } from './objects/task-priority.ts';
import { TASK_STATUS_ROWS } from './objects/task-status.ts';
import type { Ctx, FieldValue, Id, OrgRecord } from './org.ts';
import { stampOf } from './stamps.ts';

/** The org itself, for work nobody signed in for. Its id belongs to no User row. */
export const SYSTEM_CTX: Ctx = {
  userId: makeId('005', 0),
  client: null,
  source: 'control',
};

/** What an org has before anybody works in it: itself, its picklists, its profiles. */
export function putBaseRows(core: Core, org: { readonly id: Id; readonly name: string }): void {
  put(core, 'Organization', {
    Id: org.id,
    Name: org.name,
    InstanceName: 'LOC1',
    IsSandbox: true,
    OrganizationType: 'Developer Edition',
    LanguageLocaleKey: 'en_US',
    TimeZoneSidKey: 'UTC',
    DefaultLocaleSidKey: 'en_US',
  });
  for (const [i, row] of TASK_STATUS_ROWS.entries()) {
    put(core, 'TaskStatus', { ...row, MasterLabel: row.ApiName, SortOrder: i + 1 });
  }
  for (const [i, row] of TASK_PRIORITY_ROWS.entries()) {
    put(core, 'TaskPriority', { ...row, MasterLabel: row.ApiName, SortOrder: i + 1 });
  }
  for (const name of [ADMINISTRATOR, STANDARD_USER]) {
    const all = name === ADMINISTRATOR;
    put(core, 'Profile', {
      Name: name,
      PermissionsModifyAllData: all,
      PermissionsViewAllData: all,
    });
  }
}

function put(core: Core, name: string, values: Record<string, FieldValue>): void {
  const object = core.catalogue.object(name);
  const stamp = stampOf(core.clock.now());
  const blank = Object.fromEntries(object.fields.map((field) => [field.name, field.defaultValue]));
  const row = {
    ...blank,
    IsDeleted: false,
    CreatedDate: stamp,
    CreatedById: SYSTEM_CTX.userId,
    LastModifiedDate: stamp,
    LastModifiedById: SYSTEM_CTX.userId,
    SystemModstamp: stamp,
    Id: values.Id ?? makeId(object.keyPrefix, core.state.nextSerial(name)),
    ...values,
  };
  core.state.put(name, row as OrgRecord);
}
