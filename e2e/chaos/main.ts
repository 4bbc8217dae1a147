import { Arsenal } from './arsenal.ts';
import { type Options, readOptions } from './options.ts';
import type { Violation } from './oracle.ts';
import { closingTable, type Totals, told } from './report.ts';
import { type RunResult, round } from './round.ts';
import { type Stack, startStack } from './stack.ts';

/** `npm run chaos`: answers how many promises were broken. */
export async function main(args: readonly string[]): Promise<number> {
  const options = readOptions(args);
  const begun = performance.now();
  console.log('Starting PostgreSQL, the org, the server and two workers …');
  // Heard from the first moment: what is being started has to be ended as well.
  const stopped = onInterrupt();
  const stack = await startStack();
  const totals: Totals = { runs: 0, violations: [], seconds: 0 };
  let keep = options.keep;
  try {
    const arsenal = new Arsenal(stack);
    for (const seeds of roundsOf(options)) {
      const results = await Promise.race([round(stack, arsenal, seeds), stopped]);
      if (results === null) break;
      totals.runs += seeds.length;
      for (const result of results) if (tellOf(result, stack, seeds, totals)) keep = true;
      totals.seconds = (performance.now() - begun) / 1000;
      console.log(told(totals, options.runs, arsenal.struck));
      if (stack.database.killsLeft < KILLS_A_ROUND) await relaunch(stack);
    }
    const ended = endedByThemselves(stack);
    totals.violations.push(...ended);
    for (const { offence, says } of ended) console.log(`\n✗ ${offence}: ${says}`);
    if (ended.length > 0) keep = true;
    totals.seconds = (performance.now() - begun) / 1000;
    for (const line of closingTable(totals, arsenal.struck)) console.log(line);
  } finally {
    await stack.close({ keep });
    if (keep) console.log(`The processes' logs are kept in ${stack.folder}`);
  }
  const broken = totals.violations.length;
  console.log(`${totals.runs} runs, ${broken} violations`);
  return broken;
}

/** What one round may need of the launcher, which gives up on a server that dies five times. */
const KILLS_A_ROUND = 3;

function* roundsOf({ first, runs, lanes }: Options): Generator<number[]> {
  for (let done = 0; done < runs; done += lanes) {
    yield Array.from({ length: Math.min(lanes, runs - done) }, (_, lane) => first + done + lane);
  }
}

function tellOf(
  { seed, violations, notes }: RunResult,
  stack: Stack,
  seeds: readonly number[],
  totals: Totals,
): boolean {
  if (violations.length === 0) return false;
  totals.violations.push(...violations);
  console.log(`\n✗ seed ${seed}`);
  for (const { offence, says } of violations) console.log(`  ${offence}: ${says}`);
  for (const note of notes) console.log(`    ${note}`);
  console.log(`  logs: ${stack.folder}`);
  console.log(`  again, alone:            npm run chaos -- --one ${seed}`);
  console.log(
    `  again, with its company: npm run chaos -- --runs ${seeds.length} --seed ${seeds[0]} --lanes ${seeds.length}\n`,
  );
  return true;
}

/** A cut line or a database that restarts is no reason to give up. */
function endedByThemselves({ server, workers }: Stack): Violation[] {
  return [server, ...workers].flatMap(({ child }) =>
    Array.from({ length: child.endedByItself }, () => ({
      offence: 'ended by itself' as const,
      says: `${child.name}; see ${child.logFile}`,
    })),
  );
}

/** A restart in order, between two rounds. */
async function relaunch({ database, whole }: Stack): Promise<void> {
  await database.launch();
  await whole();
}

/** The first Ctrl-C ends everything in order. */
function onInterrupt(): Promise<null> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      process.once(signal, () => {
        console.log('Stopping.');
        resolve(null);
      });
    }
  });
}
