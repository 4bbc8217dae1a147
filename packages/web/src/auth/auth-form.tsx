import { Button, TextInput } from '@mantine/core';
import { useNavigate, useRouter } from '@tanstack/react-router';
import { type FormEvent, useRef, useState } from 'react';
import { ApiProblem, request } from '../api/client.ts';
import { problemText } from '../api/problem-text.ts';
import { queryClient } from '../api/query-client.ts';
import { useT } from '../i18n/use-t.ts';
import s from './auth.module.css';
import { type AuthErrorKey, type AuthErrors, checkSignIn, checkSignUp } from './check-fields.ts';

export function AuthForm({
  kind,
  next,
}: {
  kind: 'sign-in' | 'sign-up';
  next: string | undefined;
}) {
  const { t, language } = useT();
  const navigate = useNavigate();
  const router = useRouter();
  const form = useRef<HTMLFormElement>(null);
  const [errors, setErrors] = useState<AuthErrors>({});
  const [refusal, setRefusal] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const [shown, setShown] = useState(false);
  const text = (key: AuthErrorKey | undefined) => (key ? t(`common.auth.error.${key}`) : undefined);

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    const fields = {
      name: String(data.get('name') ?? '').trim(),
      email: String(data.get('email') ?? '').trim(),
      password: String(data.get('password') ?? ''),
    };
    const found = kind === 'sign-in' ? checkSignIn(fields) : checkSignUp(fields);
    setErrors(found);
    setRefusal(null);
    const first = (['name', 'email', 'password'] as const).find((field) => found[field]);
    if (first) {
      form.current?.querySelector<HTMLInputElement>(`[name=${first}]`)?.focus();
      return;
    }
    setBusy(true);
    try {
      const { name, ...credentials } = fields;
      const body = kind === 'sign-in' ? credentials : { ...credentials, name };
      await request(`auth/${kind}/email`, { method: 'POST', body });
      await rememberLanguage(language);
      queryClient.clear();
      await router.invalidate();
      await navigate({ href: next ?? '/', replace: true });
    } catch (fault) {
      setBusy(false);
      if (isTaken(fault)) setErrors({ email: 'exists' });
      else setRefusal(problemText(t, fault));
    }
  };

  return (
    <form ref={form} className={s.form} noValidate onSubmit={submit}>
      {kind === 'sign-up' && (
        <TextInput
          name="name"
          label={t('common.auth.name')}
          autoComplete="name"
          size="md"
          error={text(errors.name)}
        />
      )}
      <TextInput
        name="email"
        type="email"
        label={t('common.auth.email')}
        autoComplete="username"
        autoFocus
        size="md"
        error={text(errors.email)}
      />
      <TextInput
        name="password"
        type={shown ? 'text' : 'password'}
        label={t('common.auth.password')}
        description={kind === 'sign-up' ? t('common.auth.passwordHint') : undefined}
        autoComplete={kind === 'sign-in' ? 'current-password' : 'new-password'}
        size="md"
        error={text(errors.password)}
        rightSectionWidth={language === 'en' ? 118 : 84}
        rightSection={
          <button type="button" className={s.reveal} onClick={() => setShown(!shown)}>
            {t(shown ? 'common.auth.hidePassword' : 'common.auth.showPassword')}
          </button>
        }
      />
      <div role="alert">{refusal && <p className={s.refusal}>{refusal}</p>}</div>
      <Button type="submit" size="md" fullWidth loading={busy}>
        {t(kind === 'sign-in' ? 'common.auth.signIn' : 'common.auth.signUp')}
      </Button>
    </form>
  );
}

/** The language chosen at the door is the account's from now on; not worth failing a sign-in for. */
async function rememberLanguage(locale: string): Promise<void> {
  await request('v1/me', { method: 'PATCH', body: { locale } }).catch(() => undefined);
}

function isTaken(fault: unknown): boolean {
  return (
    fault instanceof ApiProblem &&
    (fault.status === 422 || fault.code === 'conflict' || /exist/i.test(fault.field('email') ?? ''))
  );
}
