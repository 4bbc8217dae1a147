import {
  isDead,
  type Row,
  TOKEN_FIELDS,
  type TokenField,
  textOf,
  tokenOf,
  type Witnessed,
} from './history.ts';

/**
 * Judges one task by what the witnesses saw, never by the engine's reasons. Every value a person writes is a token
 * nobody used before, which remembers the value it replaced.
 */
export interface Evidence {
  /** In the order of the machine's clock. */
  readonly witnessed: readonly Witnessed[];
  /** What each side holds in the end, dead ones included. */
  readonly tasks: readonly Row[];
  readonly records: readonly Row[];
  /** Everything the task's history keeps as lost, as text. */
  readonly keptAsLost: string;
  /** Values whose writer was told "done". */
  readonly promised: readonly string[];
}

export type Offence =
  | 'lost'
  | 'duplicated'
  | 'revived'
  | 'not converged'
  | 'backward'
  | 'invented'
  | 'never made'
  | 'ended by itself';

export interface Violation {
  readonly offence: Offence;
  readonly says: string;
}

export function judge(evidence: Evidence): Violation[] {
  return [
    ...TOKEN_FIELDS.flatMap((field) => judgeValues(evidence, field)),
    ...judgePromises(evidence),
    ...judgeLives(evidence),
  ];
}

/** I1, I2, I6, and nothing a person wrote may vanish without a trace. */
function judgeValues(evidence: Evidence, field: TokenField): Violation[] {
  const writes = evidence.witnessed.filter(
    (one): one is Witnessed & { kind: 'write' } => one.kind === 'write' && one.field === field,
  );
  const parents = new Map(
    writes.filter(({ by, to }) => by === 'user' && to !== '').map(({ from, to }) => [to, from]),
  );
  const descendsFrom = (value: string, old: string): boolean => {
    for (let at: string | undefined = value; at !== undefined; at = parents.get(at)) {
      if (at === old) return true;
    }
    return old === '';
  };
  const violations: Violation[] = [];
  const say = (offence: Offence, says: string) =>
    violations.push({ offence, says: `${field}: ${says}` });

  for (const { by, side, holder, from, to } of writes) {
    if (by === 'user' || from === '') continue;
    if (!parents.has(to))
      say('invented', `the engine wrote “${to}” over “${from}” on ${side} (I6)`);
    else if (descendsFrom(from, to)) {
      say(
        'backward',
        `the engine put “${to}” over its descendant “${from}” on ${side} ${holder} (I1)`,
      );
    } else if (!descendsFrom(to, from) && !evidence.keptAsLost.includes(from)) {
      say(
        'lost',
        `the engine put “${to}” over “${from}” on ${side} ${holder}, and no history has it (I2)`,
      );
    }
  }
  // What lies in Trash or in the Recycle Bin can be had back; it is not lost.
  const kept = [
    ...evidence.tasks.map((row) => tokenOf('app', field, row)),
    ...evidence.records.map((row) => tokenOf('sf', field, row)),
  ];
  // Who replaced a value on purpose knew it: keeping the newer one is enough.
  const inHistory = [...parents.keys()].filter((token) => evidence.keptAsLost.includes(token));
  for (const token of parents.keys()) {
    if ([...kept, ...inHistory].some((value) => descendsFrom(value, token))) continue;
    say('lost', `“${token}” is in no side's past and in no history`);
  }
  return violations;
}

/** What was answered with success survives every crash. */
function judgePromises({ witnessed, promised }: Evidence): Violation[] {
  const seen = new Set(witnessed.flatMap((one) => (one.kind === 'write' ? [one.to] : [])));
  return promised
    .filter((token) => !seen.has(token))
    .map((token) => ({ offence: 'lost', says: `“${token}” was acknowledged and never was there` }));
}

/** I3, I4. */
function judgeLives({ witnessed, tasks, records }: Evidence): Violation[] {
  const violations: Violation[] = [];
  const say = (offence: Offence, says: string) => violations.push({ offence, says });
  const alive = {
    app: tasks.filter((row) => !isDead('app', row)).map((row) => textOf(row.task_id)),
    sf: records.filter((row) => !isDead('sf', row)).map((row) => textOf(row.Id)),
  };
  for (const side of ['app', 'sf'] as const) {
    if (alive[side].length > 1)
      say('duplicated', `${alive[side].join(' and ')} both live on ${side}`);
    const births = witnessed.filter((one) => one.kind === 'birth' && one.side === side);
    const own = births.filter(({ by }) => by === 'user').length;
    const copies = births.length - own;
    // A task taken out of Trash after its record was deleted gets a new record; nothing else gets a second one.
    const restored = witnessed.filter(
      (one) => one.kind === 'revival' && one.by === 'user' && one.side !== side,
    ).length;
    if (copies > 1 - own + restored)
      say('duplicated', `${copies} were made by the engine on ${side}`);
  }
  const lives = witnessed.filter(({ kind, by }) => kind !== 'write' && by === 'user');
  // Nobody was told that it is there: nothing is lost, and nothing is proved.
  if (lives.length === 0) {
    say('never made', 'nobody got through to make it');
    return violations;
  }
  const last = lives.at(-1);
  const anyAlive = [...alive.app, ...alive.sf];
  if (last?.kind === 'death' && anyAlive.length > 0) {
    say('revived', `deleted on ${last.side} by a person, and ${anyAlive.join(' and ')} lives`);
  }
  if (!lives.some(({ kind }) => kind === 'death') && anyAlive.length === 0) {
    say('lost', 'nobody deleted it, and it is gone');
  }
  return violations;
}
