import { describe, expect, it } from 'vitest';
import { commandOf, parseOptions } from './options.ts';

const known = { faults: ['crash', 'dst'], fields: ['name', 'owner'], mutants: ['R4'] };
const parse = (...args: readonly string[]) => parseOptions(args, known);

describe('the options of npm run sim', () => {
  it.each([
    [['--runs', 'many'], '--runs takes a whole number from 1 up, not "many".'],
    [['--runs', '0'], '--runs takes'],
    [['--seconds', '1.5'], '--seconds takes'],
    [['--seed='], '--seed takes'],
    [['--jobs', '0'], '--jobs takes'],
    [['--mutant', 'R99'], '--mutant R99 is not known. There are: R4.'],
    [['--faults-off', 'crash,fire'], '--faults-off: "fire" is not known. There are: crash, dst.'],
    [['--fields-off', 'size'], '--fields-off: "size" is not known'],
    [['--drop-actions', '5-2'], '--drop-actions takes'],
    [['--one', '3', '--runs', '9'], '--one runs a single seed'],
    [['--trace'], '--trace needs --one SEED'],
    [['--json', '/no/such/folder/x.json'], '--json /no/such/folder/x.json: its folder'],
    [['--speed', '9'], '--speed'],
    [['fast'], 'fast'],
  ])('%j is refused in a sentence that names it', (args, sentence) => {
    expect(() => parse(...args)).toThrow(sentence);
  });

  it('run a stated number of seeds when nothing else is said', () => {
    expect(parse()).toMatchObject({ runs: 20_000, seconds: null, seed: 1, sim: {} });
    expect(parse('--seconds', '60').runs).toBeNull();
  });

  it('survive the way through the command that is printed for a failing seed', () => {
    const sim = {
      canary: true,
      swarm: false,
      bulkLane: true,
      outsiders: false,
      faultsOff: ['crash', 'dst'],
      fieldsOff: ['owner'],
      dropActions: [0, 1, 2, 5, 7, 8],
    };
    const command = commandOf(42, sim, 'R4');
    expect(command).toContain('--drop-actions 0-2,5,7-8');
    const words = command.replace('npm run sim -- ', '').split(' ');
    expect(parse(...words)).toMatchObject({
      one: 42,
      mutant: 'R4',
      sim: { ...sim, trace: true },
    });
  });
});
