import i18next from 'i18next';
import { beforeAll, describe, expect, it } from 'vitest';
import type { T } from '../i18n/use-t.ts';
import { en } from '../locales/en/index.ts';
import { enLater } from '../locales/en/later.ts';
import { zhCn } from '../locales/zh-cn/index.ts';
import { zhCnLater } from '../locales/zh-cn/later.ts';
import { factsOf } from './audit-facts.ts';

const nameOf = (id: string) => (id === 'u2' ? 'Bo Quint' : null);
/** One of each kind that the server writes with something to say. */
const ENTRIES = [
  { action: 'invitation_made', data: { role: 'rep' } },
  { action: 'member_joined', data: { role: 'manager', invitation: 'i1' } },
  { action: 'role_changed', data: { from: 'rep', to: 'admin' } },
  { action: 'sessions_ended', data: { count: 2 } },
  { action: 'tasks_reassigned', data: { to: 'u2', count: 3 } },
  { action: 'tasks_exported', data: { view: 'all_open' } },
  { action: 'settings_changed', data: { fields: ['apiShare', 'statusMap'] } },
  { action: 'webhook_changed', data: { fields: ['events', 'url'] } },
  { action: 'team_sync_changed', data: { mode: 'on', locked: true } },
  { action: 'team_sync_changed', data: { mode: 'on', locked: true, importWindow: 'all_open' } },
  { action: 'team_sync_changed', data: { mode: 'off', locked: false, importWindow: '7d' } },
  { action: 'deletions_answered', data: { answer: 'keep' } },
] as const;

describe('what an entry of the audit log says beside who and what', () => {
  let english: T;
  let chinese: T;
  beforeAll(async () => {
    await i18next.init({
      lng: 'en',
      resources: {
        en: { translation: { ...en, ...enLater } },
        'zh-CN': { translation: { ...zhCn, ...zhCnLater } },
      },
      interpolation: { escapeValue: false },
    });
    english = i18next.getFixedT('en') as T;
    chinese = i18next.getFixedT('zh-CN') as T;
  });

  it('B12.4 is plain words', () => {
    expect(ENTRIES.map((entry) => factsOf(english, entry, nameOf).join(' · '))).toEqual([
      'role: Rep',
      'role: Manager',
      'Rep → Admin',
      '2 sessions',
      '3 tasks to Bo Quint',
      'of the list “All open”',
      'part of the org’s API calls · map of statuses',
      'events · address',
      'Everybody syncs · only admins may choose otherwise',
      'Everybody syncs · only admins may choose otherwise · All open tasks',
      'Nobody syncs',
      'the tasks are kept',
    ]);
  });

  it('B12.4 is Chinese on a Chinese page, whatever it is', () => {
    for (const entry of ENTRIES) {
      for (const fact of factsOf(chinese, entry, nameOf)) {
        expect(fact, entry.action).toMatch(/[\u4e00-\u9fff]/);
        expect(fact, entry.action).not.toMatch(/[a-z]{2}_|audit\.|undefined/);
      }
    }
  });

  it('B12.4 is nothing where there is nothing', () => {
    expect(factsOf(english, { action: 'settings_changed', data: { fields: [] } }, nameOf)).toEqual(
      [],
    );
    expect(factsOf(english, { action: 'signed_in', data: {} }, nameOf)).toEqual([]);
    expect(factsOf(english, { action: 'member_removed', data: {} }, nameOf)).toEqual([]);
  });
});
