import type { AppState, Base, Link } from '../link.ts';
import type { PlanInput } from '../plan-types.ts';
import { type Policy, STANDARD_PRIORITY_MAP, STANDARD_STATUS_MAP } from '../policy.ts';
import { type SalesforceTask, sfValuesOf } from '../salesforce-task.ts';
import { DEFAULT_TEMPLATE } from '../subject-template.ts';
import { type AppValues, SYNCED_FIELDS, type TaskContext } from '../task.ts';

/** A quiet pair of records that agree, for tests to disturb. */

export const MARA = 'user-mara';
export const TOMAS = 'user-tomas';
export const MARA_SF = '005000000000001AAA';
export const TOMAS_SF = '005000000000002AAA';
export const STRANGER_SF = '005000000000009AAA';

export const NOON = '2026-11-24T12:00:00.000Z';
export const LATER = '2026-11-24T12:05:00.000Z';
export const EARLIER = '2026-11-24T11:55:00.000Z';

export const policy: Policy = {
  status: STANDARD_STATUS_MAP,
  priority: STANDARD_PRIORITY_MAP,
  reopenToFormerStatus: false,
  subjectTemplate: DEFAULT_TEMPLATE,
  conflict: 'latest',
  owners: {
    toSf: { [MARA]: MARA_SF, [TOMAS]: TOMAS_SF },
    toApp: { [MARA_SF]: MARA, [TOMAS_SF]: TOMAS },
  },
};

export const values: AppValues = {
  name: 'Send the offer',
  status: 'open',
  priority: 'normal',
  dueDate: '2026-11-30',
  details: 'Two pages at most',
  owner: MARA,
  person: null,
  related: null,
};

export const task: SalesforceTask = {
  Id: '00T000000000001AAA',
  Subject: 'Send the offer',
  Status: 'Not Started',
  IsClosed: false,
  Priority: 'Normal',
  ActivityDate: '2026-11-30',
  Description: 'Two pages at most',
  OwnerId: MARA_SF,
  WhoId: null,
  WhatId: null,
  WhoName: null,
  WhoType: null,
  WhatName: null,
  WhatType: null,
  IsDeleted: false,
  IsArchived: false,
  IsRecurrence: false,
  CreatedDate: EARLIER,
  LastModifiedDate: NOON,
  LastModifiedById: MARA_SF,
  SystemModstamp: NOON,
  CreationKey: null,
};

export const context: TaskContext = {
  type: 'call',
  campaignName: null,
  campaignDay: null,
  campaignStep: null,
  callOutcome: null,
  callReason: null,
};

export function baseOf(app: AppValues, sf: SalesforceTask): Base {
  const held = sfValuesOf(sf);
  return Object.fromEntries(
    SYNCED_FIELDS.map((field) => [field, { app: app[field], sf: held[field] }]),
  ) as unknown as Base;
}

export const link: Link = {
  id: 'link-1',
  taskId: 'task-1',
  salesforceId: task.Id,
  creationKey: 'key-1',
  origin: 'app',
  base: baseOf(values, task),
  sf: { kind: 'seen', task, seenAt: LATER },
  intents: [],
  parked: null,
  formerOpenStatus: null,
  state: 'live',
};

export interface Disturbance {
  readonly app?: Partial<AppValues>;
  readonly editedAt?: string;
  readonly sf?: Partial<SalesforceTask>;
  readonly link?: Partial<Link>;
  readonly policy?: Partial<Policy>;
  readonly context?: Partial<TaskContext>;
  readonly trashed?: 'by_person' | 'by_sync';
  readonly trashedAt?: string;
  readonly soleLink?: boolean;
}

/** The quiet pair with this and that changed on either side. */
export function situation(change: Disturbance = {}): PlanInput {
  const appValues = { ...values, ...change.app };
  const editedAt = Object.fromEntries(
    Object.keys(change.app ?? {}).map((field) => [field, change.editedAt ?? NOON]),
  );
  const app: AppState = change.trashed
    ? {
        kind: 'trashed',
        values: appValues,
        bySync: change.trashed === 'by_sync',
        editedAt,
        at: change.trashedAt ?? EARLIER,
        revision: 2,
      }
    : { kind: 'live', values: appValues, editedAt, revision: 2 };
  const sf: Link['sf'] = { kind: 'seen', task: { ...task, ...change.sf }, seenAt: LATER };
  return {
    link: { ...link, sf, ...change.link },
    app,
    context: { ...context, ...change.context },
    policy: { ...policy, ...change.policy },
    soleLink: change.soleLink ?? true,
  };
}
