import type { Mutant } from './mutant.ts';

const HINTED = 'packages/sync/src/read-hinted.ts';
const COMPARE = 'packages/sync/src/compare.ts';
const LANDING = 'packages/engine/src/landing.ts';
const PLAN = 'packages/engine/src/plan.ts';
const RUN = 'packages/sync/src/run.ts';

/** Mistakes in what is believed about the two sides and about other workers. */
export const worldMutants: readonly Mutant[] = [
  {
    name: 'R2',
    rule: 'R2',
    sentence: 'What an event carried is believed when it is worked on, not read again then.',
    changes: [
      {
        file: HINTED,
        find: "  await readRecords(run, [...new Set(hints)], newSince(run.connection), 'leave_hidden');\n",
        replace: `
  const late = payloads.get(run.ports.store) ?? [];
  payloads.set(run.ports.store, []);
  if (late.length > 0)
    await run.transact((tx) => intake(run, tx, late, run.now(), newSince(run.connection)));
  if (hints.length > 0) {
    const reply = await run.read(() => run.ports.salesforce.readTasks(hints));
    payloads.set(run.ports.store, [...reply.value.tasks]);
  }
`,
      },
      {
        file: HINTED,
        find: '/** One call reads so many by id;',
        replace:
          "import { intake } from './intake.ts';\nconst payloads = new WeakMap();\n/** One call reads so many by id;",
      },
      {
        file: LANDING,
        find: 'if (isOlder) return { link, changed: false };',
        replace: '',
      },
    ],
  },
  {
    name: 'R5',
    rule: 'R5',
    sentence: 'A deletion leaves no tombstone: the task is taken for one that was never sent.',
    changes: [
      {
        file: PLAN,
        find: "return link.sf.kind === 'seen' ? planTombstone(input, link.sf.task) : idle(link);",
        replace: 'return planUnborn(input);',
      },
    ],
  },
  {
    name: 'R13',
    rule: 'R13',
    sentence: 'The two sides are never compared in full.',
    changes: [
      {
        file: COMPARE,
        find: "  return comesFirst(comparison) ? 'first' : 'last';",
        replace: "  return 'none';",
      },
    ],
  },
  {
    name: 'R14',
    rule: 'R14',
    sentence: 'A worker whose lease has passed to another one goes on writing to Salesforce.',
    changes: [{ file: RUN, find: 'await this.#holdLease(renew);', replace: '' }],
  },
];
