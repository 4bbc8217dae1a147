import { lazy, Suspense, useState } from 'react';
import { useT } from '../i18n/use-t.ts';
import { ColumnsIcon } from '../ui/icons.tsx';
import s from './toolbar.module.css';

const ColumnsMenu = lazy(async () => ({
  default: (await import('./columns-menu.tsx')).ColumnsMenu,
}));

export function ColumnsButton() {
  const { t } = useT();
  const [opened, setOpened] = useState(false);
  const button = (
    <button
      type="button"
      className={`${s.tool} ${s.wideOnly}`}
      aria-label={t('center.columns.button')}
      title={t('center.columns.button')}
      aria-expanded={opened}
      onClick={() => setOpened(!opened)}
    >
      <ColumnsIcon />
    </button>
  );
  if (!opened) return button;
  return (
    <Suspense fallback={button}>
      <ColumnsMenu onClose={() => setOpened(false)}>{button}</ColumnsMenu>
    </Suspense>
  );
}
