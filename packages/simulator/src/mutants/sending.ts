import type { Mutant } from './mutant.ts';

const COMMIT = 'packages/sync/src/commit-plans.ts';
const LANDING = 'packages/engine/src/landing.ts';
const SETTLE = 'packages/engine/src/settle-intents.ts';
const RESOLVE = 'packages/sync/src/resolve-unknown.ts';

/** Mistakes in what leaves for Salesforce, and in what is made of the replies. */
export const sendingMutants: readonly Mutant[] = [
  {
    name: 'R7',
    rule: 'R7',
    sentence: 'Each try of a creation carries a key of its own.',
    changes: [
      {
        file: COMMIT,
        find: 'creationKey: link.creationKey, body',
        replace: 'creationKey: run.ports.ids.uuid(), body',
      },
    ],
  },
  {
    name: 'R8',
    rule: 'R8',
    sentence:
      '"Duplicate value" is taken for a refusal, and the creation goes out under a new key.',
    changes: [
      {
        file: LANDING,
        find: 'link: { ...without(link, intent), salesforceId: result.duplicateOf },',
        replace: "link: { ...without(link, intent), creationKey: link.creationKey + '-again' },",
      },
    ],
  },
  {
    name: 'R8-birth-values',
    rule: 'R8',
    sentence:
      'A record that was born after all is taken to hold what the last try would have sent.',
    changes: [
      {
        file: LANDING,
        find: 'mostLikely(told, task)',
        replace: 'told.at(-1)',
      },
      {
        file: LANDING,
        find: '[birth, ...births].find(',
        replace: '[birth].find(',
      },
    ],
  },
  {
    name: 'R9',
    rule: 'R9',
    sentence: 'Updates are sent without a condition, and nobody looks at what they covered.',
    changes: [
      {
        file: COMMIT,
        find: 'guardAll || isLively(run, task.LastModifiedDate) ? task.LastModifiedDate : null',
        replace: 'null',
      },
      {
        file: LANDING,
        find: 'before === null ? [] : lateOverwrites(link, intent, before, policy)',
        replace: '[]',
      },
    ],
  },
  {
    name: 'R11',
    rule: 'R11',
    sentence: 'A request without a reply is forgotten at the first look, though it may still land.',
    changes: [
      {
        file: SETTLE,
        find: 'if (mayStillLand && !landed) open.push(intent);',
        replace: 'if (!landed) continue;',
      },
      {
        file: RESOLVE,
        find: 'waitsForReturn(link, intent) || isInLandingWindow(intent, lookedAt)',
        replace: 'false',
      },
    ],
  },
];
