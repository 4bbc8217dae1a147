import { describe, expect, it } from 'vitest';
import { agrees } from './field-map.ts';
import { plan } from './plan.ts';
import type { PlanInput } from './plan-types.ts';
import type { SalesforceTask } from './salesforce-task.ts';
import type { AppValues, SyncedField } from './task.ts';
import { SYNCED_FIELDS } from './task.ts';
import {
  EARLIER,
  LATER,
  MARA_SF,
  situation,
  TOMAS,
  TOMAS_SF,
  task,
  values,
} from './testing/builders.ts';
import { settle } from './testing/settle.ts';

/**
 * T0: every combination of what each side can hold for a field, with every rule and edit order. The types
 * below force a row for every synced field.
 */

const contact = { id: '003000000000001AAA', type: 'Contact', name: 'Ida Brandt' };
const account = { id: '001000000000001AAA', type: 'Account', name: 'Fernhill Tools' };

/** Two values other than the base's, per side, so that equal and different changes both occur. */
const OTHER: { [F in SyncedField]: { app: AppValues[F][]; sf: Partial<SalesforceTask>[] } } = {
  name: { app: ['Second', 'Third'], sf: [{ Subject: 'Second' }, { Subject: 'Fourth' }] },
  status: {
    app: ['complete'],
    sf: [
      { Status: 'Completed', IsClosed: true },
      { Status: 'In Progress' },
      { Status: 'Void', IsClosed: true },
    ],
  },
  priority: { app: ['high'], sf: [{ Priority: 'High' }, { Priority: 'Low' }] },
  dueDate: {
    app: ['2026-12-01', null],
    sf: [{ ActivityDate: '2026-12-01' }, { ActivityDate: '2028-02-29' }],
  },
  details: {
    app: ['New', ''],
    sf: [{ Description: 'New' }, { Description: null }, { Description: 'Else' }],
  },
  owner: { app: [TOMAS], sf: [{ OwnerId: TOMAS_SF }, { OwnerId: MARA_SF }] },
  person: {
    app: [contact],
    sf: [{ WhoId: contact.id, WhoName: contact.name, WhoType: 'Contact' }],
  },
  related: {
    app: [account],
    sf: [{ WhatId: account.id, WhatName: account.name, WhatType: 'Account' }],
  },
};

const RULES = ['latest', 'salesforce', 'app'] as const;

interface Case {
  readonly field: SyncedField;
  readonly appChanged: boolean;
  readonly sfChanged: boolean;
  readonly input: PlanInput;
  readonly title: string;
}

function* everyCase(): Generator<Case> {
  for (const field of SYNCED_FIELDS) {
    const apps = [undefined, ...OTHER[field].app];
    const sfs = [undefined, ...OTHER[field].sf];
    for (const app of apps)
      for (const sf of sfs)
        for (const conflict of RULES)
          for (const editedAt of [EARLIER, LATER])
            for (const subjectTemplate of ['{{activity_subject}}', 'fixed'])
              yield {
                field,
                appChanged: app !== undefined && app !== values[field],
                sfChanged:
                  sf !== undefined &&
                  Object.entries(sf).some(
                    ([key, value]) => task[key as keyof SalesforceTask] !== value,
                  ),
                input: situation({
                  app: app === undefined ? {} : { [field]: app },
                  editedAt,
                  sf: sf ?? {},
                  policy: { conflict, subjectTemplate },
                  link: { origin: 'sf' },
                }),
                title: JSON.stringify({ field, app, sf, conflict, editedAt, subjectTemplate }),
              };
  }
}

const cases = [...everyCase()];

describe('T0 every combination of two sides', () => {
  it('covers hundreds of combinations', () => {
    expect(cases.length).toBeGreaterThan(600);
  });

  it('I5 declares a conflict only when both sides left the base for different values', () => {
    for (const { input, appChanged, sfChanged, title } of cases) {
      const conflict = plan(input).journal.some((entry) => entry.kind === 'conflict');
      if (conflict) expect(appChanged && sfChanged, title).toBe(true);
    }
  });

  it('I2 a conflict keeps the losing value in the journal', () => {
    for (const { input, field, title } of cases) {
      const sf = input.link.sf.kind === 'seen' ? input.link.sf.task : task;
      for (const entry of plan(input).journal.filter(({ kind }) => kind === 'conflict')) {
        const loser =
          entry.side === 'app' ? OTHER[field].sf.length > 0 && sf : input.app.values[field];
        expect(entry.lost, title).not.toBeUndefined();
        if (entry.side === 'sf') expect(entry.lost, title).toEqual(loser);
      }
    }
  });

  it('R3 touches no field but the one that changed', () => {
    for (const { input, field, title } of cases) {
      const { app, sf } = plan(input);
      for (const action of [app, sf]) {
        if ('values' in action) expect(Object.keys(action.values), title).toEqual([field]);
      }
    }
  });

  it('R1 I1 an unchanged side never overwrites a changed one', () => {
    for (const { input, appChanged, sfChanged, title } of cases) {
      const { app, sf } = plan(input);
      if (!appChanged) expect(sf.kind, title).toBe('none');
      if (!sfChanged) expect(app.kind, title).toBe('none');
    }
  });

  it('L1 L2 comes to rest with both sides agreeing, or holding values the other has no word for', () => {
    for (const { input, field, title } of cases) {
      const { end, plans } = settle(input);
      expect(plans.length, title).toBeLessThanOrEqual(2);
      expect(plan(end), title).toMatchObject({
        app: { kind: 'none' },
        sf: { kind: 'none' },
        journal: [],
      });
      const sf = end.link.sf.kind === 'seen' ? end.link.sf.task : task;
      const map = { policy: end.policy, origin: end.link.origin, context: end.context };
      const unmapped =
        ['In Progress', 'Void'].includes(sf.Status) || sf.Priority === 'Low' || field === 'name';
      if (!unmapped) expect(agrees(field, end.app.values, sf, map), title).toBe(true);
    }
  });
});
