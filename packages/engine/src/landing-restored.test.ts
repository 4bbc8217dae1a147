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
/** What left before a backup was put back is not in it. */
const forgotten: Intent = { ...birth, requestId: 'forgotten', sentAt: EARLIER, fields: {} };
const unborn: Link = {
  ...link,
  salesforceId: null,
  base: null,
  sf: { kind: 'unborn' },
  intents: [forgotten, birth],
};

describe('a record found after a backup was put back', () => {
  it('R10 I1 that does not show what was sent may have come of a forgotten request: it agrees to nothing', () => {
    const other = adopt(unborn, { ...task, Description: values.details }, LATER);
    expect(other.link).toMatchObject({ salesforceId: task.Id, base: null });
    // What loses is told by the plan, once (R12).
    expect(other.journal).toMatchObject([{ kind: 'adopted' }]);
    const { link: known } = adopt(unborn, { ...task, Description: 'Edited since' }, LATER);
    expect(known.base?.details).toEqual({ app: 'Edited since', sf: 'Edited since' });
  });

  it('R11 rules no request out: another one that was forgotten may have made it', () => {
    const { link: next } = adopt(unborn, { ...task, Description: 'Edited since' }, LATER);
    expect(next.intents).toEqual([forgotten, birth]);
  });

  it('R8 of a task made since then tells what a person changed in it from what it was born with', () => {
    const made = { ...unborn, intents: [birth] };
    const { link: next } = adopt(made, { ...task, Description: 'By hand' }, LATER);
    expect(next.base?.details).toEqual({ app: 'Edited since', sf: 'Edited since' });
    expect(next.intents).toEqual([]);
  });
});
