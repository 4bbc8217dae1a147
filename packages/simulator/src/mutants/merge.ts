import type { Mutant } from './mutant.ts';

const MERGE = 'packages/engine/src/merge.ts';
const PLAN = 'packages/engine/src/plan.ts';
const PLAN_UNBORN = 'packages/engine/src/plan-unborn.ts';

/** Mistakes in the decision itself. */
export const mergeMutants: readonly Mutant[] = [
  {
    name: 'R1',
    rule: 'R1',
    sentence: 'The later of two clocks wins; what both sides last agreed on is not asked.',
    changes: [
      {
        file: MERGE,
        find: '  if (!appChanged) return pull(input);\n',
        replace:
          '  const later = input.editedAt !== null && secondOf(input.editedAt) > secondOf(task.LastModifiedDate);\n' +
          '  if (!appChanged || !sfChanged) return later ? push(input, null) : pull(input);\n',
      },
    ],
  },
  {
    name: 'R3',
    rule: 'R3',
    sentence: 'An update carries the whole record instead of the fields that changed.',
    changes: [
      {
        file: PLAN,
        find: "{ kind: 'update', values: sfPatch, app: sfPatchApp, subject: { cutFrom } }",
        replace: "{ ...(birth(app, map) as object), kind: 'update' } as SfAction",
      },
      {
        file: PLAN,
        find: "import { idle, planUnborn } from './plan-unborn.ts';",
        replace: "import { birth, idle, planUnborn } from './plan-unborn.ts';",
      },
      { file: PLAN_UNBORN, find: 'function birth(', replace: 'export function birth(' },
    ],
  },
  {
    name: 'R4',
    rule: 'R4',
    sentence: 'A conflict is decided without an entry in the history.',
    changes: [
      {
        file: PLAN,
        find: "if (decision.kind !== 'keep' && decision.journal) journal.push(decision.journal);",
        replace:
          "if (decision.kind !== 'keep' && decision.journal && decision.journal.kind !== 'conflict') journal.push(decision.journal);",
      },
    ],
  },
  {
    name: 'R6',
    rule: 'R6',
    sentence:
      'Both sides count as agreed when a write is sent, not when it is known to have landed.',
    changes: [
      {
        file: PLAN,
        find: 'base[field] = pairOf(agreedInApp(field, base as unknown as Base), sf[field]);',
        replace: 'base[field] = { app: app[field], sf: decision.value };',
      },
    ],
  },
  {
    name: 'R10',
    rule: 'R10',
    sentence: 'When nobody knows whether a write landed, it is sent again over a third value.',
    changes: [
      {
        file: MERGE,
        find: "if (outcomeLost) return 'sf';",
        replace: "if (outcomeLost) return 'app';",
      },
    ],
  },
  {
    name: 'R12',
    rule: 'R12',
    sentence: 'A decision is not kept: after a crash the same conflict is decided anew.',
    changes: [
      {
        file: PLAN,
        find: 'base[field] = pairOf(agreedInApp(field, base as unknown as Base), sf[field]);',
        replace: '',
      },
    ],
  },
];
