import type { EventBus } from '../events/event-bus.ts';
import type { Faults } from '../faults/faults.ts';
import type { TokenStore } from '../oauth/token-store.ts';
import type { Org } from '../org/org.ts';
import type { RequestLog } from './request-log.ts';

export interface ControlParts {
  readonly org: Org;
  readonly tokens: TokenStore;
  readonly faults: Faults;
  readonly requests: RequestLog;
  readonly events: EventBus;
}

export const CONTROLS = '/__sandbox__';
