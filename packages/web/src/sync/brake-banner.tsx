import type { BrakeAnswer, SyncStatus } from '@tandem/api';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { request } from '../api/client.ts';
import { problemText } from '../api/problem-text.ts';
import { syncStatusQuery } from '../api/queries.ts';
import { refreshSync, refreshTasks } from '../api/refresh.ts';
import { useT } from '../i18n/use-t.ts';
import { Button } from '../ui/button.tsx';
import { toast } from '../ui/toast.ts';
import s from './brake-banner.module.css';
import { brakeCase, brakeCount } from './brake-case.ts';

type Brake = NonNullable<SyncStatus['brake']>;

/** B11.5: what was about to be deleted, and the two answers; until then nothing is. */
export function BrakeBanner() {
  const brake = useQuery(syncStatusQuery).data?.brake;
  return brake ? <Question brake={brake} /> : null;
}

function Question({ brake }: { brake: Brake }) {
  const { t, language } = useT();
  const [busy, setBusy] = useState<BrakeAnswer['answer'] | null>(null);
  const kind = brakeCase(brake);
  const count = brakeCount(brake);
  const answer = async (given: BrakeAnswer['answer']) => {
    setBusy(given);
    try {
      const body: BrakeAnswer = { answer: given, count };
      await request('v1/sync/brake', { method: 'POST', body });
    } catch (fault) {
      toast(problemText(t, fault), { kind: 'failed' });
    }
    setBusy(null);
    refreshSync();
    refreshTasks();
  };
  const number = (value: number) => value.toLocaleString(language);
  return (
    <section className={s.banner} aria-labelledby="brake-question">
      <p id="brake-question" className={s.question}>
        {t(`sync.brake.${kind}.question`, {
          count,
          links: number(brake.links),
          toTrash: number(brake.toTrash),
          toDelete: number(brake.toDelete),
        })}
      </p>
      <p>
        {t('sync.brake.waits')} {t(`sync.brake.${kind}.after`)}
      </p>
      <div className={s.answers}>
        <Button
          look="plain"
          busy={busy === 'keep'}
          disabled={busy !== null}
          onClick={() => void answer('keep')}
        >
          {t(`sync.brake.${kind}.keep`)}
        </Button>
        <Button
          look="plain"
          busy={busy === 'go_on'}
          disabled={busy !== null}
          onClick={() => void answer('go_on')}
        >
          {t(`sync.brake.${kind}.goOn`)}
        </Button>
      </div>
    </section>
  );
}
