import { mergeMutants } from './merge.ts';
import type { Mutant } from './mutant.ts';
import { sendingMutants } from './sending.ts';
import { worldMutants } from './world.ts';

export const MUTANTS: readonly Mutant[] = [...mergeMutants, ...sendingMutants, ...worldMutants];
