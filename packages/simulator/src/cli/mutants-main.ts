import { writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { MUTANTS } from '../mutants/index.ts';
import type { Mutant } from '../mutants/mutant.ts';
import { tableText } from '../report.ts';
import { BundleError, ROOT } from './bundle.ts';
import { type Caught, canary, control, findMutants, hunt } from './hunt.ts';
import { sentenceOf } from './options.ts';
import type { Output } from './output.ts';
import { revisionOf } from './revision.ts';

/** The rarest of these mistakes shows about once in so many runs, with room. */
const SEEDS_MAX = 20_000;

/** Also when every mutant falls at once, the engine as it is must hold this long. */
const CONTROL_MIN = 2_000;

const HEAD = ['mutant', 'what it does', 'caught by', 'seeds', 'time'];

/** `npm run sim:mutants`: exit code 1 when a mutant survives, the control is not clean or the canary sings not. */
export async function mutantsMain(args: readonly string[], out: Output): Promise<number> {
  const options = parse(args);
  if (typeof options === 'string') {
    out.line(options);
    return 2;
  }
  try {
    return await huntAll(options, out);
  } catch (error) {
    if (!(error instanceof BundleError)) throw error;
    out.line(error.message);
    return 1;
  }
}

interface HuntOptions {
  readonly mutants: readonly Mutant[];
  readonly seedsMax: number;
  readonly jobs: number;
  readonly markdown: string | null;
}

async function huntAll(options: HuntOptions, out: Output): Promise<number> {
  const { mutants, seedsMax, jobs, markdown } = options;
  const rows: Caught[] = [];
  for (const mutant of mutants) {
    out.live(mutant.name);
    const caught = await hunt(mutant, seedsMax, jobs);
    rows.push(caught);
    out.line(`${caught.failure === null ? '✗' : '✓'} ${cellsOf(caught).join('  ')}`);
  }
  const seeds = Math.max(CONTROL_MIN, ...rows.map((row) => row.failure?.seed ?? seedsMax));
  const unclean = await control(seeds, jobs);
  const sings = await canary(seedsMax, jobs);
  const survivors = rows.filter((row) => row.failure === null);

  out.line('');
  out.line(tableText(HEAD, rows.map(cellsOf)));
  out.line('');
  out.line(
    unclean[0] === undefined
      ? `✓ control: the engine as it is holds on the same seeds 1 to ${seeds}`
      : `✗ control: the engine as it is fails too, at seed ${unclean[0].seed}: ${unclean[0].violations[0]?.message}`,
  );
  out.line(
    sings === null
      ? '✗ canary: a rule broken on purpose by the world itself was not reported'
      : `✓ canary: reported as ${sings.violations[0]?.id} at seed ${sings.seed}`,
  );
  if (markdown !== null)
    writeFileSync(
      markdown,
      `At ${await revisionOf(ROOT)}, seeds from 1 on:\n\n${tableText(HEAD, rows.map(cellsOf), true)}\n`,
    );
  out.line(`${rows.length - survivors.length} caught, ${survivors.length} survived`);
  return survivors.length === 0 && unclean.length === 0 && sings !== null ? 0 : 1;
}

function cellsOf({ mutant, failure, seedsRun, seconds }: Caught): readonly string[] {
  const name = mutant.name === mutant.rule ? mutant.name : `${mutant.name} (${mutant.rule})`;
  const by = failure?.violations[0]?.id ?? 'nothing';
  const seeds = failure === null ? `none of ${seedsRun}` : `${failure.seed}`;
  return [name, mutant.sentence, by, seeds, `${seconds.toFixed(1)} s`];
}

function parse(args: readonly string[]): HuntOptions | string {
  const text = { type: 'string' } as const;
  let given: Partial<Record<'mutant' | 'seeds-max' | 'jobs' | 'markdown', string>>;
  try {
    const options = { mutant: text, 'seeds-max': text, jobs: text, markdown: text };
    given = parseArgs({ args: [...args], allowPositionals: false, options }).values;
  } catch (error) {
    return sentenceOf(error);
  }
  const mutants = findMutants(given.mutant);
  const seedsMax = Number(given['seeds-max'] ?? SEEDS_MAX);
  const jobs = Number(given.jobs ?? availableParallelism());
  if (mutants.length === 0)
    return `--mutant ${given.mutant} is not known. There are: ${MUTANTS.map(({ name }) => name).join(', ')}.`;
  if (!Number.isSafeInteger(seedsMax) || seedsMax < 1)
    return `--seeds-max takes a whole number from 1 up, not "${given['seeds-max']}".`;
  if (!Number.isSafeInteger(jobs) || jobs < 1)
    return `--jobs takes a whole number from 1 up, not "${given.jobs}".`;
  return { mutants, seedsMax, jobs, markdown: given.markdown ?? null };
}
