export { windowStart } from './import.ts';
export * from './pace.ts';
export { OVERLAP_MS } from './poll.ts';
export type * from './ports.ts';
export { LeaseLost, ValueRefused } from './ports.ts';
export { type ImportPreview, type PreviewInput, previewImport } from './preview.ts';
export { BULK_MAX, GUARDED_MAX } from './send.ts';
export { type SyncOptions, type SyncOutcome, syncConnection } from './sync-connection.ts';
