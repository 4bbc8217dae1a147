import type { Catalogue } from './catalogue.ts';
import type { OrgClock, OrgSettings } from './org.ts';
import type { OrgState } from './state.ts';

/** What the parts of the org work on. */
export interface Core {
  readonly catalogue: Catalogue;
  readonly state: OrgState;
  readonly clock: OrgClock;
  readonly settings: Readonly<OrgSettings>;
}
