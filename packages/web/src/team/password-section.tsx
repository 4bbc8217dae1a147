import { Button, TextInput } from '@mantine/core';
import { type FormEvent, useRef, useState } from 'react';
import { ApiProblem, request } from '../api/client.ts';
import { problemText } from '../api/problem-text.ts';
import { PASSWORD_MAX, PASSWORD_MIN } from '../auth/check-fields.ts';
import { useT } from '../i18n/use-t.ts';
import { Section } from '../ui/section.tsx';
import { toast } from '../ui/toast.ts';
import { refreshTeam } from './queries.ts';
import s from './team.module.css';

interface Faults {
  readonly current?: string;
  readonly next?: string;
}

export function PasswordSection() {
  const { t } = useT();
  const form = useRef<HTMLFormElement>(null);
  const [busy, setBusy] = useState(false);
  const [faults, setFaults] = useState<Faults>({});
  const change = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    const currentPassword = String(data.get('current') ?? '');
    const newPassword = String(data.get('next') ?? '');
    if (currentPassword === '') {
      return setFaults({ current: t('common.auth.error.passwordMissing') });
    }
    if (newPassword.length < PASSWORD_MIN) {
      return setFaults({ next: t('common.auth.error.passwordShort') });
    }
    setBusy(true);
    setFaults({});
    try {
      const body = { currentPassword, newPassword };
      await request('v1/me/password', { method: 'POST', body });
      form.current?.reset();
      toast(t('team.account.password.changed'));
      await refreshTeam();
    } catch (problem) {
      const isWrong = problem instanceof ApiProblem && problem.field('currentPassword') !== null;
      setFaults(
        isWrong ? { current: t('team.account.password.wrong') } : { next: problemText(t, problem) },
      );
    } finally {
      setBusy(false);
    }
  };
  return (
    <Section title={t('team.account.password.title')} text={t('team.account.password.text')}>
      <form ref={form} className={s.stack} noValidate onSubmit={(event) => void change(event)}>
        <TextInput
          name="current"
          type="password"
          autoComplete="current-password"
          label={t('team.account.password.current')}
          maxLength={PASSWORD_MAX}
          error={faults.current}
        />
        <TextInput
          name="next"
          type="password"
          autoComplete="new-password"
          label={t('team.account.password.next')}
          description={t('common.auth.passwordHint')}
          maxLength={PASSWORD_MAX}
          error={faults.next}
        />
        <Button type="submit" variant="default" loading={busy}>
          {t('team.account.password.change')}
        </Button>
      </form>
    </Section>
  );
}
