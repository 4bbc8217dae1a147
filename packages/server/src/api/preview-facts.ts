import { type Policy, STANDARD_PRIORITY_MAP, STANDARD_STATUS_MAP } from '@tandem/engine';
import {
  type Actor,
  type ConnectionView,
  type Database,
  getSettings,
  getTemplate,
} from '@tandem/store';
import { Refusal } from '../http/refusal.ts';

/** What the preview decides by; the same settings that the first sync will read (B6.2). */
export async function previewPolicy(
  db: Database,
  actor: Actor,
  { userId, salesforceUserId }: ConnectionView,
): Promise<Policy> {
  const settings = await getSettings(db, actor);
  if (settings === null) throw new Refusal('not_connected');
  return {
    // An import writes nothing to Salesforce, so the values written there do not matter.
    status: { toApp: settings.statusMap, toSf: STANDARD_STATUS_MAP.toSf },
    priority: { toApp: settings.priorityMap, toSf: STANDARD_PRIORITY_MAP.toSf },
    reopenToFormerStatus: settings.reopenToFormerStatus,
    subjectTemplate: await getTemplate(db, actor),
    conflict: settings.conflictRule,
    owners: {
      toSf: { [userId]: salesforceUserId },
      toApp: { [salesforceUserId]: userId },
    },
  };
}
