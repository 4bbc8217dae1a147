import { Button, NativeSelect, TextInput } from '@mantine/core';
import type { Me } from '@tandem/api';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { request } from '../api/client.ts';
import { problemText } from '../api/problem-text.ts';
import { putAnswer } from '../api/put-answer.ts';
import { meQuery } from '../api/queries.ts';
import { queryClient } from '../api/query-client.ts';
import { chooseLanguage } from '../app/use-settle-me.ts';
import { browserTimeZone } from '../dates/use-today.ts';
import { LANGUAGES, type Language } from '../i18n/i18n.ts';
import { useT } from '../i18n/use-t.ts';
import s from '../ui/page.module.css';
import { Section } from '../ui/section.tsx';
import { toast } from '../ui/toast.ts';
import { PasswordSection } from './password-section.tsx';
import { SessionsSection } from './sessions-section.tsx';
import css from './team.module.css';

/** As long as the API takes. */
const NAME_MAX = 200;

/** What is a person's own, whatever the role. */
export function AccountPage() {
  const { t } = useT();
  const me = useQuery(meQuery).data;
  return (
    <>
      <header className={s.header}>
        <h1>{t('team.account.title')}</h1>
        <p className={s.text}>{t('team.account.lead')}</p>
      </header>
      {me && <You me={me} />}
      <PasswordSection />
      <SessionsSection />
    </>
  );
}

function You({ me }: { me: Me }) {
  const { t, language } = useT();
  const [name, setName] = useState(me.name);
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<string | null>(null);
  const save = async (event: FormEvent) => {
    event.preventDefault();
    if (name.trim() === '') return setFault(t('common.auth.error.nameMissing'));
    setBusy(true);
    setFault(null);
    try {
      const next = await request<Me>('v1/me', { method: 'PATCH', body: { name: name.trim() } });
      await putAnswer(queryClient, meQuery, next);
      await queryClient.invalidateQueries({ queryKey: ['members'] });
      toast(t('common.saved'));
    } catch (problem) {
      setFault(problemText(t, problem));
    } finally {
      setBusy(false);
    }
  };
  return (
    <Section title={t('team.account.you')} text={me.email}>
      <form className={css.form} noValidate onSubmit={(event) => void save(event)}>
        <TextInput
          className={css.field}
          label={t('team.account.name')}
          autoComplete="name"
          maxLength={NAME_MAX}
          value={name}
          error={fault}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Button type="submit" variant="default" loading={busy} disabled={name.trim() === me.name}>
          {t('common.save')}
        </Button>
      </form>
      <NativeSelect
        className={css.select}
        label={t('team.account.language')}
        value={language}
        data={LANGUAGES.map(({ id, name: label }) => ({ value: id, label }))}
        onChange={(event) => void chooseLanguage(event.currentTarget.value as Language)}
      />
      <p className={s.quiet}>
        {t('team.account.zone')}:{' '}
        {t('team.account.zoneText', { zone: me.timeZone ?? browserTimeZone() })}
      </p>
    </Section>
  );
}
