import { describe, expect, it } from 'vitest';
import { plan } from './plan.ts';
import type { PlanInput } from './plan-types.ts';
import { EARLIER, LATER, NOON, STRANGER_SF, situation } from './testing/builders.ts';

const QUIET = { app: { kind: 'none' }, sf: { kind: 'none' }, journal: [] };

/** Looked at once more, when no request of noon can land any more. */
function seenLater(input: PlanInput): PlanInput {
  const { sf } = input.link;
  const later = { ...sf, seenAt: '2026-11-24T12:10:00.000Z' } as typeof sf;
  return { ...input, link: { ...input.link, sf: later } };
}

describe('a deletion of ours that was taken back while it was under way', () => {
  const deletion = (requestId: string, sentAt: string) =>
    ({ requestId, kind: 'delete', sentAt, expectedRevision: null, fields: {} }) as const;

  it('R11 a deletion taken back stays on record while it may land, so that its landing is no person’s', () => {
    const intent = deletion('r', NOON);
    const alive = plan(situation({ link: { intents: [intent] } }));
    expect(alive).toMatchObject({ sf: { kind: 'none' }, intents: [intent] });
    const landed = situation({ sf: { IsDeleted: true }, link: { intents: alive.intents } });
    expect(plan(landed)).toMatchObject({ ...QUIET, rebirth: false, intents: [intent] });
    expect(plan(seenLater(landed))).toMatchObject({ rebirth: true, app: { kind: 'none' } });
  });

  it('R11 the new life waits until no deletion in doubt can land any more, or for an undelete', () => {
    const intents = [deletion('r1', EARLIER), deletion('r2', NOON)];
    const gone = situation({ sf: { IsDeleted: true }, link: { intents } });
    expect(plan(gone)).toMatchObject({ ...QUIET, rebirth: false, state: 'live', intents });
    // Also where it was somebody else's by then: it is looked at again until that is decided.
    const left = { ...gone, link: { ...gone.link, state: 'left' } as const };
    expect(plan(left)).toMatchObject({ rebirth: false, state: 'live' });
    expect(plan(seenLater(gone))).toMatchObject({ rebirth: true, intents: [] });
    expect(plan(situation({ link: { intents } }))).toMatchObject({ ...QUIET, state: 'live' });
  });

  it('B1.2 the new life begins at once where Salesforce said that it was ours, and no other is out', () => {
    const gone = situation({ sf: { IsDeleted: true } });
    expect(plan({ ...gone, deletedByUs: true })).toMatchObject({ rebirth: true });
    const other = { ...gone.link, intents: [deletion('r2', NOON)] };
    expect(plan({ ...gone, link: other, deletedByUs: true })).toMatchObject({ rebirth: false });
  });

  it('I2 the new life takes along what was changed in the old record before it went', () => {
    const changed = { IsDeleted: true, Description: 'Just before' };
    expect(plan({ ...situation({ sf: changed }), deletedByUs: true })).toMatchObject({
      rebirth: true,
      app: { kind: 'patch', values: { details: 'Just before' } },
      journal: [{ kind: 'pulled', field: 'details' }],
    });
    const both = situation({ app: { details: 'Here' }, editedAt: LATER, sf: changed });
    expect(plan({ ...both, deletedByUs: true })).toMatchObject({
      rebirth: true,
      app: { kind: 'none' },
      journal: [{ kind: 'conflict', rule: 'B10.2', lost: 'Just before' }],
    });
  });

  it('B8.3 B8.4 I2 what another had of it, or Salesforce alone manages, is not taken over, but named', () => {
    const changed = { IsDeleted: true, Description: 'Just before' };
    for (const theirs of [{ OwnerId: STRANGER_SF }, { IsRecurrence: true }]) {
      const gone = situation({ sf: { ...changed, ...theirs } });
      const planned = plan({ ...gone, deletedByUs: true });
      expect(planned).toMatchObject({ rebirth: true, app: { kind: 'none' } });
      expect(planned.journal).toContainEqual(
        expect.objectContaining({ kind: 'late_overwrite', rule: 'B10.3', lost: 'Just before' }),
      );
    }
  });
});
