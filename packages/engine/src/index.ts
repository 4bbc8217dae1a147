export type * from './journal.ts';
export type * from './link.ts';
export type * from './outcome.ts';
export type * from './plan-types.ts';
export * from './policy.ts';
export * from './salesforce-task.ts';
export * from './task.ts';
