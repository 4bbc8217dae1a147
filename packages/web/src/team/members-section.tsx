import { Button, NativeSelect } from '@mantine/core';
import type { Me, Member, Role } from '@tandem/api';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Fragment, useState } from 'react';
import { request } from '../api/client.ts';
import { problemText } from '../api/problem-text.ts';
import { formatMoment } from '../dates/format-date.ts';
import { useT } from '../i18n/use-t.ts';
import { ConfirmDialog } from '../programs/confirm-dialog.tsx';
import layout from '../ui/page.module.css';
import { Section } from '../ui/section.tsx';
import { toast } from '../ui/toast.ts';
import { FormerMember } from './former-member.tsx';
import { More } from './more.tsx';
import { refreshTeam, teamQuery } from './queries.ts';
import s from './team.module.css';

export const ROLES = ['rep', 'manager', 'admin'] as const satisfies readonly Role[];

export function MembersSection({ me }: { me: Me }) {
  const { t } = useT();
  const query = useInfiniteQuery(teamQuery);
  const all = query.data?.pages.flatMap((page) => page.members) ?? [];
  const members = all.filter((member) => member.removedAt === null);
  const former = all.filter((member) => member.removedAt !== null);
  return (
    <>
      <Section title={t('team.members.title')}>
        <ul className={`${s.list} ${s.members}`}>
          {members.map((member) => (
            <MemberRow key={member.userId} member={member} me={me} />
          ))}
        </ul>
        <More query={query} />
      </Section>
      {former.length > 0 && me.role !== 'rep' && (
        <Section title={t('team.members.former')}>
          <ul className={s.list}>
            {former.map((member) => (
              <FormerMember key={member.userId} member={member} team={members} />
            ))}
          </ul>
        </Section>
      )}
    </>
  );
}

function MemberRow({ member, me }: { member: Member; me: Me }) {
  const { t } = useT();
  const [asking, setAsking] = useState(false);
  const { name, email, role, userId } = member;
  const isMe = userId === me.userId;
  return (
    <li className={s.row}>
      <div className={s.text}>
        <b>
          {name}
          {isMe && <span className={layout.quiet}> · {t('team.members.you')}</span>}
        </b>
        <span className={layout.quiet}>{email}</span>
      </div>
      <Particulars member={member} />
      <div className={s.actions}>
        {me.role !== 'rep' && !isMe && (
          <Link
            to="/"
            search={{ as: userId }}
            className={`${layout.external} ${s.look}`}
            aria-label={t('team.members.viewAsName', { name })}
          >
            {t('team.members.viewAs')}
          </Link>
        )}
        {me.role === 'admin' ? (
          <RoleSelect member={member} />
        ) : (
          <span className={`${layout.quiet} ${s.role}`}>{t(`team.role.${role}`)}</span>
        )}
        {me.role === 'admin' && !isMe && (
          <Button
            variant="default"
            size="compact-sm"
            className={s.remove}
            aria-label={t('team.members.removeName', { name })}
            onClick={() => setAsking(true)}
          >
            {t('team.members.remove')}
          </Button>
        )}
      </div>
      {asking && (
        <ConfirmDialog
          title={t('team.members.removeTitle', { name })}
          text={t('team.members.removeText')}
          confirm={t('team.members.remove')}
          keep={t('team.members.removeKeep')}
          onClose={() => setAsking(false)}
          act={async () => {
            await request(`v1/members/${userId}`, { method: 'DELETE' });
            toast(t('team.members.removed', { name }));
            await refreshTeam();
          }}
        />
      )}
    </li>
  );
}

/** What reps are not told is null. */
function Particulars({ member: { connection, lastSeenAt, openTasks } }: { member: Member }) {
  const { t, language } = useT();
  if (connection === null) return null;
  const seen = lastSeenAt
    ? t('team.members.seen', { when: formatMoment(lastSeenAt, language) })
    : t('team.members.neverSeen');
  const parts = [
    t(`team.members.connection.${connection}`),
    seen,
    t('team.members.open', { count: openTasks ?? 0 }),
  ];
  return (
    <span
      className={`${connection === 'needs_sign_in' ? layout.amberText : layout.quiet} ${s.facts}`}
    >
      {parts.map((part, at) => (
        <Fragment key={part}>
          {at > 0 && ' · '}
          <span className={s.fact}>{part}</span>
        </Fragment>
      ))}
    </span>
  );
}

function RoleSelect({ member: { userId, name, role } }: { member: Member }) {
  const { t } = useT();
  const [wanted, setWanted] = useState<Role | null>(null);
  const change = async (next: Role) => {
    setWanted(next);
    try {
      await request(`v1/members/${userId}`, { method: 'PATCH', body: { role: next } });
      toast(t('team.members.roleChanged', { name, role: t(`team.role.${next}`) }));
      await refreshTeam();
    } catch (fault) {
      toast(problemText(t, fault), { kind: 'failed' });
    } finally {
      setWanted(null);
    }
  };
  return (
    <NativeSelect
      className={`${s.select} ${s.role}`}
      size="xs"
      aria-label={t('team.members.roleOf', { name })}
      value={wanted ?? role}
      disabled={wanted !== null}
      data={ROLES.map((value) => ({ value, label: t(`team.role.${value}`) }))}
      onChange={(event) => void change(event.currentTarget.value as Role)}
    />
  );
}
