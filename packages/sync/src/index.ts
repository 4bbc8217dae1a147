export { windowStart } from './import.ts';
export * from './pace.ts';
export { OVERLAP_MS } from './poll.ts';
export type * from './ports.ts';
export { LeaseLost } from './ports.ts';
export { type ImportPreview, type PreviewInput, previewImport } from './preview.ts';
export { type SyncOptions, type SyncOutcome, syncConnection } from './sync-connection.ts';
