import { describe, expect, it } from 'vitest';
import type { Commit, OrgRecord } from '../org/org.ts';
import { testOrg } from '../org/testing.ts';
import { bitmapOf, positionsOf } from './bitmap.ts';
import { changeEventsOf } from './change-events.ts';
import { changeSchemaOf } from './change-schema.ts';

/** 100,000 in an org. */
const MOST = 10;

describe('change events', () => {
  it('past the limit a transaction only says that there was more', () => {
    const { org, ann } = testOrg();
    const schema = changeSchemaOf(org.describe('Task'));
    const row = { Id: '00T1', IsDeleted: false, SystemModstamp: '' } as OrgRecord;
    const changes = Array.from({ length: MOST + 5 }, (_, index) => ({
      kind: 'insert' as const,
      object: 'Task',
      id: `00T${index}`,
      before: null,
      after: { ...row, Subject: index < 2 ? `own ${index}` : 'the same' },
    }));
    const commit: Commit = { number: 7, at: 0, ctx: ann, changes };
    const events = changeEventsOf(commit, 'Task', schema, MOST);
    expect(events.map(({ header }) => [header.changeType, header.recordIds.length])).toEqual([
      ['CREATE', 1],
      ['CREATE', 1],
      ['CREATE', MOST - 2],
      ['GAP_OVERFLOW', 0],
    ]);
  });

  it('names fields by bits, the first one lowest', () => {
    expect(bitmapOf([22])).toEqual(['0x400000']);
    expect(bitmapOf([])).toEqual([]);
    expect(positionsOf(bitmapOf([1, 4, 70]))).toEqual([1, 4, 70]);
  });
});
