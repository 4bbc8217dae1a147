import { useMantineColorScheme } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { request } from '../api/client.ts';
import { meQuery } from '../api/queries.ts';
import { loadFontFor } from '../i18n/chinese-font.ts';
import { LANGUAGES } from '../i18n/i18n.ts';
import { useT } from '../i18n/use-t.ts';
import { DiagnosticsIcon, HealthIcon, HistoryIcon, SignOutIcon } from '../ui/icons.tsx';
import { MenuButton } from '../ui/menu-button.tsx';
import s from './frame.module.css';
import { chooseLanguage } from './use-settle-me.ts';

/** What a phone's bar has no room for. */
const PAGES = [
  { to: '/history', key: 'history', icon: <HistoryIcon /> },
  { to: '/diagnostics', key: 'diagnostics', icon: <DiagnosticsIcon /> },
  { to: '/health', key: 'health', icon: <HealthIcon /> },
] as const;

const SCHEMES = ['auto', 'light', 'dark'] as const;

export function AccountMenu({ compact = false }: { compact?: boolean }) {
  const { t, language } = useT();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const me = useQuery(meQuery).data;
  const navigate = useNavigate();
  const onNear = () => {
    for (const { name } of LANGUAGES) loadFontFor(name);
  };
  return (
    <MenuButton
      className={compact ? s.barLink : s.person}
      label={t('common.nav.account')}
      position={compact ? 'top-end' : 'top-start'}
      width={220}
      onNear={onNear}
      sections={[
        ...(compact
          ? [
              {
                label: t('common.nav.pages'),
                items: PAGES.map(({ to, key, icon }) => ({
                  key,
                  label: t(`common.nav.${key}`),
                  icon,
                  run: () => void navigate({ to }),
                })),
              },
            ]
          : []),
        {
          label: t('common.scheme.label'),
          items: SCHEMES.map((scheme) => ({
            key: scheme,
            label: t(`common.scheme.${scheme}`),
            checked: colorScheme === scheme,
            run: () => setColorScheme(scheme),
          })),
        },
        {
          label: t('common.language.label'),
          items: LANGUAGES.map(({ id, name }) => ({
            key: id,
            label: name,
            lang: id,
            checked: language === id,
            run: () => void chooseLanguage(id),
          })),
        },
        {
          label: me?.email,
          items: [
            {
              key: 'sign-out',
              label: t('common.nav.signOut'),
              icon: <SignOutIcon />,
              run: () => void signOut(),
            },
          ],
        },
      ]}
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
    </MenuButton>
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
