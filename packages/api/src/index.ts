export * from './access.ts';
export * from './csv.ts';
export * from './endpoints.ts';
export * from './me.ts';
export * from './problem.ts';
export * from './salesforce.ts';
export * from './task.ts';
export * from './webhooks.ts';
