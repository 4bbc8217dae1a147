import { NativeSelect } from '@mantine/core';
import type { AuditEntry } from '@tandem/api';
// Not from the whole of the API: its schemas would come along, and they look for eval.
import { AUDIT_ACTIONS, type AuditAction } from '@tandem/api/audit-actions';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { membersQuery, meQuery } from '../api/queries.ts';
import { formatMoment } from '../dates/format-date.ts';
import { useT } from '../i18n/use-t.ts';
import s from '../ui/page.module.css';
import { factsOf, type NameOf } from './audit-facts.ts';
import { More } from './more.tsx';
import { NoPermission } from './no-permission.tsx';
import { type AuditFilter, auditQuery } from './queries.ts';
import css from './team.module.css';

export function AuditPage() {
  const { t } = useT();
  const me = useQuery(meQuery).data;
  return (
    <>
      <header className={s.header}>
        <h1>{t('audit.title')}</h1>
        <p className={s.text}>{t('audit.lead')}</p>
      </header>
      {me?.role === 'admin' ? <Log /> : me && <NoPermission workspace={me.workspaceName} />}
    </>
  );
}

function Log() {
  const { t } = useT();
  const [filter, setFilter] = useState<AuditFilter>({});
  const query = useInfiniteQuery(auditQuery(filter));
  const members = useQuery(membersQuery).data?.members ?? [];
  const nameOf = (id: string) => members.find(({ userId }) => userId === id)?.name ?? null;
  const entries = query.data?.pages.flatMap((page) => page.entries);
  const set = (name: keyof AuditFilter, value: string) =>
    setFilter(({ [name]: _, ...rest }) =>
      value === '' ? rest : { ...rest, [name]: value as AuditAction },
    );
  return (
    <section className={s.section}>
      <div className={css.filters}>
        <NativeSelect
          label={t('audit.what')}
          value={filter.action ?? ''}
          data={[
            { value: '', label: t('audit.all') },
            ...AUDIT_ACTIONS.map((value) => ({ value, label: t(`audit.action.${value}`) })),
          ]}
          onChange={(event) => set('action', event.currentTarget.value)}
        />
        <NativeSelect
          label={t('audit.who')}
          value={filter.actorId ?? ''}
          data={[
            { value: '', label: t('audit.everybody') },
            ...members.map(({ userId, name }) => ({ value: userId, label: name })),
          ]}
          onChange={(event) => set('actorId', event.currentTarget.value)}
        />
        <a
          className={`${s.external} ${css.beside}`}
          href={`/api/v1/audit/export?${new URLSearchParams({ ...filter })}`}
        >
          {t('audit.export')}
        </a>
      </div>
      {entries?.length === 0 && <p className={s.quiet}>{t('audit.none')}</p>}
      {entries && entries.length > 0 && (
        <table className={css.log}>
          <thead>
            <tr>
              <th>{t('audit.at')}</th>
              <th>{t('audit.who')}</th>
              <th>{t('audit.what')}</th>
            </tr>
          </thead>
          <tbody>
            {entries.map((entry) => (
              <Entry key={entry.id} entry={entry} nameOf={nameOf} />
            ))}
          </tbody>
        </table>
      )}
      <More query={query} />
    </section>
  );
}

function Entry({ entry, nameOf }: { entry: AuditEntry; nameOf: NameOf }) {
  const { t, language } = useT();
  const { at, actorId, actorName, action, targetId, targetName } = entry;
  // Oneself is no news as a target.
  const target = targetId === actorId ? null : targetName;
  const facts = factsOf(t, entry, nameOf);
  return (
    <tr>
      <td className={css.when}>{formatMoment(at, language)}</td>
      <td>{actorName ?? t('audit.nobody')}</td>
      <td>
        {t(`audit.action.${action as AuditAction}`, { defaultValue: action })}
        {target && <b> {target}</b>}
        {facts.length > 0 && <div className={s.quiet}>{facts.join(' · ')}</div>}
      </td>
    </tr>
  );
}
