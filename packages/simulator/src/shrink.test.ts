import { describe, expect, it } from 'vitest';
import type { SimOptions } from './index.ts';
import { shrink } from './shrink.ts';

/** Fails while actions 3 and 17, the fault `crash` and the field `name` are all there. */
async function fails({ dropActions, faultsOff, fieldsOff }: SimOptions): Promise<boolean> {
  return !(
    dropActions?.includes(3) ||
    dropActions?.includes(17) ||
    faultsOff?.includes('crash') ||
    fieldsOff?.includes('name')
  );
}

const input = {
  options: {},
  first: { actions: 20, faultsOn: ['crash', 'dst', 'reply_lost'] },
  fields: ['details', 'name', 'owner'],
  fails,
};

describe('shrinking a failing seed', () => {
  it('leaves only the actions, faults and fields that the failure needs', async () => {
    const { options } = await shrink(input);
    expect(options).toEqual({
      dropActions: [...Array(20).keys()].filter((index) => index !== 3 && index !== 17),
      faultsOff: ['dst', 'reply_lost'],
      fieldsOff: ['details', 'owner'],
    });
  });

  it('keeps what was left out from the start', async () => {
    const { options } = await shrink({ ...input, options: { dropActions: [0], swarm: false } });
    expect(options).toMatchObject({ swarm: false });
    expect(options.dropActions).toHaveLength(18);
    expect(new Set(options.dropActions).size).toBe(18);
  });

  it('stops at its budget with a case that still fails', async () => {
    const { options, runs } = await shrink({ ...input, budget: 7 });
    expect(runs).toBe(7);
    expect(await fails(options)).toBe(true);
  });

  it('gives back what it got when nothing can go', async () => {
    const all = async (options: SimOptions) => Object.keys(options).length === 0;
    expect((await shrink({ ...input, fails: all })).options).toEqual({});
  });
});
