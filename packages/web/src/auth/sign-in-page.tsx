import { getRouteApi, Link } from '@tanstack/react-router';
import { useT } from '../i18n/use-t.ts';
import s from './auth.module.css';
import { AuthForm } from './auth-form.tsx';
import { AuthShell } from './auth-shell.tsx';

const route = getRouteApi('/sign-in');

export function SignInPage() {
  const { t } = useT();
  const search = route.useSearch();
  return (
    <AuthShell title={t('common.auth.signInTitle')} text={t('common.auth.signInText')}>
      <AuthForm kind="sign-in" next={search.next} />
      <p className={s.other}>
        <Link to="/forgot-password">{t('common.auth.forgot')}</Link>
      </p>
      <p className={s.other}>
        {t('common.auth.toSignUp')}{' '}
        <Link to="/sign-up" search={search}>
          {t('common.auth.signUp')}
        </Link>
      </p>
    </AuthShell>
  );
}
