import { syncState, type TaskSync } from '@tandem/api';
import { FAULTS } from '@tandem/engine';
import i18next from 'i18next';
import { describe, expect, it } from 'vitest';
import { formatMoment } from '../dates/format-date.ts';
import type { T } from '../i18n/use-t.ts';
import { en } from '../locales/en/index.ts';
import { zhCn } from '../locales/zh-cn/index.ts';
import { reasonText, skipWords, syncLine, syncWords } from './sync-words.ts';

async function textsOf(lng: string): Promise<T> {
  const instance = i18next.createInstance();
  const translation = lng === 'en' ? en : zhCn;
  await instance.init({
    lng,
    resources: { [lng]: { translation } },
    fallbackLng: false,
    interpolation: { escapeValue: false },
  });
  return instance.t as T;
}

const sync = (change: Partial<TaskSync>): TaskSync => ({
  state: 'in_step',
  reason: null,
  message: null,
  problem: null,
  salesforceId: null,
  salesforceUrl: null,
  salesforceStatus: null,
  salesforcePriority: null,
  lastSyncedAt: null,
  ...change,
});

const REASONS = [
  'in_trash',
  'created_before_sync',
  'sync_off',
  'not_connected',
  'reassigned_in_salesforce',
  'no_longer_in_salesforce',
  'sign_in_again',
  'deletion_waits',
  ...Object.keys(FAULTS),
];
const SKIPS = [
  'outside_window',
  'unmapped_closed_status',
  'series',
  'deleted',
  'archived',
  'not_yours',
  'unreadable',
];

describe('B9.3 sync in words', () => {
  for (const language of ['en', 'zh-CN']) {
    it(`has a word for every state and a sentence for every reason (${language})`, async () => {
      const t = await textsOf(language);
      for (const state of syncState.options) {
        expect(syncWords(t, sync({ state })).word).not.toMatch(/sync\.|^$/);
      }
      const unknown = reasonText(t, 'A_CODE_FROM_THE_FUTURE');
      expect(unknown.length).toBeGreaterThan(5);
      for (const reason of REASONS) {
        expect(reasonText(t, reason), reason).not.toBe(unknown);
        expect(reasonText(t, reason), reason).toMatch(/[.。]$/);
      }
      for (const reason of SKIPS) expect(skipWords(t, reason)).not.toEqual(skipWords(t, 'other'));
    });
  }

  it('puts state, cause and Salesforce’s own words on one line', async () => {
    const t = await textsOf('en');
    const refused = sync({
      state: 'needs_you',
      reason: 'FIELD_CUSTOM_VALIDATION_EXCEPTION',
      message: 'Due date is required',
    });
    expect(syncLine(t, refused, 'en')).toBe(
      'Needs you: A validation rule in Salesforce did not accept this. Change what it names, and the task goes by itself. If the rule is wrong, a Salesforce admin can change it. Salesforce says: Due date is required',
    );
    expect(syncWords(t, refused).code).toBe('FIELD_CUSTOM_VALIDATION_EXCEPTION');
  });

  it('says since when it waits for Salesforce', async () => {
    const waiting = sync({
      state: 'waiting',
      reason: 'UNABLE_TO_LOCK_ROW',
      problem: {
        id: 'link:1',
        class: 'intermittent',
        since: '2026-11-24T09:30:00.000Z',
        retryAt: '2026-11-24T09:31:00.000Z',
        isTrying: false,
      },
    });
    for (const language of ['en', 'zh-CN']) {
      const t = await textsOf(language);
      const line = syncLine(t, waiting, language);
      const when = formatMoment('2026-11-24T09:30:00.000Z', language);
      expect(line).toContain(when);
      // The list shows the word by itself and the rest to screen readers only.
      expect(line.startsWith(syncWords(t, waiting).word)).toBe(true);
    }
  });

  it('says nothing more than the word when all is well', async () => {
    const t = await textsOf('en');
    expect(syncLine(t, sync({}), 'en')).toBe('In step');
    expect(syncLine(t, sync({ state: 'sending', reason: null }), 'en')).toBe('Sending');
  });
});
