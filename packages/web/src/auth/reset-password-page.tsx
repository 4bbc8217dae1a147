import { Button, TextInput } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { request } from '../api/client.ts';
import { problemText } from '../api/problem-text.ts';
import { useT } from '../i18n/use-t.ts';
import s from './auth.module.css';
import { AuthShell } from './auth-shell.tsx';
import { type AuthErrorKey, checkNewPassword } from './check-fields.ts';

/** Where the mail leads. The token stands behind the hash, so no server between here and there has it. */
export function ResetPasswordPage() {
  const { t } = useT();
  const [token] = useState(() => decodeURIComponent(window.location.hash.slice(1)));
  const [error, setError] = useState<AuthErrorKey | null>(null);
  const [refusal, setRefusal] = useState<string | null>(null);
  const [state, setState] = useState<'asking' | 'busy' | 'done'>('asking');

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const password = String(new FormData(form).get('password') ?? '');
    const found = checkNewPassword(password).password ?? null;
    setError(found);
    setRefusal(null);
    if (found !== null) {
      form.querySelector<HTMLInputElement>('[name=password]')?.focus();
      return;
    }
    setState('busy');
    try {
      await request('auth/reset-password', { method: 'POST', body: { token, password } });
      setState('done');
    } catch (fault) {
      setRefusal(problemText(t, fault));
      setState('asking');
    }
  };

  return (
    <AuthShell title={t('common.auth.resetTitle')} text={t('common.auth.resetText')}>
      {state === 'done' ? (
        <p role="status">{t('common.auth.resetDone')}</p>
      ) : (
        <form className={s.form} noValidate onSubmit={(event) => void submit(event)}>
          <TextInput
            name="password"
            type="password"
            label={t('common.auth.newPassword')}
            description={t('common.auth.passwordHint')}
            autoComplete="new-password"
            autoFocus
            size="md"
            error={error && t(`common.auth.error.${error}`)}
          />
          <div role="alert">{refusal && <p className={s.refusal}>{refusal}</p>}</div>
          <Button type="submit" size="md" fullWidth loading={state === 'busy'}>
            {t('common.auth.resetButton')}
          </Button>
        </form>
      )}
      <p className={s.other}>
        <Link to="/sign-in">{t('common.auth.signIn')}</Link>
        {' · '}
        <Link to="/forgot-password">{t('common.auth.forgot')}</Link>
      </p>
    </AuthShell>
  );
}
