import type { Instant } from '@tandem/engine';
import type { Role } from './actor.ts';
import type { ConnectionKey } from './connections/connection.ts';
import type { TaskView } from './tasks/task-view.ts';

export type SendResult =
  | { readonly kind: 'ok'; readonly task: TaskView }
  | { readonly kind: 'not_found' }
  | { readonly kind: 'not_connected' }
  | { readonly kind: 'sync_is_off' };

export type SwitchResult =
  | { readonly kind: 'ok'; readonly key: ConnectionKey }
  | { readonly kind: 'not_connected' };

export type RestoredProblem = { readonly kind: 'ok' } | { readonly kind: 'not_found' };

export interface NewApiToken {
  readonly name: string;
  /** Hex of a hash; the token itself never comes here. */
  readonly hash: string;
}

export interface ApiToken {
  readonly tokenId: string;
  readonly name: string;
  readonly createdAt: Instant;
  readonly lastUsedAt: Instant | null;
}

export interface MemberView {
  readonly userId: string;
  readonly name: string;
  readonly email: string;
  readonly role: Role;
  readonly timeZone: string | null;
  readonly locale: 'en' | 'zh-CN';
}

export interface Listener {
  close(): Promise<void>;
}
