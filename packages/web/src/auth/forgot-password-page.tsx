import { Button, TextInput } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { request } from '../api/client.ts';
import { problemText } from '../api/problem-text.ts';
import { useT } from '../i18n/use-t.ts';
import s from './auth.module.css';
import { AuthShell } from './auth-shell.tsx';
import { type AuthErrorKey, checkEmail } from './check-fields.ts';

/** Asks for the mail; the answer is the same whether the address is known or not. */
export function ForgotPasswordPage() {
  const { t } = useT();
  const [error, setError] = useState<AuthErrorKey | null>(null);
  const [refusal, setRefusal] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const [sentTo, setSentTo] = useState<string | null>(null);

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const email = String(new FormData(form).get('email') ?? '').trim();
    const found = checkEmail(email).email ?? null;
    setError(found);
    setRefusal(null);
    if (found !== null) {
      form.querySelector<HTMLInputElement>('[name=email]')?.focus();
      return;
    }
    setBusy(true);
    try {
      await request('auth/forgot-password', { method: 'POST', body: { email } });
      setSentTo(email);
    } catch (fault) {
      setRefusal(problemText(t, fault));
    } finally {
      setBusy(false);
    }
  };

  return (
    <AuthShell title={t('common.auth.forgotTitle')} text={t('common.auth.forgotText')}>
      <form className={s.form} noValidate onSubmit={(event) => void submit(event)}>
        <TextInput
          name="email"
          type="email"
          label={t('common.auth.email')}
          autoComplete="username"
          autoFocus
          size="md"
          error={error && t(`common.auth.error.${error}`)}
        />
        <div role="alert">{refusal && <p className={s.refusal}>{refusal}</p>}</div>
        <div role="status">
          {sentTo !== null && <p>{t('common.auth.forgotSent', { email: sentTo })}</p>}
        </div>
        <Button type="submit" size="md" fullWidth loading={busy}>
          {t('common.auth.forgotButton')}
        </Button>
      </form>
      <p className={s.other}>
        <Link to="/sign-in">{t('common.auth.signIn')}</Link>
      </p>
    </AuthShell>
  );
}
