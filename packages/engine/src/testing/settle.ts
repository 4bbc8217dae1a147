import { land } from '../landing.ts';
import type { Intent } from '../link.ts';
import { plan } from '../plan.ts';
import type { Plan, PlanInput } from '../plan-types.ts';
import { sfValuesOf } from '../salesforce-task.ts';
import type { SyncedField } from '../task.ts';
import { LATER } from './builders.ts';

/** More rounds than any pair of states needs; reaching it means the planner does not come to rest. */
const ROUNDS_MAX = 10;

export interface Settled {
  readonly end: PlanInput;
  readonly plans: readonly Plan[];
}

/** Carries out what the planner asks for, in a world without faults, until it asks for nothing. */
export function settle(start: PlanInput): Settled {
  const plans: Plan[] = [];
  let state = start;
  for (let round = 0; round < ROUNDS_MAX; round += 1) {
    const decided = plan(state);
    plans.push(decided);
    if (decided.app.kind === 'none' && decided.sf.kind === 'none') {
      return {
        end: { ...state, link: { ...state.link, base: decided.base, state: decided.state } },
        plans,
      };
    }
    state = carryOut(state, decided);
  }
  throw new Error(`The planner did not come to rest within ${ROUNDS_MAX} rounds.`);
}

function carryOut(state: PlanInput, decided: Plan): PlanInput {
  const link = {
    ...state.link,
    base: decided.base,
    state: decided.state,
    intents: decided.intents,
  };
  const app = appAfter(state.app, decided);
  if (decided.sf.kind === 'none') return { ...state, link, app };

  const { values, app: sent } = decided.sf.kind === 'delete' ? { values: {}, app: {} } : decided.sf;
  const before = link.sf.kind === 'seen' ? sfValuesOf(link.sf.task) : null;
  const fields = Object.keys(values).map((key) => {
    const field = key as SyncedField;
    return [field, { from: before?.[field] ?? null, to: values[field], app: sent[field] }];
  });
  const intent = {
    requestId: 'r',
    kind: decided.sf.kind,
    sentAt: LATER,
    expectedRevision: null,
    fields: Object.fromEntries(fields),
  } as Intent;
  const landing = land({
    link: { ...link, intents: [...link.intents, intent] },
    intent,
    result: { kind: 'done', id: link.salesforceId ?? '00T000000000007AAA', before: null },
    at: LATER,
    seenAt: LATER,
    retryAt: () => LATER,
    subjectCutFrom: null,
    policy: state.policy,
  });
  return { ...state, link: landing.link, app };
}

function appAfter(app: PlanInput['app'], { app: action }: Plan): PlanInput['app'] {
  switch (action.kind) {
    case 'none':
      return app;
    case 'trash':
      return {
        kind: 'trashed',
        values: app.values,
        bySync: true,
        editedAt: app.editedAt,
        at: LATER,
        revision: app.revision + 1,
      };
    case 'patch':
    case 'restore':
      return {
        kind: 'live',
        values: { ...app.values, ...action.values },
        editedAt: app.editedAt,
        revision: app.revision + 1,
      };
  }
}
