import { useT } from '../i18n/use-t.ts';
import s from '../ui/page.module.css';

export function NoPermission({ workspace }: { workspace: string }) {
  const { t } = useT();
  return (
    <section className={s.section}>
      <h2>{t('common.page.notAllowedTitle')}</h2>
      <p className={s.text}>{t('common.page.notAllowedText', { workspace })}</p>
    </section>
  );
}
