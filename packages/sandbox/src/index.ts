export type { Ctx, Org, OrgRecord, OrgSettings } from './org/org.ts';
export type { Sandbox } from './serve.ts';
export { createSandbox, type SandboxOptions } from './server.ts';
