export type * from './ports.ts';
export { LeaseLost } from './ports.ts';
