import type { TaskCounts } from '@tandem/api';
import { useQuery } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { type ReactNode, useEffect, useRef } from 'react';
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
          <Tab
            key={view}
            current={view === current}
            search={{ ...kept(search), ...(view === DEFAULT_VIEW ? {} : { view }) }}
          >
            {t(`tasks.views.${view}`)}
            {typeof count === 'number' && (
              <span className={s.count} data-alarm={(view === 'overdue' && count > 0) || undefined}>
                {count}
              </span>
            )}
          </Tab>
        );
      })}
    </nav>
  );
}

interface TabProps {
  readonly current: boolean;
  readonly search: ListSearch;
  readonly children: ReactNode;
}

/** The router's own link calls every address below `/` current; here the view decides. */
function Tab({ current, search, children }: TabProps) {
  const router = useRouter();
  const target = { to: '/', search } as const;
  return (
    <a
      href={router.buildLocation(target).href}
      className={s.tab}
      aria-current={current ? 'page' : undefined}
      onClick={(event) => {
        if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
        event.preventDefault();
        void router.navigate(target);
      }}
    >
      {children}
    </a>
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
