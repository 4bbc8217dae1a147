import { Button, TextInput } from '@mantine/core';
import type { InvitationShown } from '@tandem/api';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useRouter } from '@tanstack/react-router';
import { type FormEvent, useRef, useState } from 'react';
import { ApiProblem, request } from '../api/client.ts';
import { problemText } from '../api/problem-text.ts';
import { queryClient } from '../api/query-client.ts';
import { useT } from '../i18n/use-t.ts';
import { LoadFault } from '../ui/error-page.tsx';
import s from './auth.module.css';
import { AuthShell } from './auth-shell.tsx';
import { type AuthErrors, checkSignIn, checkSignUp } from './check-fields.ts';

/** What stands behind `#` is the token: it never leaves the browser in an address. */
export function JoinPage() {
  const { t } = useT();
  const token = window.location.hash.slice(1);
  const shown = useQuery({
    queryKey: ['invitation', token],
    queryFn: ({ signal }) =>
      request<InvitationShown>('auth/invitation', { method: 'POST', body: { token }, signal }),
    enabled: token !== '',
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
  });
  const isOver =
    token === '' || (shown.error instanceof ApiProblem && shown.error.code === 'invitation_over');
  if (isOver) {
    return (
      <AuthShell title={t('team.join.overTitle')} text={t('team.join.overText')}>
        <p className={s.other}>
          <Link to="/sign-in" search={{}}>
            {t('team.join.toSignIn')}
          </Link>
        </p>
      </AuthShell>
    );
  }
  const name = shown.data?.invitedBy ?? '';
  const role = shown.data ? t(`team.role.${shown.data.role}`) : '';
  return (
    <AuthShell
      title={t('team.join.title', { workspace: shown.data?.workspaceName ?? '…' })}
      text={shown.data ? t('team.join.text', { name, role }) : t('common.loading')}
    >
      {shown.isError && <LoadFault fault={shown.error} retry={() => void shown.refetch()} />}
      {shown.data && <JoinForm token={token} email={shown.data.email} />}
    </AuthShell>
  );
}

function JoinForm({ token, email }: { token: string; email: string | null }) {
  const { t, language } = useT();
  const navigate = useNavigate();
  const router = useRouter();
  const form = useRef<HTMLFormElement>(null);
  const [isNew, setNew] = useState(true);
  const [errors, setErrors] = useState<AuthErrors>({});
  const [refusal, setRefusal] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const errorOf = (field: keyof AuthErrors) => {
    const key = errors[field];
    return key ? t(`common.auth.error.${key}`) : undefined;
  };

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    const text = (field: string) => String(data.get(field) ?? '').trim();
    const fields = {
      name: text('name'),
      email: email ?? text('email'),
      password: String(data.get('password') ?? ''),
    };
    const found = isNew ? checkSignUp(fields) : checkSignIn(fields);
    setErrors(found);
    setRefusal(null);
    const first = (['name', 'email', 'password'] as const).find((field) => found[field]);
    if (first) {
      form.current?.querySelector<HTMLInputElement>(`[name=${first}]`)?.focus();
      return;
    }
    setBusy(true);
    try {
      const { name, ...account } = fields;
      const body = { token, ...account, ...(isNew ? { name } : {}) };
      await request('auth/invitation/accept', { method: 'POST', body });
      await request('v1/me', { method: 'PATCH', body: { locale: language } }).catch(
        () => undefined,
      );
      queryClient.clear();
      await router.invalidate();
      await navigate({ to: '/', replace: true });
    } catch (fault) {
      setBusy(false);
      const isTaken = fault instanceof ApiProblem && /account/.test(fault.field('email') ?? '');
      if (isTaken) setErrors({ email: 'exists' });
      else setRefusal(problemText(t, fault));
    }
  };

  return (
    <form ref={form} className={s.form} noValidate onSubmit={(event) => void submit(event)}>
      {isNew && (
        <TextInput
          name="name"
          label={t('common.auth.name')}
          autoComplete="name"
          autoFocus
          size="md"
          error={errorOf('name')}
        />
      )}
      <TextInput
        name="email"
        type="email"
        label={t('common.auth.email')}
        autoComplete="username"
        size="md"
        {...(email === null ? {} : { value: email, readOnly: true })}
        error={errorOf('email')}
      />
      <TextInput
        name="password"
        type="password"
        label={t('team.join.password')}
        description={isNew ? t('common.auth.passwordHint') : undefined}
        autoComplete={isNew ? 'new-password' : 'current-password'}
        size="md"
        error={errorOf('password')}
      />
      <div role="alert">{refusal && <p className={s.refusal}>{refusal}</p>}</div>
      <Button type="submit" size="md" fullWidth loading={busy}>
        {t('team.join.go')}
      </Button>
      <p className={s.other}>
        {t(isNew ? 'team.join.have' : 'team.join.new')}{' '}
        <button type="button" onClick={() => setNew(!isNew)}>
          {t(isNew ? 'team.join.usePassword' : 'team.join.makeAccount')}
        </button>
      </p>
    </form>
  );
}
