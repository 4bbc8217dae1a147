import { Menu, useMantineColorScheme } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { request } from '../api/client.ts';
import { meQuery } from '../api/queries.ts';
import { LANGUAGES } from '../i18n/i18n.ts';
import { useT } from '../i18n/use-t.ts';
import { CheckIcon, SignOutIcon } from '../ui/icons.tsx';
import s from './frame.module.css';
import { chooseLanguage } from './use-settle-me.ts';

const SCHEMES = ['auto', 'light', 'dark'] as const;

export function AccountMenu({ compact = false }: { compact?: boolean }) {
  const { t, language } = useT();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const me = useQuery(meQuery).data;
  const tick = (shown: boolean) => (shown ? <CheckIcon /> : <span className={s.noTick} />);
  return (
    <Menu position={compact ? 'top-end' : 'top-start'} width={232} shadow="md" withinPortal>
      <Menu.Target>
        <button
          type="button"
          className={compact ? s.barLink : s.person}
          aria-label={t('common.nav.account')}
        >
          <span className={s.avatar} aria-hidden="true">
            {initials(me?.name ?? '')}
          </span>
          {!compact && (
            <span className={s.word}>
              <span className={s.personName}>{me?.name}</span>
              <span className={s.workspace}>{me?.workspaceName}</span>
            </span>
          )}
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{me?.email}</Menu.Label>
        <Menu.Divider />
        <Menu.Label>{t('common.scheme.label')}</Menu.Label>
        {SCHEMES.map((scheme) => (
          <Menu.Item
            key={scheme}
            role="menuitemradio"
            aria-checked={colorScheme === scheme}
            leftSection={tick(colorScheme === scheme)}
            onClick={() => setColorScheme(scheme)}
          >
            {t(`common.scheme.${scheme}`)}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Label>{t('common.language.label')}</Menu.Label>
        {LANGUAGES.map(({ id, name }) => (
          <Menu.Item
            key={id}
            lang={id}
            role="menuitemradio"
            aria-checked={language === id}
            leftSection={tick(language === id)}
            onClick={() => void chooseLanguage(id)}
          >
            {name}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item leftSection={<SignOutIcon />} onClick={() => void signOut()}>
          {t('common.nav.signOut')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

async function signOut(): Promise<void> {
  await request('auth/sign-out', { method: 'POST' }).catch(() => undefined);
  // A fresh page: nothing of the last person stays in memory.
  window.location.assign('/sign-in');
}

function initials(name: string): string {
  const words = name.trim().split(/\s+/);
  const first = [...(words[0] ?? '')][0] ?? '';
  const last = words.length > 1 ? ([...(words.at(-1) ?? '')][0] ?? '') : '';
  return (first + last).toUpperCase();
}
