export * from './birth-match.ts';
export * from './faults.ts';
export { agrees, sameApp, sameSf, toApp, UNTITLED } from './field-map.ts';
export * from './instant.ts';
export { BrokenInvariant, brokenInvariant, type PlanInvariant } from './invariants.ts';
export type * from './journal.ts';
export * from './landing.ts';
export type * from './link.ts';
export type * from './outcome.ts';
export * from './plan.ts';
export * from './plan-import.ts';
export type * from './plan-types.ts';
export * from './policy.ts';
export * from './salesforce-task.ts';
export {
  isInDoubt,
  isInLandingWindow,
  LANDING_WINDOW_MS,
  waitsForReturn,
} from './settle-intents.ts';
export * from './subject-template.ts';
export * from './task.ts';
