import { useT } from '../i18n/use-t.ts';
import { AccountMenu } from './account-menu.tsx';
import { ConnectionWord } from './connection-word.tsx';
import s from './frame.module.css';
import { RailLinks } from './rail.tsx';

/** The rail of a phone, where the thumb is. */
export function BottomBar() {
  const { t } = useT();
  return (
    <nav className={s.bar} aria-label={t('common.nav.label')}>
      <RailLinks className={s.barLink} />
      <ConnectionWord compact />
      <AccountMenu compact />
    </nav>
  );
}
