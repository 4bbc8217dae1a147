import { FAULT_KINDS, type FaultKind, nameOf } from './faults.ts';
import type { Offence, Violation } from './oracle.ts';

export interface Totals {
  runs: number;
  readonly violations: Violation[];
  seconds: number;
}

/** One line of progress. */
export function told(totals: Totals, of: number, struck: ReadonlyMap<string, number>): string {
  const faults = [...struck.values()].reduce((sum, count) => sum + count, 0);
  return `${totals.runs} of ${of} runs, ${faults} faults, ${totals.violations.length} violations, ${time(totals.seconds)}`;
}

/** What was done to the stack how often, and what came of it. */
export function closingTable(totals: Totals, struck: ReadonlyMap<string, number>): string[] {
  const rows = FAULT_KINDS.map((kind) => ({ kind, times: struck.get(nameOf(kind)) ?? 0 }));
  const width = Math.max(...rows.map(({ kind }) => kind.what.length));
  const placeWidth = Math.max(...rows.map(({ kind }) => kind.place.line.length));
  const total = rows.reduce((sum, { times }) => sum + times, 0);
  const count = (wanted: Offence) =>
    totals.violations.filter(({ offence }) => offence === wanted).length;
  return [
    '',
    `${'what'.padEnd(width)}  ${'on the line to'.padEnd(placeWidth)}  ${'point'.padEnd(13)}  times`,
    ...rows.map(
      ({ kind: { what, place }, times }) =>
        `${what.padEnd(width)}  ${place.line.padEnd(placeWidth)}  ${place.point.padEnd(13)}  ${String(times).padStart(5)}`,
    ),
    `killed: ${KILLS.map((what) => `${what} ${sum(rows, `kill ${what}`)}`).join(', ')}`,
    `${total} faults at ${rows.filter(({ times }) => times > 0).length} of ${rows.length} points`,
    '',
    `lost ${count('lost')}, duplicated ${count('duplicated')}, revived ${count('revived')}, not converged ${count('not converged')}`,
    `backward ${count('backward')}, invented ${count('invented')}, never made ${count('never made')}, processes ended by themselves ${count('ended by itself')}`,
    time(totals.seconds),
  ];
}

const KILLS = ['worker', 'server', 'PostgreSQL'];

function sum(rows: readonly { kind: FaultKind; times: number }[], begins: string): number {
  return rows
    .filter(({ kind }) => kind.what.startsWith(begins))
    .reduce((all, { times }) => all + times, 0);
}

function time(seconds: number): string {
  return `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`;
}
