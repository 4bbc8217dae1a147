import type { EndpointName } from './endpoints.ts';
import examples from './examples.json' with { type: 'json' };

/**
 * A request and its answer for every operation. They stand in the OpenAPI document, and a test sends each
 * of them to a real server, so that what programmers copy works. An operation without one does not compile.
 */
export interface EndpointExample {
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string | number>>;
  readonly body?: unknown;
  /** Absent: 204, no body. */
  readonly reply?: unknown;
}

export const EXAMPLES: Readonly<Record<EndpointName, EndpointExample>> = examples;
