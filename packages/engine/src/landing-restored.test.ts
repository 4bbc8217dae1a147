import { describe, expect, it } from 'vitest';
import { adopt } from './landing.ts';
import type { Intent, Link } from './link.ts';
import { EARLIER, LATER, link, NOON, task, values } from './testing/builders.ts';

const birth: Intent = {
  requestId: 'on record',
  kind: 'create',
  sentAt: NOON,
  expectedRevision: null,
  fields: { details: { from: null, to: 'Edited since', app: 'Edited since' } },
};
const unborn: Link = {
  ...link,
  salesforceId: null,
  base: null,
  sf: { kind: 'unborn' },
  intents: [birth],
};
const born = { ...task, CreatedDate: NOON };

describe('a record found after a backup was put back', () => {
  it('R10 I1 that does not show what was sent may have come of a forgotten request: it agrees to nothing', () => {
    const { link: next } = adopt(unborn, { ...born, Description: values.details }, LATER, EARLIER);
    expect(next).toMatchObject({ salesforceId: task.Id, base: null });
    const { link: known } = adopt(unborn, { ...born, Description: 'Edited since' }, LATER, EARLIER);
    expect(known.base?.details).toEqual({ app: 'Edited since', sf: 'Edited since' });
  });

  it('R11 rules no request out: another one that was forgotten may have made it', () => {
    const { link: next } = adopt(unborn, { ...born, Description: 'Edited since' }, LATER, EARLIER);
    expect(next.intents).toEqual([birth]);
    expect(adopt(unborn, born, LATER).link.intents).toEqual([]);
  });

  it('R10 is told as ever once no forgotten request can have made it any more', () => {
    const longAgo = '2026-11-24T11:00:00.000Z';
    const { link: next } = adopt(unborn, { ...born, Description: 'By hand' }, LATER, longAgo);
    expect(next.base?.details).toEqual({ app: 'Edited since', sf: 'Edited since' });
    expect(next.intents).toEqual([]);
  });
});
