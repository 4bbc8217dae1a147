import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { startTransition, useEffect, useOptimistic, useRef, useState } from 'react';
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
  // The address follows a moment later; until then a choice must not jump back, and the next one counts from it.
  const [chosen, choose] = useOptimistic(search);
  const change = (next: { [K in keyof HistorySearch]?: HistorySearch[K] | undefined }) => {
    const { kind, side, owner, text } = { ...chosen, ...next };
    const all: HistorySearch = {
      ...(kind ? { kind } : {}),
      ...(side ? { side } : {}),
      ...(owner ? { owner } : {}),
      ...(text ? { text } : {}),
    };
    startTransition(async () => {
      choose(all);
      await navigate({ to: '/history', search: all, replace: true });
    });
  };
  const { kind = 'all', side = 'all', owner = 'me', text = '' } = chosen;
  return (
    <search className={s.filters} aria-label={t('taskPage.page.title')}>
      <Segments
        name="kind"
        label={t('taskPage.page.kind')}
        value={kind}
        options={(['all', ...KINDS] as const).map((value) => ({
          value,
          text: t(`taskPage.page.kinds.${value}`),
        }))}
        onChange={(next) => change({ kind: next === 'all' ? undefined : next })}
      />
      <div className={s.more}>
        <select
          aria-label={t('taskPage.page.side')}
          value={side}
          onChange={({ currentTarget: { value } }) =>
            change({ side: SIDES.find((one) => one === value) })
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
            value={owner}
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
        <SearchBox text={text} onText={(typed) => change({ text: typed || undefined })} />
      </div>
    </search>
  );
}

function SearchBox({ text, onText }: { text: string; onText: (text: string) => void }) {
  const { t } = useT();
  const [typed, setTyped] = useState(text);
  useEffect(() => setTyped(text), [text]);
  // Another filter may have been chosen since the last letter.
  const say = useRef(onText);
  say.current = onText;
  // The address follows when the typing rests; only a change of what is typed starts the clock.
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  useEffect(() => {
    if (typed === text) return;
    const timer = setTimeout(() => say.current(typed), TYPED_MS);
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
