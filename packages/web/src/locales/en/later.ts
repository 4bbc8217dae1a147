import { audit } from './audit.ts';
import { diagnostics } from './diagnostics.ts';
import { health } from './health.ts';
import { history } from './history.ts';
import { keys } from './keys.ts';
import { palette } from './palette.ts';
import { programs } from './programs.ts';
import { reminders } from './reminders.ts';
import { settings } from './settings.ts';
import { taskPage } from './task-page.ts';
import { team } from './team.ts';

/** What is said beyond the list itself: it comes with those pages and the panel, not with the first page. */
export const enLater = {
  settings,
  palette,
  programs,
  diagnostics,
  reminders,
  health,
  history,
  keys,
  taskPage,
  team,
  audit,
} as const;
