import type { TaskCounts } from '@tandem/api';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { countsQuery } from '../api/queries.ts';
import { useT } from '../i18n/use-t.ts';
import { DEFAULT_VIEW, type ListSearch, VIEWS, type View } from './list-search.ts';
import s from './toolbar.module.css';

/** The other filters beside the default one, each with its count (B9.1). Real links: they can be shared. */
export function ViewTabs({ search }: { search: ListSearch }) {
  const { t } = useT();
  const counts = useQuery(countsQuery).data;
  const current = search.view ?? DEFAULT_VIEW;
  const strip = useRef<HTMLElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the chosen tab comes into sight
  useEffect(() => {
    strip.current
      ?.querySelector('[aria-current]')
      ?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [current]);
  return (
    <nav ref={strip} className={s.tabs} aria-label={t('tasks.views.label')}>
      {VIEWS.map((view) => {
        const count = counts && countOf(counts, view);
        return (
          <Link
            key={view}
            to="/"
            search={{
              ...kept(search),
              ...(view === DEFAULT_VIEW ? {} : { view }),
            }}
            className={s.tab}
            aria-current={view === current ? 'page' : undefined}
          >
            {t(`tasks.views.${view}`)}
            {typeof count === 'number' && (
              <span className={s.count} data-alarm={(view === 'overdue' && count > 0) || undefined}>
                {count}
              </span>
            )}
          </Link>
        );
      })}
    </nav>
  );
}

/** Search and filters stay when the view changes; the sort and the dates belong to the view. */
function kept({ text, type, priority, task }: ListSearch): ListSearch {
  return {
    ...(text ? { text } : {}),
    ...(type ? { type } : {}),
    ...(priority ? { priority } : {}),
    ...(task ? { task } : {}),
  };
}

function countOf(counts: TaskCounts, view: View): number | null {
  switch (view) {
    case 'today_and_tomorrow':
      return counts.today + counts.tomorrow;
    case 'overdue':
      return counts.overdue;
    case 'today':
      return counts.today;
    case 'tomorrow':
      return counts.tomorrow;
    case 'next_7_days':
      return counts.next7Days;
    case 'no_date':
      return counts.noDate;
    case 'all_open':
      return counts.allOpen;
    case 'completed':
      return counts.completed;
    case 'trash':
      return counts.trash;
    case 'range':
      return null;
  }
}
