import { Button } from '@mantine/core';
import type { TeamSync } from '@tandem/api';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { request } from '../api/client.ts';
import { problemText } from '../api/problem-text.ts';
import { putAnswer } from '../api/put-answer.ts';
import { teamSyncQuery } from '../api/queries.ts';
import { queryClient } from '../api/query-client.ts';
import { refreshSync } from '../api/refresh.ts';
import { useT } from '../i18n/use-t.ts';
import { type Edits, editsSince } from '../ui/edits.ts';
import { LoadFault } from '../ui/error-page.tsx';
import s from '../ui/page.module.css';
import { Section } from '../ui/section.tsx';
import { Segments } from '../ui/segments.tsx';

const MODES = ['each', 'on', 'off'] as const;
const WINDOWS = ['24h', '7d', '30d', '90d', 'all_open'] as const;

/** B6.1: the choice for everybody, with what it costs, shown before it is made. */
export function TeamSection() {
  const { t } = useT();
  const team = useQuery(teamSyncQuery);
  return (
    <Section title={t('settings.salesforce.team.title')} text={t('settings.salesforce.team.text')}>
      {team.data ? (
        <TeamForm saved={team.data} />
      ) : (
        team.isError && <LoadFault fault={team.error} retry={() => void team.refetch()} />
      )}
    </Section>
  );
}

function TeamForm({ saved }: { saved: TeamSync }) {
  const { t, language } = useT();
  const [edits, setEdits] = useState<Edits<Pick<TeamSync, 'mode' | 'locked' | 'importWindow'>>>({});
  const [busy, setBusy] = useState(false);
  const [outcome, setOutcome] = useState<{ good: boolean; text: string } | null>(null);
  const mode = edits.mode ?? saved.mode;
  const locked = mode !== 'each' && (edits.locked ?? saved.locked);
  const importWindow = edits.importWindow ?? saved.importWindow;
  const isDirty =
    mode !== saved.mode || locked !== saved.locked || importWindow !== saved.importWindow;
  const number = (value: number) => value.toLocaleString(language);
  const { estimate, allowance } = saved;
  const edit = (change: typeof edits) => {
    setEdits((before) => ({ ...before, ...change }));
    setOutcome(null);
  };
  const save = async () => {
    setBusy(true);
    try {
      const body = { mode, locked, importWindow };
      const next = await request<TeamSync>('v1/sync/team', { method: 'PUT', body });
      await putAnswer(queryClient, teamSyncQuery, next);
      setEdits((now) => editsSince(edits, now));
      setOutcome({ good: true, text: t('settings.salesforce.team.saved') });
      refreshSync();
    } catch (fault) {
      setOutcome({ good: false, text: problemText(t, fault) });
    } finally {
      setBusy(false);
    }
  };
  return (
    <form
      className={s.section}
      style={{ marginTop: 0 }}
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <Segments
        name="team"
        label={t('settings.salesforce.team.title')}
        options={MODES.map((value) => ({ value, text: t(`settings.salesforce.team.${value}`) }))}
        value={mode}
        onChange={(value) => edit({ mode: value })}
      />
      {mode !== 'each' && (
        <label className={s.line}>
          <input
            type="checkbox"
            checked={locked}
            onChange={(event) => edit({ locked: event.target.checked })}
          />
          {t('settings.salesforce.team.lock')}
        </label>
      )}
      {mode === 'on' && (
        <>
          <p className={s.quiet}>{t('settings.salesforce.team.window')}</p>
          <Segments
            name="team-window"
            label={t('settings.salesforce.team.window')}
            options={WINDOWS.map((value) => ({
              value,
              text: t(`settings.salesforce.window.${value}`),
            }))}
            value={importWindow}
            onChange={(value) => edit({ importWindow: value })}
          />
        </>
      )}
      <p className={s.quiet}>
        {t('settings.salesforce.team.accounts', { count: saved.accounts, on: number(saved.on) })}{' '}
        {t('settings.salesforce.team.estimate', {
          quiet: number(estimate.quiet),
          busy: number(estimate.busy),
        })}{' '}
        {allowance !== null &&
          t('settings.salesforce.team.allowance', { allowance: number(allowance) })}{' '}
        {allowance !== null && estimate.busy > allowance && (
          <span className={s.amberText}>{t('settings.salesforce.team.tooMuch')}</span>
        )}
      </p>
      <div className={s.line}>
        <Button type="submit" variant="default" loading={busy} disabled={!isDirty}>
          {t('settings.salesforce.team.save')}
        </Button>
        <span role="status" className={outcome?.good === false ? s.badText : s.quiet}>
          {(isDirty && outcome?.good ? null : outcome)?.text}
        </span>
      </div>
    </form>
  );
}
