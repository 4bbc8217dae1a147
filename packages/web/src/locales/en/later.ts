import { audit } from './audit.ts';
import { diagnostics } from './diagnostics.ts';
import { programs } from './programs.ts';
import { reminders } from './reminders.ts';
import { settings } from './settings.ts';

/** What only Settings and Diagnostics say: it comes with them, not with the first page. */
export const enLater = { settings, programs, diagnostics, reminders, audit } as const;
