import type { SyncStatus } from '@tandem/api';

/** Where sync stands, in lines, each with what to do where somebody must. */
export function* statusLines(status: SyncStatus): Generator<string> {
  const { state, linked, unsent, needsAttention, lastPollAt, comparison, apiBudget } = status;
  yield `${state}: ${linked} linked, ${unsent} to send, ${needsAttention} need attention, last looked ${lastPollAt ?? 'never'}.`;
  const todo = TODO[state];
  if (todo !== undefined) yield todo;
  if (status.brake !== null) yield* brakeLines(status.brake);
  if (status.import !== null) yield importLine(status.import);
  if (comparison !== null) yield comparisonLine(comparison);
  if (apiBudget !== null) {
    yield `API calls: ${apiBudget.spent} of ${apiBudget.allowance} in 24 hours.`;
  }
}

const TODO: Partial<Record<SyncStatus['state'], string>> = {
  off: '"tandem sync preview" says what switching on would do; "tandem sync on" does it.',
  needs_sign_in: 'Sign in to Salesforce again, on the page: Settings → Salesforce.',
  needs_map:
    'An admin must say what the org’s statuses mean: "tandem sync settings show", then "tandem sync settings set --confirm-status-map".',
  stalled: '"tandem health" says what stands still.',
};

type Import = NonNullable<SyncStatus['import']>;

export function importLine({ state, found, imported, linked, skipped, remaining }: Import): string {
  const counts = `${imported} imported, ${linked} linked, ${skipped} skipped`;
  if (state === 'done') return `The import is done: ${counts}.`;
  const of = found === null ? 'still counting' : `${found} found, ${remaining ?? 0} remaining`;
  return `Importing: ${counts}, ${of}.`;
}

export function comparisonLine({
  state,
  compared,
  agreed,
  finishedAt,
}: {
  readonly state: 'wanted' | 'running' | 'done';
  readonly compared: number;
  readonly agreed: number;
  readonly finishedAt: string | null;
}): string {
  if (state === 'running') return `Comparing: ${agreed} of ${compared} agree so far.`;
  const last = finishedAt === null ? '' : ` ${agreed} of ${compared} agree, checked ${finishedAt}.`;
  return state === 'wanted' ? `A comparison begins soon.${last}` : `Compared:${last}`;
}

export type Brake = NonNullable<SyncStatus['brake']>;

/** Everything that waits for the answer. */
export function waitingFor({ toTrash, toDelete, missing }: Brake): number {
  return toTrash + toDelete + missing;
}

/** B11.5: the question, and both ways to answer it. */
export function* brakeLines(brake: Brake): Generator<string> {
  const { kind, since, toTrash, toDelete, missing, links } = brake;
  yield kind === 'empty_feed'
    ? `Salesforce suddenly shows nothing of ${missing} of ${links} linked tasks, since ${since}.`
    : `Much would be deleted, since ${since}: ${toTrash} here (to Trash), ${toDelete} in Salesforce, of ${links} linked tasks.`;
  yield `  to go on:  tandem sync answer go_on --count ${waitingFor(brake)}`;
  yield '  to keep them:  tandem sync answer keep';
}
