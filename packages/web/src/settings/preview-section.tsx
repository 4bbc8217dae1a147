import { Button } from '@mantine/core';
import type { Preview, SyncSettings } from '@tandem/api';
import { type ReactNode, useState } from 'react';
import { request } from '../api/client.ts';
import { problemText } from '../api/problem-text.ts';
import { loadFontFor } from '../i18n/chinese-font.ts';
import { useT } from '../i18n/use-t.ts';
import { skipWords } from '../sync/sync-words.ts';
import s from '../ui/page.module.css';
import { Section } from '../ui/section.tsx';
import lists from './preview.module.css';

/** What Save would do, as three short lists (B6.2). Asking writes nothing. */
export function PreviewSection({ importWindow }: { importWindow: SyncSettings['importWindow'] }) {
  const { t } = useT();
  const [shown, setShown] = useState<{ preview: Preview; importWindow: string } | null>(null);
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<string | null>(null);
  const ask = async () => {
    setBusy(true);
    setFault(null);
    try {
      const preview = await request<Preview>('v1/sync/preview', {
        method: 'POST',
        body: { importWindow },
      });
      for (const { subject } of preview.importSample) loadFontFor(subject);
      setShown({ preview, importWindow });
    } catch (problem) {
      setFault(problemText(t, problem));
    } finally {
      setBusy(false);
    }
  };
  const stale = shown !== null && shown.importWindow !== importWindow;
  return (
    <Section
      title={t('settings.salesforce.preview.title')}
      text={t('settings.salesforce.preview.text')}
    >
      <div className={s.line}>
        <Button variant="default" loading={busy} onClick={() => void ask()}>
          {t(shown ? 'settings.salesforce.preview.again' : 'settings.salesforce.preview.button')}
        </Button>
        <span role="status" className={s.quiet}>
          {busy
            ? t('settings.salesforce.preview.running')
            : stale && t('settings.salesforce.preview.stale')}
        </span>
      </div>
      <div role="alert">{fault && <p className={s.bad}>{fault}</p>}</div>
      {shown && <PreviewLists preview={shown.preview} stale={stale} />}
    </Section>
  );
}

function PreviewLists({ preview, stale }: { preview: Preview; stale: boolean }) {
  const { t } = useT();
  const more = preview.import - preview.importSample.length;
  return (
    <div className={lists.preview} data-stale={stale || undefined} aria-live="polite">
      <List title={t('settings.salesforce.preview.import', { count: preview.import })}>
        {preview.importSample.map(({ salesforceId, subject }) => (
          <li key={salesforceId}>{subject || t('settings.salesforce.preview.noSubject')}</li>
        ))}
        {preview.import === 0 && (
          <li className={s.quiet}>{t('settings.salesforce.preview.nothing')}</li>
        )}
        {more > 0 && (
          <li className={s.quiet}>{t('settings.salesforce.preview.andMore', { count: more })}</li>
        )}
      </List>
      <List title={t('settings.salesforce.preview.link', { count: preview.link })}>
        <li className={s.quiet}>
          {t(
            preview.link > 0
              ? 'settings.salesforce.preview.linkText'
              : 'settings.salesforce.preview.nothing',
          )}
        </li>
      </List>
      <List title={t('settings.salesforce.preview.skip', { count: preview.skip })}>
        {preview.skipReasons.map(({ reason, count, sample }) => (
          <li key={reason}>
            {count} · {skipWords(t, reason).what}
            {sample.length > 0 && <span className={s.quiet}>{sample.join(' · ')}</span>}
          </li>
        ))}
        {preview.skip === 0 && (
          <li className={s.quiet}>{t('settings.salesforce.preview.nothing')}</li>
        )}
      </List>
      {preview.stayHere > 0 && (
        <p className={s.quiet}>
          {t('settings.salesforce.preview.stayHere', { count: preview.stayHere })}
        </p>
      )}
    </div>
  );
}

function List({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div>
      <h3>{title}</h3>
      <ul>{children}</ul>
    </div>
  );
}
