import type { Org } from '../org/org.ts';
import type { RandomBytes, TokenStore } from './token-store.ts';

export interface OauthParts {
  readonly org: Org;
  readonly tokens: TokenStore;
  readonly random: RandomBytes;
}
