import { getRouteApi, Link } from '@tanstack/react-router';
import { useT } from '../i18n/use-t.ts';
import s from './auth.module.css';
import { AuthForm } from './auth-form.tsx';
import { AuthShell } from './auth-shell.tsx';

const route = getRouteApi('/sign-up');

export function SignUpPage() {
  const { t } = useT();
  const search = route.useSearch();
  return (
    <AuthShell title={t('common.auth.signUpTitle')} text={t('common.auth.signUpText')}>
      <AuthForm kind="sign-up" next={search.next} />
      <p className={s.other}>
        {t('common.auth.toSignIn')}{' '}
        <Link to="/sign-in" search={search}>
          {t('common.auth.signIn')}
        </Link>
      </p>
    </AuthShell>
  );
}
