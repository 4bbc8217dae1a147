import { Button } from '@mantine/core';
import type { SignInSession } from '@tandem/api';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { request } from '../api/client.ts';
import { problemText } from '../api/problem-text.ts';
import { formatMoment } from '../dates/format-date.ts';
import { useT } from '../i18n/use-t.ts';
import layout from '../ui/page.module.css';
import { Section } from '../ui/section.tsx';
import { toast } from '../ui/toast.ts';
import { deviceName } from './device-name.ts';
import { More } from './more.tsx';
import { refreshTeam, sessionsQuery } from './queries.ts';
import s from './team.module.css';

export function SessionsSection() {
  const { t } = useT();
  const query = useInfiniteQuery(sessionsQuery);
  const sessions = query.data?.pages.flatMap((page) => page.sessions) ?? [];
  const [busy, setBusy] = useState<string | null>(null);
  const end = async (id: string | null) => {
    setBusy(id ?? 'all');
    try {
      const path = id === null ? 'v1/sessions' : `v1/sessions/${id}`;
      const reply = await request<{ ended: number } | undefined>(path, { method: 'DELETE' });
      toast(t('team.account.sessions.ended', { count: reply?.ended ?? 1 }));
      await refreshTeam();
    } catch (fault) {
      toast(problemText(t, fault), { kind: 'failed' });
    } finally {
      setBusy(null);
    }
  };
  return (
    <Section title={t('team.account.sessions.title')}>
      <ul className={s.list}>
        {sessions.map((session) => (
          <SessionRow
            key={session.id}
            session={session}
            busy={busy === session.id}
            onEnd={() => void end(session.id)}
          />
        ))}
      </ul>
      <More query={query} />
      {sessions.length > 1 && (
        <div>
          <Button variant="default" loading={busy === 'all'} onClick={() => void end(null)}>
            {t('team.account.sessions.endOthers')}
          </Button>
        </div>
      )}
    </Section>
  );
}

function SessionRow({
  session: { userAgent, signedInAt, lastSeenAt, current },
  busy,
  onEnd,
}: {
  session: SignInSession;
  busy: boolean;
  onEnd: () => void;
}) {
  const { t, language } = useT();
  const device = deviceName(userAgent);
  const name = device
    ? t('team.account.sessions.on', { ...device })
    : t('team.account.sessions.unknown');
  return (
    <li className={s.row}>
      <div className={s.text}>
        <b title={userAgent ?? undefined}>{name}</b>
        <span className={layout.quiet}>
          {t('team.account.sessions.since', {
            since: formatMoment(signedInAt, language),
            seen: formatMoment(lastSeenAt, language),
          })}
        </span>
      </div>
      {current ? (
        <span className={layout.quiet}>{t('team.account.sessions.here')}</span>
      ) : (
        <Button
          variant="default"
          size="compact-sm"
          loading={busy}
          aria-label={t('team.account.sessions.endName', { name })}
          onClick={onEnd}
        >
          {t('team.account.sessions.end')}
        </Button>
      )}
    </li>
  );
}
