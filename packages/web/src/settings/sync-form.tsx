import { Button } from '@mantine/core';
import type { SyncSettings, SyncStatus } from '@tandem/api';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { request } from '../api/client.ts';
import { problemText } from '../api/problem-text.ts';
import { putAnswer } from '../api/put-answer.ts';
import { meQuery, syncSettingsQuery } from '../api/queries.ts';
import { queryClient } from '../api/query-client.ts';
import { refreshSync, refreshTasks } from '../api/refresh.ts';
import { formatMoment } from '../dates/format-date.ts';
import { useT } from '../i18n/use-t.ts';
import { type Edits, editsSince, layOver } from '../ui/edits.ts';
import layout from '../ui/page.module.css';
import { Section } from '../ui/section.tsx';
import { Segments } from '../ui/segments.tsx';
import { ImportDone, ImportProgress } from './import-progress.tsx';
import { OrgRules } from './org-rules.tsx';
import { PreviewSection } from './preview-section.tsx';
import s from './settings.module.css';
import { changesOf, type SyncDraft, toDraft, withoutStatus } from './sync-draft.ts';

const WINDOWS = ['24h', '7d', '30d', '90d', 'all_open'] as const;

/** The option list of B6.1 and everything that hangs on it; nothing is written before Save. */
export function SyncForm({ saved, status }: { saved: SyncSettings; status: SyncStatus }) {
  const { t, language } = useT();
  const isAdmin = useQuery(meQuery).data?.role === 'admin';
  const [edits, setEdits] = useState<Edits<SyncDraft>>({});
  const [busy, setBusy] = useState(false);
  const [outcome, setOutcome] = useState<{ good: boolean; text: string } | null>(null);
  const draft = layOver(toDraft(saved), edits);
  const changes = changesOf(saved, draft, isAdmin);
  const dirty = Object.keys(changes).length > 0;
  // What was chosen while it was being saved is not.
  const said = outcome?.good && dirty ? null : outcome;
  const switchingOn = saved.mode === 'off' && draft.mode === 'on';
  const isLocked = saved.team.locked && !isAdmin;
  const needsConfirming =
    (draft.mode === 'on' || changes.statusMap !== undefined) &&
    !saved.statusMapConfirmed &&
    !draft.confirmStatusMap;
  const isHalfMap =
    (switchingOn || changes.statusMap !== undefined) && withoutStatus(draft).length > 0;
  const edit = (change: Edits<SyncDraft>) => {
    setEdits((before) => layOver(before, change));
    setOutcome(null);
  };

  const save = async () => {
    setBusy(true);
    setOutcome(null);
    try {
      const next = await request<SyncSettings>('v1/sync/settings', {
        method: 'PUT',
        body: changes,
      });
      await putAnswer(queryClient, syncSettingsQuery, next);
      setEdits((now) => editsSince(edits, now));
      setOutcome({ good: true, text: t('settings.salesforce.save.saved') });
      refreshSync();
      refreshTasks();
    } catch (fault) {
      setOutcome({ good: false, text: problemText(t, fault) });
    } finally {
      setBusy(false);
    }
  };

  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <Section title={t('settings.salesforce.mode.title')}>
        {saved.team.mode !== 'each' && (
          <p className={layout.remark}>
            {t(`settings.salesforce.team.${saved.team.mode === 'on' ? 'setOn' : 'setOff'}`)}{' '}
            {saved.team.locked && t('settings.salesforce.team.isLocked')}
          </p>
        )}
        <div
          className={s.choices}
          role="radiogroup"
          aria-label={t('settings.salesforce.mode.title')}
        >
          {(['off', 'on'] as const).map((mode) => (
            <label key={mode} className={s.choice}>
              <input
                type="radio"
                name="mode"
                checked={draft.mode === mode}
                disabled={isLocked}
                onChange={() => edit({ mode })}
              />
              <span>
                <b>{t(`settings.salesforce.mode.${mode}`)}</b>
                <span className={layout.quiet}>
                  {t(`settings.salesforce.mode.${mode}Text`)}{' '}
                  {mode === 'on' &&
                    saved.mode === 'on' &&
                    saved.switchedOnAt &&
                    t('settings.salesforce.mode.onSince', {
                      when: formatMoment(saved.switchedOnAt, language),
                    })}
                </span>
              </span>
            </label>
          ))}
        </div>
      </Section>
      {switchingOn && (
        <Section
          title={t('settings.salesforce.window.title')}
          text={t('settings.salesforce.window.text')}
        >
          <Segments
            name="window"
            label={t('settings.salesforce.window.title')}
            options={WINDOWS.map((value) => ({
              value,
              text: t(`settings.salesforce.window.${value}`),
            }))}
            value={draft.importWindow}
            onChange={(value) => edit({ importWindow: value })}
          />
        </Section>
      )}
      {(draft.mode === 'on' || isAdmin) && (
        <OrgRules saved={saved} draft={draft} status={status} edit={edit} isAdmin={isAdmin} />
      )}
      {switchingOn && <PreviewSection importWindow={draft.importWindow} />}
      <div className={layout.save} data-dirty={dirty || undefined}>
        <Button type="submit" loading={busy} disabled={!dirty || needsConfirming || isHalfMap}>
          {t('settings.salesforce.save.button')}
        </Button>
        <span role="status" className={outcome?.good === false ? layout.badText : layout.quiet}>
          {dirty && needsConfirming && t('settings.salesforce.map.confirmFirst')}{' '}
          {said?.text ?? (dirty ? t('settings.salesforce.save.unsaved') : '')}{' '}
          {saved.mode === 'on' && draft.mode === 'off' && t('settings.salesforce.save.turnOffNote')}
        </span>
      </div>
      {saved.mode === 'on' && status.import?.state === 'running' && (
        <ImportProgress progress={status.import} />
      )}
      {saved.mode === 'on' && draft.mode === 'on' && status.import?.state === 'done' && (
        <ImportDone progress={status.import} />
      )}
    </form>
  );
}
