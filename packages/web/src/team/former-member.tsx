import { Button, NativeSelect } from '@mantine/core';
import type { Member } from '@tandem/api';
import { useState } from 'react';
import { request } from '../api/client.ts';
import { problemText } from '../api/problem-text.ts';
import { refreshTasks } from '../api/refresh.ts';
import { formatMoment } from '../dates/format-date.ts';
import { useT } from '../i18n/use-t.ts';
import layout from '../ui/page.module.css';
import { toast } from '../ui/toast.ts';
import { refreshTeam } from './queries.ts';
import s from './team.module.css';

/** Somebody who has left, with the tasks that somebody has to take over. */
export function FormerMember({ member, team }: { member: Member; team: readonly Member[] }) {
  const { t, language } = useT();
  const [to, setTo] = useState('');
  const [busy, setBusy] = useState(false);
  const { userId, name, removedAt } = member;
  const openTasks = member.openTasks ?? 0;
  const give = async () => {
    setBusy(true);
    try {
      const { reassigned } = await request<{ reassigned: number }>(
        `v1/members/${userId}/reassign`,
        { method: 'POST', body: { toUserId: to } },
      );
      const heir = team.find((one) => one.userId === to)?.name ?? '';
      toast(t('team.members.given', { count: reassigned, name: heir }));
      await refreshTeam();
      refreshTasks();
    } catch (fault) {
      toast(problemText(t, fault), { kind: 'failed' });
    } finally {
      setBusy(false);
    }
  };
  return (
    <li className={s.row}>
      <div className={s.text}>
        <b>{name}</b>
        <span className={layout.quiet}>
          {t('team.members.left', { when: formatMoment(removedAt ?? '', language) })} ·{' '}
          {t('team.members.open', { count: openTasks })}
        </span>
      </div>
      {openTasks > 0 && (
        <div className={s.actions}>
          <NativeSelect
            size="xs"
            aria-label={t('team.members.giveTo', { name })}
            value={to}
            data={[
              { value: '', label: t('team.members.choose') },
              ...team.map((one) => ({ value: one.userId, label: one.name })),
            ]}
            onChange={(event) => setTo(event.currentTarget.value)}
          />
          <Button
            variant="default"
            size="compact-sm"
            loading={busy}
            disabled={to === ''}
            onClick={() => void give()}
          >
            {t('team.members.give')}
          </Button>
        </div>
      )}
    </li>
  );
}
