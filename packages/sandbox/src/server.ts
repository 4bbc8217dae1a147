import { join } from 'node:path';
import { createEdge } from './controls/edge.ts';
import { LocalOrg } from './org/local-org.ts';
import type { OrgClock } from './org/org.ts';
import { seedOrg } from './seed/seed.ts';
import { type Sandbox, serveOrg } from './serve.ts';

export interface SandboxOptions {
  /** 0, the default, takes any free port. */
  readonly port?: number;
  readonly host?: string;
  /** The org keeps its data in `<dataDir>/sandbox`; null, the default, keeps it in memory only. */
  readonly dataDir?: string | null;
  readonly clock?: OrgClock;
  /** `empty`, the default: the people and nothing else. Only what is missing is made. */
  readonly seed?: 'empty' | 'demo';
}

export type { Sandbox } from './serve.ts';

/** The org behind HTTP, with everything in it. */
export async function createSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const { dataDir = null, clock, seed = 'empty' } = options;
  const org = new LocalOrg({
    folder: dataDir === null ? null : join(dataDir, 'sandbox'),
    ...(clock === undefined ? {} : { clock }),
  });
  seedOrg(org, seed);
  return serveOrg(org, createEdge(org), options);
}
