import { describe, expect, it } from 'vitest';
import { plan } from './plan.ts';
import { isWorthTelling, planImport } from './plan-import.ts';
import { link, policy, STRANGER_SF, situation, task } from './testing/builders.ts';

describe('taking a record in for the first time', () => {
  it('B6.4 takes name, status, priority, date, details, owner, person and related record', () => {
    const record = {
      ...task,
      Priority: 'High',
      WhoId: '003000000000001AAA',
      WhoName: 'Ida Brandt',
      WhoType: 'Contact',
    };
    expect(planImport(record, policy)).toMatchObject({
      kind: 'import',
      values: {
        name: 'Send the offer',
        status: 'open',
        priority: 'high',
        dueDate: '2026-11-30',
        details: 'Two pages at most',
        owner: 'user-mara',
        person: { id: '003000000000001AAA', type: 'Contact', name: 'Ida Brandt' },
        related: null,
      },
      context: { type: 'custom' },
    });
  });

  it('E2 an imported record asks for nothing back', () => {
    for (const change of [
      {},
      { Status: 'In Progress' },
      { Priority: 'Low' },
      { Subject: null },
      { Description: null },
    ]) {
      const record = { ...task, ...change };
      const decision = planImport(record, policy);
      if (decision.kind !== 'import') throw new Error('expected an import');
      const imported = situation({
        app: decision.values,
        sf: record,
        link: {
          ...link,
          origin: 'sf',
          base: decision.base,
          sf: { kind: 'seen', task: record, seenAt: task.CreatedDate },
        },
      });
      expect(plan(imported)).toMatchObject({
        app: { kind: 'none' },
        sf: { kind: 'none' },
        journal: [],
      });
    }
  });

  it('B3.5 B4.1 unmapped open values come in as Open and Normal, with a note', () => {
    const decision = planImport({ ...task, Status: 'Deferred', Priority: 'Low' }, policy);
    expect(decision).toMatchObject({
      values: { status: 'open', priority: 'normal' },
      journal: [
        { kind: 'imported' },
        { kind: 'unmapped', field: 'status', to: 'Deferred', rule: 'B3.5' },
        { kind: 'unmapped', field: 'priority', to: 'Low', rule: 'B4.1' },
      ],
    });
  });

  it.each([
    [{ Status: 'Void', IsClosed: true }, 'unmapped_closed_status', true],
    [{ IsRecurrence: true }, 'series', true],
    [{ IsArchived: true }, 'archived', true],
    [{ IsDeleted: true }, 'deleted', false],
    [{ OwnerId: STRANGER_SF }, 'not_yours', false],
  ] as const)('B3.5 B6.2 leaves out %j as %s', (change, reason, told) => {
    expect(planImport({ ...task, ...change }, policy)).toEqual({ kind: 'skip', reason });
    expect(isWorthTelling(reason)).toBe(told);
  });

  it('gives a record without Subject a name a person can click', () => {
    expect(planImport({ ...task, Subject: null }, policy)).toMatchObject({
      values: { name: '(no subject)' },
    });
  });
});
