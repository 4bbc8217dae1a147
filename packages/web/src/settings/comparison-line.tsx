import { Button } from '@mantine/core';
import type { SyncStatus } from '@tandem/api';
import { useState } from 'react';
import { request } from '../api/client.ts';
import { problemText } from '../api/problem-text.ts';
import { refreshSync } from '../api/refresh.ts';
import { formatMoment } from '../dates/format-date.ts';
import { type T, useT } from '../i18n/use-t.ts';
import { toast } from '../ui/toast.ts';
import s from './settings.module.css';

type Comparison = SyncStatus['comparison'];

/** Are both sides the same? How many of how many agree, since when that is known, and "compare now". */
export function ComparisonLine({ comparison }: { comparison: Comparison }) {
  const { t, language } = useT();
  const [busy, setBusy] = useState(false);
  const compare = async () => {
    setBusy(true);
    try {
      await request('v1/sync/compare', { method: 'POST' });
      refreshSync();
    } catch (fault) {
      toast(problemText(t, fault), { kind: 'failed' });
    } finally {
      setBusy(false);
    }
  };
  return (
    <div className={s.status}>
      <p aria-live="polite">{comparisonSentence(t, language, comparison)}</p>
      <Button
        variant="default"
        size="xs"
        loading={busy}
        disabled={isComparing(comparison)}
        onClick={() => void compare()}
      >
        {t('settings.salesforce.comparison.now')}
      </Button>
    </div>
  );
}

export function isComparing(comparison: Comparison): boolean {
  return comparison !== null && comparison.state !== 'done';
}

export function comparisonSentence(t: T, language: string, comparison: Comparison): string {
  if (comparison === null) return t('settings.salesforce.comparison.never');
  const { state, compared, agreed, missing, finishedAt } = comparison;
  const number = (count: number) => count.toLocaleString(language);
  if (state === 'wanted') return t('settings.salesforce.comparison.wanted');
  if (state === 'running' || finishedAt === null) {
    return t('settings.salesforce.comparison.running', { compared: number(compared) });
  }
  const when = formatMoment(finishedAt, language);
  if (compared === 0) return t('settings.salesforce.comparison.nothing', { when });
  const parts = [
    t('settings.salesforce.comparison.agree', {
      agreed: number(agreed),
      compared: number(compared),
      when,
    }),
    ...(missing > 0 ? [t('settings.salesforce.comparison.missing', { count: missing })] : []),
    ...(agreed + missing < compared ? [t('settings.salesforce.comparison.rest')] : []),
  ];
  return parts.join(language === 'en' ? ' ' : '');
}
