import { Button, NativeSelect, TextInput } from '@mantine/core';
import type { CreatedInvitation, Invitation, Role } from '@tandem/api';
import { useInfiniteQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { ApiProblem, request } from '../api/client.ts';
import { problemText } from '../api/problem-text.ts';
import { formatMoment } from '../dates/format-date.ts';
import { useT } from '../i18n/use-t.ts';
import { ShownOnce } from '../programs/shown-once.tsx';
import layout from '../ui/page.module.css';
import { Section } from '../ui/section.tsx';
import { toast } from '../ui/toast.ts';
import { ROLES } from './members-section.tsx';
import { More } from './more.tsx';
import { invitationsQuery, refreshTeam } from './queries.ts';
import s from './team.module.css';

export function InvitationsSection() {
  const { t } = useT();
  const query = useInfiniteQuery(invitationsQuery);
  const open = query.data?.pages.flatMap((page) => page.invitations);
  return (
    <Section title={t('team.invitations.title')} text={t('team.invitations.text')}>
      <NewInvitation />
      {open?.length === 0 && <p className={layout.quiet}>{t('team.invitations.none')}</p>}
      <ul className={s.list}>
        {open?.map((invitation) => (
          <InvitationRow key={invitation.id} invitation={invitation} />
        ))}
      </ul>
      <More query={query} />
    </Section>
  );
}

function InvitationRow({ invitation }: { invitation: Invitation }) {
  const { t, language } = useT();
  const [busy, setBusy] = useState(false);
  const { id, role, email, invitedBy, expiresAt } = invitation;
  const name = email ?? t('team.invitations.anybody');
  const when = formatMoment(expiresAt, language);
  const isOver = Date.parse(expiresAt) <= Date.now();
  const revoke = async () => {
    setBusy(true);
    try {
      await request(`v1/invitations/${id}`, { method: 'DELETE' });
      toast(t('team.invitations.revoked'));
      await refreshTeam();
    } catch (fault) {
      setBusy(false);
      toast(problemText(t, fault), { kind: 'failed' });
    }
  };
  return (
    <li className={s.row}>
      <div className={s.text}>
        <b>{name}</b>
        <span className={isOver ? layout.amberText : layout.quiet}>
          {t(`team.role.${role}`)} ·{' '}
          {isOver
            ? t('team.invitations.over', { when })
            : t('team.invitations.byUntil', { name: invitedBy, when })}
        </span>
      </div>
      <Button
        variant="default"
        size="compact-sm"
        loading={busy}
        aria-label={t('team.invitations.revokeName', { name })}
        onClick={() => void revoke()}
      >
        {t('team.invitations.revoke')}
      </Button>
    </li>
  );
}

/** What became of the mail; either way the link is there to copy. */
function outcomeOf({ mailed, mailFault }: CreatedInvitation) {
  if (mailed) return 'mailed';
  return mailFault === null ? 'notMailed' : 'mailFailed';
}

function NewInvitation() {
  const { t } = useT();
  const [role, setRole] = useState<Role>('rep');
  const [email, setEmail] = useState('');
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<string | null>(null);
  const [made, setMade] = useState<CreatedInvitation | null>(null);
  const create = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setFault(null);
    try {
      const body = { role, ...(email.trim() === '' ? {} : { email: email.trim() }) };
      setMade(await request<CreatedInvitation>('v1/invitations', { method: 'POST', body }));
      setEmail((now) => (now === email ? '' : now));
      await refreshTeam();
    } catch (problem) {
      const isEmail = problem instanceof ApiProblem && problem.field('email') !== null;
      setFault(isEmail ? t('team.invitations.emailInvalid') : problemText(t, problem));
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      {made && (
        <ShownOnce
          key={made.id}
          title={t('team.invitations.made')}
          text={t(`team.invitations.${outcomeOf(made)}`, { email: made.email ?? '' })}
          // Behind `#`, so that no server on the way and no log ever has it.
          value={`${window.location.origin}/join#${made.token}`}
          onClose={() => setMade(null)}
        />
      )}
      <form className={s.stack} noValidate onSubmit={(event) => void create(event)}>
        <NativeSelect
          label={t('team.invitations.role')}
          description={t(`team.roleHint.${role}`)}
          value={role}
          data={ROLES.map((value) => ({ value, label: t(`team.role.${value}`) }))}
          onChange={(event) => setRole(event.currentTarget.value as Role)}
        />
        <TextInput
          type="email"
          label={t('team.invitations.email')}
          description={t('team.invitations.emailHint')}
          placeholder={t('team.invitations.anybody')}
          maxLength={254}
          value={email}
          error={fault}
          onChange={(event) => setEmail(event.currentTarget.value)}
        />
        <Button type="submit" variant="default" loading={busy}>
          {t('team.invitations.make')}
        </Button>
      </form>
    </>
  );
}
