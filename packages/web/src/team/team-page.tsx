import { Button, TextInput } from '@mantine/core';
import type { Me } from '@tandem/api';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { request } from '../api/client.ts';
import { problemText } from '../api/problem-text.ts';
import { meQuery } from '../api/queries.ts';
import { queryClient } from '../api/query-client.ts';
import { useT } from '../i18n/use-t.ts';
import s from '../ui/page.module.css';
import { Section } from '../ui/section.tsx';
import { toast } from '../ui/toast.ts';
import { InvitationsSection } from './invitations-section.tsx';
import { MembersSection } from './members-section.tsx';
import css from './team.module.css';

/** As long as the API takes. */
const NAME_MAX = 100;

export function TeamPage() {
  const { t } = useT();
  const me = useQuery(meQuery).data;
  return (
    <>
      <header className={s.header}>
        <h1>{t('team.title')}</h1>
        <p className={s.text}>{t('team.lead')}</p>
      </header>
      {me?.role === 'admin' && <WorkspaceName me={me} />}
      {me && <MembersSection me={me} />}
      {me?.role === 'admin' && <InvitationsSection />}
    </>
  );
}

function WorkspaceName({ me }: { me: Me }) {
  const { t } = useT();
  const [name, setName] = useState(me.workspaceName);
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<string | null>(null);
  const save = async (event: FormEvent) => {
    event.preventDefault();
    if (name.trim() === '') return setFault(t('team.workspace.nameMissing'));
    setBusy(true);
    setFault(null);
    try {
      await request('v1/workspace', { method: 'PATCH', body: { name: name.trim() } });
      await queryClient.invalidateQueries({ queryKey: meQuery.queryKey });
      toast(t('common.saved'));
    } catch (problem) {
      setFault(problemText(t, problem));
    } finally {
      setBusy(false);
    }
  };
  return (
    <Section title={t('team.workspace.title')}>
      <form className={css.form} noValidate onSubmit={(event) => void save(event)}>
        <TextInput
          className={css.field}
          label={t('team.workspace.name')}
          maxLength={NAME_MAX}
          value={name}
          error={fault}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Button
          type="submit"
          variant="default"
          loading={busy}
          disabled={name.trim() === me.workspaceName}
        >
          {t('common.save')}
        </Button>
      </form>
    </Section>
  );
}
