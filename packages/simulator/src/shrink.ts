import type { RunReport, SimOptions } from './index.ts';

/** Enough to take a run of fifty actions apart several times; a few seconds. */
const SHRINK_RUNS_MAX = 2_000;

export interface Shrunk {
  readonly options: SimOptions;
  readonly runs: number;
}

export interface ShrinkInput {
  readonly options: SimOptions;
  readonly first: Pick<RunReport, 'actions' | 'faultsOn'>;
  readonly fields: readonly string[];
  /** True when the same rule is still broken. */
  readonly fails: (options: SimOptions) => Promise<boolean>;
  readonly budget?: number;
}

/**
 * The smallest case that still breaks the same rule: actions go first, in halves and then one by one, then
 * faults, then fields; then the actions once more, because fewer faults need fewer of them.
 */
export async function shrink(input: ShrinkInput): Promise<Shrunk> {
  const { first, fields, fails, budget = SHRINK_RUNS_MAX } = input;
  let options = input.options;
  let runs = 0;
  const attempt = async (smaller: SimOptions): Promise<boolean> => {
    if (runs >= budget) return false;
    runs += 1;
    if (!(await fails(smaller))) return false;
    options = smaller;
    return true;
  };
  const actions = Array.from({ length: first.actions }, (_, index) => index);

  const dropActions = () =>
    leaveOut(without(actions, options.dropActions), (gone) =>
      attempt({ ...options, dropActions: union(options.dropActions, gone) }),
    );
  await dropActions();
  await leaveOut(without(first.faultsOn, options.faultsOff), (gone) =>
    attempt({ ...options, faultsOff: union(options.faultsOff, gone) }),
  );
  await leaveOut(without(fields, options.fieldsOff), (gone) =>
    attempt({ ...options, fieldsOff: union(options.fieldsOff, gone) }),
  );
  await dropActions();
  return { options: sorted(options), runs };
}

/** Leaves parts out for which `attempt` says yes: halves, quarters, and at last each alone. */
async function leaveOut<T>(
  all: readonly T[],
  attempt: (gone: readonly T[]) => Promise<boolean>,
): Promise<void> {
  let left = [...all];
  for (
    let size = Math.ceil(left.length / 2);
    size >= 1;
    size = size === 1 ? 0 : Math.ceil(size / 2)
  ) {
    for (let at = 0; at < left.length; ) {
      const part = left.slice(at, at + size);
      if (await attempt(part)) left = [...left.slice(0, at), ...left.slice(at + size)];
      else at += size;
    }
  }
}

function without<T>(all: readonly T[], gone: readonly T[] = []): readonly T[] {
  return all.filter((one) => !gone.includes(one));
}

function union<T>(before: readonly T[] = [], more: readonly T[]): readonly T[] {
  return [...before, ...more];
}

/** In the order a person reads them. */
function sorted({ dropActions, faultsOff, fieldsOff, ...rest }: SimOptions): SimOptions {
  return {
    ...rest,
    ...(dropActions && { dropActions: [...dropActions].sort((a, b) => a - b) }),
    ...(faultsOff && { faultsOff: [...faultsOff].sort() }),
    ...(fieldsOff && { fieldsOff: [...fieldsOff].sort() }),
  };
}
