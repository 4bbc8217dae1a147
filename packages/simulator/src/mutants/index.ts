import { commonMistakes } from './common-mistakes.ts';
import { keylessMutants } from './keyless.ts';
import { mergeMutants } from './merge.ts';
import type { Mutant } from './mutant.ts';
import { sendingMutants } from './sending.ts';
import { worldMutants } from './world.ts';

const byRule = (a: Mutant, b: Mutant) => a.rule.localeCompare(b.rule, undefined, { numeric: true });

/** R1 to R14 in their order, then what connectors get wrong besides. */
export const MUTANTS: readonly Mutant[] = [
  ...[...mergeMutants, ...sendingMutants, ...keylessMutants, ...worldMutants].sort(byRule),
  ...commonMistakes,
];
