import type { TaskCounts } from '@tandem/api';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { connectionQuery } from '../api/queries.ts';
import { useViewing } from '../app/viewing.ts';
import { useT } from '../i18n/use-t.ts';
import b from '../ui/button.module.css';
import { Button } from '../ui/button.tsx';
import s from './command-center.module.css';
import { isFiltered, type ListSearch, listQueryOf, NO_FILTER, type View } from './list-search.ts';
import { setListState } from './list-state.ts';
import { useChangeSearch } from './use-change-search.ts';

interface Props {
  readonly search: ListSearch;
  readonly view: View;
  readonly counts: TaskCounts | undefined;
}

/** An empty list says why it is empty and what would fill it. */
export function EmptyList({ search, view, counts }: Props) {
  const { t } = useT();
  const change = useChangeSearch();
  const viewing = useViewing();
  const connection = useQuery(connectionQuery).data;
  if (isFiltered(search)) {
    return (
      <div className={s.empty}>
        <h2>{t('tasks.empty.noMatchTitle')}</h2>
        <p>{t('tasks.empty.noMatchText')}</p>
        <div className={s.actions}>
          {search.text && view !== 'all_open' && (
            <Button onClick={() => change({ view: 'all_open' })}>
              {t('tasks.empty.searchOpen')}
            </Button>
          )}
          <Button look="plain" onClick={() => change(NO_FILTER)}>
            {t('tasks.filter.clear')}
          </Button>
        </div>
      </div>
    );
  }
  const first = counts && counts.allOpen + counts.completed + counts.trash === 0;
  if (first && view !== 'trash' && !viewing) {
    return (
      <div className={s.empty}>
        <Drawing />
        <h2>{t('tasks.empty.firstTitle')}</h2>
        <p>{t('tasks.empty.firstText')}</p>
        <div className={s.actions}>
          <Button look="plain" onClick={() => setListState({ composing: true })}>
            {t('tasks.add.button')}
          </Button>
          {connection?.state !== 'connected' && (
            <Link to="/settings/salesforce" className={b.button} data-look="filled">
              {t('tasks.empty.firstConnect')}
            </Link>
          )}
        </div>
      </div>
    );
  }
  if (view === 'today_and_tomorrow') {
    return (
      <div className={s.empty}>
        <Drawing />
        <h2>{t('tasks.empty.clearTitle')}</h2>
        <p>
          {counts && counts.overdue > 0
            ? t('tasks.empty.clearOverdue', { count: counts.overdue })
            : t('tasks.empty.clearText')}
        </p>
      </div>
    );
  }
  const missing = listQueryOf(search) === null;
  return (
    <div className={s.empty}>
      {!missing && <Drawing />}
      <p>{t(missing ? 'tasks.empty.rangeMissing' : `tasks.empty.${view}`)}</p>
    </div>
  );
}

/** Two riders gone over the hill. */
function Drawing() {
  return (
    <svg width="132" height="72" viewBox="0 0 132 72" aria-hidden="true" focusable="false">
      <path className={s.stroke} d="M4 62c24-2 36-26 62-26s38 24 62 26" />
      <circle className={s.accent} cx="56" cy="28" r="8" />
      <circle className={s.accent} cx="78" cy="28" r="8" />
      <path className={s.accent} d="M56 28l5-11h12l5 11M58 16h6M71 14l2 4" />
    </svg>
  );
}
