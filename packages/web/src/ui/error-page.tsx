import { Link, useRouter } from '@tanstack/react-router';
import { problemText } from '../api/problem-text.ts';
import { useT } from '../i18n/use-t.ts';
import { Button } from './button.tsx';
import s from './states.module.css';

export function ErrorPage({ error }: { error: unknown }) {
  const { t } = useT();
  const router = useRouter();
  return (
    <main className={s.page} role="alert">
      <h1>{t('common.page.errorTitle')}</h1>
      <p className={s.text}>{problemText(t, error)}</p>
      <Button onClick={() => void router.invalidate()}>{t('common.retry')}</Button>
    </main>
  );
}

export function NotFoundPage() {
  const { t } = useT();
  return (
    <main className={s.page}>
      <h1>{t('common.page.notFoundTitle')}</h1>
      <p className={s.text}>{t('common.page.notFoundText')}</p>
      <Link to="/">{t('common.page.toCommandCenter')}</Link>
    </main>
  );
}

/** A part of a page that did not load, with the way out. */
export function LoadFault({ fault, retry }: { fault: unknown; retry: () => void }) {
  const { t } = useT();
  return (
    <div className={s.part} role="alert">
      <h2>{t('common.page.errorTitle')}</h2>
      <p className={s.text}>{problemText(t, fault)}</p>
      <Button look="plain" onClick={retry}>
        {t('common.retry')}
      </Button>
    </div>
  );
}
