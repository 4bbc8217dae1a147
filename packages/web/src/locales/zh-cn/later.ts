import type { enLater } from '../en/later.ts';
import type { Texts } from '../texts.ts';
import { audit } from './audit.ts';
import { diagnostics } from './diagnostics.ts';
import { programs } from './programs.ts';
import { reminders } from './reminders.ts';
import { settings } from './settings.ts';

export const zhCnLater: Texts<typeof enLater> = {
  settings,
  programs,
  diagnostics,
  reminders,
  audit,
};
