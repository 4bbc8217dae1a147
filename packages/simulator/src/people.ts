import { Rng } from './random.ts';

/** The synced fields people edit in a simulated world. */
export const FIELDS = [
  'details',
  'dueDate',
  'name',
  'status',
  'priority',
  'person',
  'owner',
] as const;
export type Field = (typeof FIELDS)[number];

/** One thing a person does, with everything it needs decided in advance: dropping others changes nothing here. */
export interface Action {
  readonly index: number;
  /** Milliseconds after the start. */
  readonly at: number;
  readonly kind: ActionKind;
  /** Which of the entities; those that do not exist (yet) are left alone. */
  readonly entity: number;
  readonly field: Field;
  /** In [0, 1): for whatever is still to be chosen. */
  readonly roll: number;
}

export type ActionKind =
  | 'editApp'
  | 'editSf'
  | 'trash'
  | 'restore'
  | 'createApp'
  | 'deleteSf'
  | 'undeleteSf'
  | 'createSf'
  | 'retry'
  | 'syncNow';

const WEIGHTS: readonly (readonly [ActionKind, number])[] = [
  ['editApp', 30],
  ['editSf', 30],
  ['trash', 5],
  ['restore', 4],
  ['createApp', 3],
  ['deleteSf', 4],
  ['undeleteSf', 3],
  ['createSf', 2],
  ['retry', 2],
  ['syncNow', 2],
];
const TOTAL = WEIGHTS.reduce((sum, [, weight]) => sum + weight, 0);

/** Entities there are at the start at most; later ones are numbered by the action that makes them. */
export const FIRST_ENTITIES_MAX = 4;
const ACTIONS_MIN = 4;
const ACTIONS_MAX = 22;

/** What all people will do, from the workload stream alone. */
export function planActions(seed: number, hurried: boolean): readonly Action[] {
  const rng = new Rng(seed, 'workload');
  const count = rng.between(ACTIONS_MIN, ACTIONS_MAX);
  // Few entities: most edits meet another one of the same thing.
  const entities = Array.from({ length: rng.between(1, FIRST_ENTITIES_MAX) }, (_, index) => index);
  const fields = FIELDS.filter(() => rng.chance(0.7));
  const actions: Action[] = [];
  let at = 0;
  for (let index = 0; index < count; index += 1) {
    at += pause(rng, hurried);
    const kind = kindOf(rng.next() * TOTAL);
    const made = kind === 'createApp' || kind === 'createSf';
    const known = rng.pick(entities);
    if (made) entities.push(FIRST_ENTITIES_MAX + index);
    const entity = made ? FIRST_ENTITIES_MAX + index : known;
    const field = rng.pick(fields.length === 0 ? FIELDS : fields);
    actions.push({ index, at, kind, entity, field, roll: rng.next() });
  }
  return actions;
}

/** How many entities the scene begins with; the same draw the plan of actions makes. */
export function firstEntities(seed: number): number {
  const rng = new Rng(seed, 'workload');
  rng.between(ACTIONS_MIN, ACTIONS_MAX);
  return rng.between(1, FIRST_ENTITIES_MAX);
}

/** Bursts within one request, within one turn, within a minute, and breaks. */
function pause(rng: Rng, hurried: boolean): number {
  const scale = hurried ? 0.1 : 1;
  const roll = rng.next();
  const max = roll < 0.25 ? 60 : roll < 0.6 ? 1_500 : roll < 0.9 ? 20_000 : 120_000;
  return Math.floor(rng.next() * max * scale);
}

function kindOf(roll: number): ActionKind {
  let left = roll;
  for (const [kind, weight] of WEIGHTS) {
    left -= weight;
    if (left < 0) return kind;
  }
  return 'editApp';
}
