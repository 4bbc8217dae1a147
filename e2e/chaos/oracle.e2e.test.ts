import { expect, test } from 'vitest';
import type { Witnessed } from './history.ts';
import { type Evidence, judge } from './oracle.ts';

type Who = Pick<Witnessed, 'side' | 'by'>;

const REP: Who = { side: 'app', by: 'user' };
const OTHER: Who = { side: 'sf', by: 'user' };
const PUSH: Who = { side: 'sf', by: 'engine' };
const PULL: Who = { side: 'app', by: 'engine' };

const life = (who: Who, kind: 'birth' | 'death' | 'revival') => ({ ...who, kind });
const write = (who: Who, from: string, to: string) =>
  ({ ...who, kind: 'write', field: 'details', from, to }) as const;

/** A task of the rep and its record, both alive with these details. */
function evidence(happened: readonly object[], more: Partial<Evidence> = {}): Evidence {
  const witnessed = happened.map((one, atMs) => ({ atMs, holder: 'x', ...one }) as Witnessed);
  const last = (side: string) =>
    witnessed.findLast((one) => one.kind === 'write' && one.side === side);
  const held = (side: string) => {
    const write = last(side);
    return write?.kind === 'write' ? write.to : '';
  };
  return {
    witnessed,
    tasks: [{ task_id: 't1', details: held('app') }],
    records: [{ Id: 'r1', Description: held('sf'), IsDeleted: false }],
    keptAsLost: '',
    promised: [],
    ...more,
  };
}

const BORN = [
  life(REP, 'birth'),
  write(REP, '', 'one'),
  life(PUSH, 'birth'),
  write(PUSH, '', 'one'),
];
const offences = (judged: Evidence) => judge(judged).map(({ offence }) => offence);

test('the chaos oracle is content with edits that travel, and with a loser that is on record', () => {
  const edits = [...BORN, write(REP, 'one', 'two'), write(PUSH, 'one', 'two')];
  expect(judge(evidence(edits, { promised: ['one', 'two'] }))).toEqual([]);
  const clash = [...edits, write(OTHER, 'two', 'theirs'), write(REP, 'two', 'ours')];
  const decided = [...clash, write(PULL, 'ours', 'theirs')];
  expect(judge(evidence(decided, { keptAsLost: '"ours"' }))).toEqual([]);
});

test.each<[string, Evidence, string[]]>([
  [
    'I2 a value overwritten without a word',
    evidence([
      ...BORN,
      write(OTHER, 'one', 'theirs'),
      write(REP, 'one', 'ours'),
      write(PUSH, 'theirs', 'ours'),
    ]),
    ['lost', 'lost'],
  ],
  [
    'I1 a value put back over its successor',
    evidence([...BORN, write(REP, 'one', 'two'), write(PULL, 'two', 'one')]),
    ['backward', 'lost'],
  ],
  ['I6 a value nobody wrote', evidence([...BORN, write(PUSH, 'one', 'odd')]), ['invented']],
  ['an acknowledged edit that is not there', evidence(BORN, { promised: ['gone'] }), ['lost']],
  [
    'I3 two records of one task',
    evidence([...BORN, life(PUSH, 'birth')], {
      records: ['r1', 'r2'].map((Id) => ({ Id, Description: 'one', IsDeleted: false })),
    }),
    ['duplicated', 'duplicated'],
  ],
  ['I4 a deleted task that lives', evidence([...BORN, life(REP, 'death')]), ['revived']],
  [
    'a task that nobody deleted and that is gone',
    evidence(BORN, {
      tasks: [{ task_id: 't1', details: 'one', trashed_at: '2026-11-24' }],
      records: [{ Id: 'r1', Description: 'one', IsDeleted: true }],
    }),
    ['lost'],
  ],
  ['a task that nobody could make', evidence([], { tasks: [], records: [] }), ['never made']],
])('the chaos oracle reports %s', (_, judged, expected) => {
  expect(offences(judged)).toEqual(expected);
});
