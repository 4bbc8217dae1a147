export type { Ctx, Org, OrgRecord, OrgSettings } from './org/org.ts';
export { createSandbox, type Sandbox, type SandboxOptions } from './server.ts';
