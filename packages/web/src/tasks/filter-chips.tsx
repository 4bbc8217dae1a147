import { useQuery } from '@tanstack/react-query';
import { membersQuery, peopleQuery } from '../api/queries.ts';
import { useT } from '../i18n/use-t.ts';
import { CloseIcon } from '../ui/icons.tsx';
import s from './filters.module.css';
import { isFiltered, type ListSearch, NO_FILTER } from './list-search.ts';
import { type SearchChange, useChangeSearch } from './use-change-search.ts';

/** What narrows the list, in words, each with a way to be rid of it. The search text stands in its own field. */
export function FilterChips({ search }: { search: ListSearch }) {
  const { t } = useT();
  const change = useChangeSearch();
  const chips: readonly (readonly [string, string | null, SearchChange])[] = [
    ['type', search.type ? t(`tasks.type.${search.type}`) : null, { type: undefined }],
    [
      'priority',
      search.priority
        ? `${t('tasks.filter.priority')}: ${t(`tasks.priority.${search.priority}`)}`
        : null,
      { priority: undefined },
    ],
    ['sync', search.sync ? t(`sync.state.${search.sync}`) : null, { sync: undefined }],
  ];
  const shown = chips.filter(([, text]) => text !== null);
  if (shown.length === 0 && !search.person && !search.owner) return null;
  return (
    <section className={s.chips} aria-label={t('center.filter.label')}>
      {search.owner && <OwnerChip owner={search.owner} />}
      {search.person && <PersonChip person={search.person} owner={search.owner} />}
      {shown.map(([key, text, away]) => (
        <Chip key={key} text={text ?? ''} onRemove={() => change(away)} />
      ))}
      {isFiltered(search) && (
        <button type="button" className={s.clear} onClick={() => change(NO_FILTER)}>
          {t('tasks.filter.clear')}
        </button>
      )}
    </section>
  );
}

function OwnerChip({ owner }: { owner: string }) {
  const { t } = useT();
  const change = useChangeSearch();
  const members = useQuery(membersQuery).data?.members;
  const name = members?.find(({ userId }) => userId === owner)?.name;
  const text =
    owner === 'all'
      ? t('center.owner.all')
      : t('center.filter.ownerChip', { name: name ?? t('center.filter.someone') });
  return <Chip text={text} onRemove={() => change({ owner: undefined })} />;
}

function PersonChip({ person, owner }: { person: string; owner: string | undefined }) {
  const { t } = useT();
  const change = useChangeSearch();
  const query = peopleQuery({ personId: person, ...(owner ? { owner } : {}) });
  const name = useQuery(query).data?.people[0]?.name ?? t('center.filter.someone');
  return (
    <Chip
      text={t('center.filter.personChip', { name })}
      onRemove={() => change({ person: undefined })}
    />
  );
}

function Chip({ text, onRemove }: { text: string; onRemove: () => void }) {
  const { t } = useT();
  return (
    <span className={s.chip}>
      <span>{text}</span>
      <button
        type="button"
        aria-label={t('center.filter.remove', { filter: text })}
        onClick={onRemove}
      >
        <CloseIcon size={12} />
      </button>
    </span>
  );
}
