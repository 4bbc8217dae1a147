import { Button, TextInput } from '@mantine/core';
import type { ApiToken } from '@tandem/api';
import { useInfiniteQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { request } from '../api/client.ts';
import { readNextPage } from '../api/next-page.ts';
import { problemText } from '../api/problem-text.ts';
import { formatMoment } from '../dates/format-date.ts';
import { useT } from '../i18n/use-t.ts';
import { LoadFault } from '../ui/error-page.tsx';
import layout from '../ui/page.module.css';
import { PageSkeleton } from '../ui/page-skeleton.tsx';
import { Section } from '../ui/section.tsx';
import { toast } from '../ui/toast.ts';
import { ConfirmDialog } from './confirm-dialog.tsx';
import s from './programs.module.css';
import { refreshPrograms, tokensQuery } from './queries.ts';
import { ShownOnce } from './shown-once.tsx';

const NAME_MAX = 100;

export function TokensSection() {
  const { t } = useT();
  const query = useInfiniteQuery(tokensQuery);
  const tokens = query.data?.pages.flatMap((page) => page.tokens);
  return (
    <Section title={t('programs.tokens.title')} text={t('programs.tokens.text')}>
      {query.isError && !tokens && (
        <LoadFault fault={query.error} retry={() => void query.refetch()} />
      )}
      {query.isPending && <PageSkeleton />}
      {tokens?.length === 0 && <p className={layout.quiet}>{t('programs.tokens.none')}</p>}
      {tokens && tokens.length > 0 && (
        <ul className={s.list}>
          {tokens.map((token) => (
            <TokenRow key={token.id} token={token} />
          ))}
        </ul>
      )}
      {query.hasNextPage && (
        <div>
          <Button
            variant="subtle"
            size="compact-sm"
            loading={query.isFetchingNextPage}
            onClick={() => void readNextPage(query)}
          >
            {t('programs.more')}
          </Button>
        </div>
      )}
      {tokens && <NewToken />}
    </Section>
  );
}

function TokenRow({ token: { id, name, createdAt, lastUsedAt } }: { token: ApiToken }) {
  const { t, language } = useT();
  const [asking, setAsking] = useState(false);
  const when = (at: string) => formatMoment(at, language);
  return (
    <li className={s.row}>
      <div className={s.rowText}>
        <b>{name}</b>
        <span className={layout.quiet}>
          {t('programs.tokens.created', { when: when(createdAt) })} ·{' '}
          {lastUsedAt
            ? t('programs.tokens.used', { when: when(lastUsedAt) })
            : t('programs.tokens.unused')}
        </span>
      </div>
      <Button
        variant="default"
        size="compact-sm"
        aria-label={t('programs.tokens.revokeName', { name })}
        onClick={() => setAsking(true)}
      >
        {t('programs.tokens.revoke')}
      </Button>
      {asking && (
        <ConfirmDialog
          title={t('programs.tokens.revokeTitle', { name })}
          text={t('programs.tokens.revokeText')}
          confirm={t('programs.tokens.revoke')}
          keep={t('programs.tokens.keep')}
          onClose={() => setAsking(false)}
          act={async () => {
            await request(`v1/tokens/${id}`, { method: 'DELETE' });
            toast(t('programs.tokens.revoked', { name }));
            await refreshPrograms();
          }}
        />
      )}
    </li>
  );
}

function NewToken() {
  const { t } = useT();
  const [name, setName] = useState('');
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<string | null>(null);
  const [made, setMade] = useState<{ name: string; token: string } | null>(null);
  const create = async (event: FormEvent) => {
    event.preventDefault();
    if (name.trim() === '') return setFault(t('programs.tokens.nameMissing'));
    setBusy(true);
    setFault(null);
    try {
      const body = { name: name.trim() };
      setMade(
        await request<{ name: string; token: string }>('v1/tokens', { method: 'POST', body }),
      );
      setName((now) => (now === name ? '' : now));
      await refreshPrograms();
    } catch (problem) {
      setFault(problemText(t, problem));
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      {made && (
        <ShownOnce
          key={made.token}
          title={t('programs.tokens.yours', { name: made.name })}
          value={made.token}
          onClose={() => setMade(null)}
        />
      )}
      <form className={s.inline} noValidate onSubmit={(event) => void create(event)}>
        <TextInput
          className={s.grow}
          label={t('programs.tokens.name')}
          placeholder={t('programs.tokens.placeholder')}
          maxLength={NAME_MAX}
          value={name}
          error={fault}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Button type="submit" variant="default" loading={busy}>
          {t('programs.tokens.create')}
        </Button>
      </form>
    </>
  );
}
