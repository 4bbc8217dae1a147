import type { Mutant } from './mutant.ts';

/** Mistakes in an org without the key field, where a birth is told by its values (R8). */
export const keylessMutants: readonly Mutant[] = [
  {
    name: 'R8-sent-again',
    rule: 'R8',
    sentence: 'Without a key field a creation whose answer was lost is sent again at once.',
    changes: [
      {
        file: 'packages/sync/src/plan-linked.ts',
        find: "decided.sf.kind === 'create' && isBirthInDoubt(run, linked.link)",
        replace: 'false',
      },
    ],
  },
  {
    name: 'R8-not-held',
    rule: 'R8',
    sentence: 'A record that may be the birth of a task of ours comes in as a new one.',
    changes: [
      {
        file: 'packages/sync/src/match-birth.ts',
        find: 'const held = tasks.filter(',
        replace: 'const held = tasks.slice(0, 0).filter(',
      },
    ],
  },
  {
    name: 'R8-subject-only',
    rule: 'R8',
    sentence: 'A lost birth is looked for by its Subject alone.',
    changes: [
      {
        file: 'packages/sync/src/match-birth.ts',
        find: 'old.length === 0 ? NOTHING',
        replace: 'births.length >= 0 ? NOTHING',
      },
    ],
  },
  {
    name: 'R8-forgotten',
    rule: 'R8',
    sentence: 'What was not born when a backup was written is taken for not born when it comes in.',
    changes: [
      {
        file: 'packages/sync/src/births.ts',
        find: 'if (birthsOf(link).every(isTold)) return link;',
        replace: 'if (link.intents.length >= 0) return link;',
      },
    ],
  },
];
