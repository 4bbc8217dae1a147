import type { enLater } from '../en/later.ts';
import type { Texts } from '../texts.ts';
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

export const zhCnLater: Texts<typeof enLater> = {
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
};
