export interface Options {
  readonly runs: number;
  readonly first: number;
  /** Runs side by side on one stack. */
  readonly lanes: number;
  readonly keep: boolean;
}

/** Enough at once that a killed worker's lease is waited for by many; few enough for two cores. */
const LANES = 24;
const RUNS = 48;

export const USAGE = `npm run chaos -- [--runs ${RUNS}] [--seed S] [--lanes ${LANES}] [--one SEED] [--keep]

  --runs N    how many runs (default ${RUNS}; 500 take about half an hour on two cores)
  --seed S    the first run's seed; the next ones count up (default 1)
  --lanes N   runs side by side, which share the faults (default ${LANES})
  --one SEED  this run alone
  --keep      keep the processes' logs and the data folder`;

export class WrongUsage extends Error {
  override name = 'WrongUsage';
}

export function readOptions(args: readonly string[]): Options {
  const given = new Map<string, number>();
  let keep = false;
  for (let at = 0; at < args.length; at += 1) {
    const name = args[at] ?? '';
    if (name === '--keep') keep = true;
    else if (['--runs', '--seed', '--lanes', '--one'].includes(name)) {
      at += 1;
      given.set(name, countIn(name, args[at]));
    } else throw new WrongUsage(`“${name}” is not known.\n\n${USAGE}`);
  }
  const one = given.get('--one');
  if (one !== undefined) return { runs: 1, first: one, lanes: 1, keep };
  return {
    runs: given.get('--runs') ?? RUNS,
    first: given.get('--seed') ?? 1,
    lanes: Math.max(1, given.get('--lanes') ?? LANES),
    keep,
  };
}

function countIn(name: string, text: string | undefined): number {
  if (text === undefined || !/^\d{1,9}$/.test(text)) {
    throw new WrongUsage(`${name} needs a whole number.\n\n${USAGE}`);
  }
  return Number(text);
}
