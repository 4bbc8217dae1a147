import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { meQuery } from '../api/queries.ts';
import { useT } from '../i18n/use-t.ts';
import { Segments } from '../ui/segments.tsx';
import s from './history-page.module.css';
import { type HistorySearch, KINDS, SIDES } from './history-search.ts';

/** Typing is over when it rests this long. */
const TYPED_MS = 250;

export function HistoryFilters({ search }: { search: HistorySearch }) {
  const { t } = useT();
  const navigate = useNavigate();
  const role = useQuery(meQuery).data?.role;
  const change = (next: { [K in keyof HistorySearch]?: HistorySearch[K] | undefined }) => {
    const { kind, side, owner, text } = { ...search, ...next };
    void navigate({
      to: '/history',
      search: {
        ...(kind ? { kind } : {}),
        ...(side ? { side } : {}),
        ...(owner ? { owner } : {}),
        ...(text ? { text } : {}),
      },
      replace: true,
    });
  };
  return (
    <search className={s.filters} aria-label={t('taskPage.page.title')}>
      <Segments
        name="kind"
        label={t('taskPage.page.kind')}
        value={search.kind ?? 'all'}
        options={(['all', ...KINDS] as const).map((value) => ({
          value,
          text: t(`taskPage.page.kinds.${value}`),
        }))}
        onChange={(kind) => change({ kind: kind === 'all' ? undefined : kind })}
      />
      <div className={s.more}>
        <select
          aria-label={t('taskPage.page.side')}
          value={search.side ?? 'all'}
          onChange={({ currentTarget: { value } }) =>
            change({ side: SIDES.find((side) => side === value) })
          }
        >
          {(['all', ...SIDES] as const).map((value) => (
            <option key={value} value={value}>
              {t(`taskPage.page.sides.${value}`)}
            </option>
          ))}
        </select>
        {role !== undefined && role !== 'rep' && (
          <select
            aria-label={t('taskPage.page.owner')}
            value={search.owner ?? 'me'}
            onChange={({ currentTarget: { value } }) =>
              change({ owner: value === 'all' ? 'all' : undefined })
            }
          >
            {(['me', 'all'] as const).map((value) => (
              <option key={value} value={value}>
                {t(`taskPage.page.owners.${value}`)}
              </option>
            ))}
          </select>
        )}
        <SearchBox
          text={search.text ?? ''}
          onText={(text) => change({ text: text || undefined })}
        />
      </div>
    </search>
  );
}

function SearchBox({ text, onText }: { text: string; onText: (text: string) => void }) {
  const { t } = useT();
  const [typed, setTyped] = useState(text);
  useEffect(() => setTyped(text), [text]);
  // The address follows when the typing rests; only a change of what is typed starts the clock.
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  useEffect(() => {
    if (typed === text) return;
    const timer = setTimeout(() => onText(typed), TYPED_MS);
    return () => clearTimeout(timer);
  }, [typed]);
  return (
    <input
      type="search"
      value={typed}
      maxLength={200}
      placeholder={t('taskPage.page.search')}
      aria-label={t('taskPage.page.search')}
      onChange={({ currentTarget }) => setTyped(currentTarget.value)}
    />
  );
}
