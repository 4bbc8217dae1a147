import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { dirname, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { SimOptions } from '../index.ts';

export interface CliOptions {
  readonly runs: number | null;
  readonly seconds: number | null;
  readonly seed: number;
  readonly jobs: number;
  readonly mutant: string | null;
  /** One seed alone, with its trace if asked for. */
  readonly one: number | null;
  readonly shrink: boolean;
  readonly json: string | null;
  readonly sim: SimOptions;
}

/** Something the person typed cannot be meant: a sentence that names the option. */
export class UsageError extends Error {
  override name = 'UsageError';
}

/** About half a minute on two cores. */
const RUNS_DEFAULT = 20_000;

export interface Known {
  readonly faults: readonly string[];
  readonly fields: readonly string[];
  readonly mutants: readonly string[];
}

export function parseOptions(args: readonly string[], known: Known): CliOptions {
  const given = read(args);
  if (given.json !== undefined && !existsSync(dirname(resolve(given.json))))
    throw new UsageError(`--json ${given.json}: its folder does not exist.`);
  const runs = whole('--runs', given.runs, 1);
  const seconds = whole('--seconds', given.seconds, 1);
  const one = whole('--one', given.one, 0);
  if (one !== null && (runs !== null || seconds !== null))
    throw new UsageError('--one runs a single seed; leave --runs and --seconds away.');
  if (given.trace === true && one === null)
    throw new UsageError('--trace needs --one SEED: the trace of many runs helps nobody.');
  if (given.mutant !== undefined && !known.mutants.includes(given.mutant))
    throw new UsageError(
      `--mutant ${given.mutant} is not known. There are: ${known.mutants.join(', ')}.`,
    );
  return {
    runs: runs === null && seconds === null && one === null ? RUNS_DEFAULT : runs,
    seconds,
    seed: whole('--seed', given.seed, 0) ?? 1,
    jobs: whole('--jobs', given.jobs, 1) ?? availableParallelism(),
    mutant: given.mutant ?? null,
    one,
    shrink: given['no-shrink'] !== true,
    json: given.json ?? null,
    sim: {
      ...(given.canary === true ? { canary: true } : {}),
      ...(given.trace === true ? { trace: true } : {}),
      ...(given['no-swarm'] === true ? { swarm: false } : {}),
      ...(given['bulk-lane'] === true ? { bulkLane: true } : {}),
      ...(given.outsiders === true ? { outsiders: true } : {}),
      ...(given['no-outsiders'] === true ? { outsiders: false } : {}),
      ...names('faultsOff', '--faults-off', given['faults-off'], known.faults),
      ...names('fieldsOff', '--fields-off', given['fields-off'], known.fields),
      ...(given['drop-actions'] === undefined
        ? {}
        : { dropActions: numbersOf(given['drop-actions']) }),
    },
  };
}

/** The same options as words of a command line. */
export function commandOf(seed: number, options: SimOptions, mutant: string | null): string {
  const words = [
    `--one ${seed} --trace`,
    mutant === null ? '' : `--mutant ${mutant}`,
    options.canary === true ? '--canary' : '',
    options.swarm === false ? '--no-swarm' : '',
    options.bulkLane === true ? '--bulk-lane' : '',
    options.outsiders === undefined ? '' : options.outsiders ? '--outsiders' : '--no-outsiders',
    options.faultsOff?.length ? `--faults-off ${options.faultsOff.join(',')}` : '',
    options.fieldsOff?.length ? `--fields-off ${options.fieldsOff.join(',')}` : '',
    options.dropActions?.length ? `--drop-actions ${spansOf(options.dropActions)}` : '',
  ];
  return `npm run sim -- ${words.filter((word) => word !== '').join(' ')}`;
}

function read(args: readonly string[]) {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean' } as const;
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: false,
      options: {
        runs: text,
        seconds: text,
        seed: text,
        jobs: text,
        mutant: text,
        one: text,
        json: text,
        trace: flag,
        canary: flag,
        'no-shrink': flag,
        'no-swarm': flag,
        'bulk-lane': flag,
        outsiders: flag,
        'no-outsiders': flag,
        'faults-off': text,
        'fields-off': text,
        'drop-actions': text,
      },
    }).values;
  } catch (error) {
    throw new UsageError(sentenceOf(error));
  }
}

/** Node's own sentence names the option; its advice after that is about programs, not about this one. */
export function sentenceOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message.split('. ')[0] ?? message;
}

function whole(option: string, text: string | undefined, least: number): number | null {
  if (text === undefined) return null;
  const value = Number(text);
  if (text.trim() !== '' && Number.isSafeInteger(value) && value >= least) return value;
  throw new UsageError(`${option} takes a whole number from ${least} up, not "${text}".`);
}

function names(
  key: 'faultsOff' | 'fieldsOff',
  option: string,
  text: string | undefined,
  known: readonly string[],
): SimOptions {
  if (text === undefined) return {};
  const wanted = text.split(',').map((name) => name.trim());
  const strange = wanted.find((name) => !known.includes(name));
  if (strange !== undefined)
    throw new UsageError(`${option}: "${strange}" is not known. There are: ${known.join(', ')}.`);
  return { [key]: wanted };
}

/** `0-5,7` */
function numbersOf(text: string): readonly number[] {
  return text.split(',').flatMap((part) => {
    const [from = '', to = from] = part.split('-');
    const first = whole('--drop-actions', from, 0) ?? 0;
    const last = whole('--drop-actions', to, first) ?? first;
    return Array.from({ length: last - first + 1 }, (_, index) => first + index);
  });
}

function spansOf(numbers: readonly number[]): string {
  const spans: [number, number][] = [];
  for (const number of [...numbers].sort((a, b) => a - b)) {
    const last = spans.at(-1);
    if (last !== undefined && number === last[1] + 1) last[1] = number;
    else spans.push([number, number]);
  }
  return spans.map(([from, to]) => (from === to ? `${from}` : `${from}-${to}`)).join(',');
}
