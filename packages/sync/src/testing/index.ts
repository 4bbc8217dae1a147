/** Both sides of the port in memory; the simulator builds its world on them. */
export { NO_COMPARISON } from '../compare.ts';
export { MemoryStore } from './memory-store.ts';
export { changed, comparisonRow, connectionRow, linkRow, recordRow, valuesRow } from './rows.ts';
export { type Mishap, SalesforceDouble, TestClock } from './salesforce-double.ts';
