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

/** Settings are replaced when they change: the core always shows the present ones. */
export function coreOf(
  catalogue: Catalogue,
  state: OrgState,
  clock: OrgClock,
  settings: () => OrgSettings,
): Core {
  return {
    catalogue,
    state,
    clock,
    get settings() {
      return settings();
    },
  };
}
