import type { AuditEntry, Role, SyncSettings } from '@tandem/api';
import type { T } from '../i18n/use-t.ts';
import type { View } from '../tasks/list-search.ts';

/** Null for somebody who is no member any more and unknown to the page. */
export type NameOf = (userId: string) => string | null;

/** What an entry of the audit log says beyond who, what and whom; empty where that is all. */
export function factsOf(
  t: T,
  { action, data }: Pick<AuditEntry, 'action' | 'data'>,
  nameOf: NameOf,
): string[] {
  const text = (name: string) => (typeof data[name] === 'string' ? data[name] : '');
  const count = typeof data.count === 'number' ? data.count : 0;
  switch (action) {
    case 'invitation_made':
    case 'member_joined':
    case 'member_removed':
      return data.role === undefined
        ? []
        : [t('audit.fact.role', { role: roleText(t, text('role')) })];
    case 'role_changed':
      return [
        t('audit.fact.fromTo', { from: roleText(t, text('from')), to: roleText(t, text('to')) }),
      ];
    case 'sessions_ended':
      return [t('audit.fact.sessions', { count })];
    case 'tasks_reassigned': {
      const name = nameOf(text('to')) ?? t('audit.fact.somebody');
      return [t('audit.fact.reassigned', { count, name })];
    }
    case 'tasks_exported':
      return [t('audit.fact.view', { view: t(`tasks.views.${text('view') as View}`) })];
    case 'settings_changed':
    case 'webhook_changed':
      return fieldsOf(t, data.fields);
    case 'team_sync_changed':
      return [
        t(`settings.salesforce.team.${text('mode') as 'each' | 'on' | 'off'}`),
        ...(data.locked === true ? [t('audit.fact.locked')] : []),
        ...(data.mode === 'on' && data.importWindow !== undefined
          ? [
              t(
                `settings.salesforce.window.${text('importWindow') as SyncSettings['importWindow']}`,
              ),
            ]
          : []),
      ];
    case 'deletions_answered':
      return [t(`audit.answer.${text('answer') as 'go_on' | 'keep'}`)];
    default:
      return [];
  }
}

function roleText(t: T, role: string): string {
  return t(`team.role.${role as Role}`, { defaultValue: role });
}

/** Two names can mean one thing to a person; it is said once. */
function fieldsOf(t: T, fields: unknown): string[] {
  const names = Array.isArray(fields) ? fields.map(String) : [];
  const known = t('audit.field', { returnObjects: true }) as Record<string, string>;
  return [...new Set(names.map((name) => known[name] ?? name))];
}
