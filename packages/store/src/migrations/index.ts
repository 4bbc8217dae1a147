import type { Migration } from 'kysely';
import * as people from './0001-people.ts';
import * as connections from './0002-connections.ts';
import * as tasks from './0003-tasks.ts';
import * as signInNeeded from './0004-sign-in-needed.ts';
import * as watch from './0005-watch.ts';
import * as identity from './0009-identity.ts';
import * as listOrder from './0009-list-order.ts';
import * as orgFeed from './0010-org-feed.ts';
import * as unreadable from './0011-unreadable.ts';
import * as programs from './0012-programs.ts';
import * as health from './0018-health.ts';
import * as mapsAndTeam from './0019-maps-and-team.ts';
import * as savedViews from './0020-saved-views.ts';
import * as accessAndDiagnostics from './0021-access-and-diagnostics.ts';
import * as team from './0022-team.ts';
import * as audit from './0023-audit.ts';
import * as reminders from './0024-reminders.ts';
import * as changeEvents from './0026-change-events.ts';
import * as lateDue from './0027-late-due.ts';
import * as orgRules from './0028-org-rules.ts';
import * as teamWindow from './0029-team-window.ts';
import * as unreadIndex from './0030-unread-index.ts';

/**
 * In the order they run, by name. Forward only: none has a `down`, a mistake is mended by the next one.
 * A migration that has reached anybody's database never changes again.
 */
export const MIGRATIONS: Readonly<Record<string, Migration>> = {
  '0001-people': people,
  '0002-connections': connections,
  '0003-tasks': tasks,
  '0004-sign-in-needed': signInNeeded,
  '0005-watch': watch,
  '0009-identity': identity,
  '0009-list-order': listOrder,
  '0010-org-feed': orgFeed,
  '0011-unreadable': unreadable,
  '0012-programs': programs,
  '0018-health': health,
  '0019-maps-and-team': mapsAndTeam,
  '0020-saved-views': savedViews,
  '0021-access-and-diagnostics': accessAndDiagnostics,
  '0022-team': team,
  '0023-audit': audit,
  '0024-reminders': reminders,
  '0026-change-events': changeEvents,
  '0027-late-due': lateDue,
  '0028-org-rules': orgRules,
  '0029-team-window': teamWindow,
  '0030-unread-index': unreadIndex,
};
