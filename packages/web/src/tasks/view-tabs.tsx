import type { TaskCounts } from '@tandem/api';
import { useQuery } from '@tanstack/react-query';
import { type UIEvent, useEffect, useRef } from 'react';
import { countsQuery, viewsQuery } from '../api/queries.ts';
import { useViewing } from '../app/viewing.ts';
import { addDays, type PlainDate } from '../dates/plain-date.ts';
import { useT } from '../i18n/use-t.ts';
import { useDrag } from './drag.ts';
import type { DropDay } from './group-tasks.ts';
import { DEFAULT_VIEW, type ListSearch, narrowerOf, VIEWS, type View } from './list-search.ts';
import { SavedViewTabs } from './saved-view-tabs.tsx';
import { Tab } from './tab.tsx';
import s from './view-tabs.module.css';

/** The other filters beside the default one, each with its count (B9.1). Real links: they can be shared. */
export function ViewTabs({ search, today }: { search: ListSearch; today: PlainDate }) {
  const { t } = useT();
  const viewing = useViewing();
  const counts = useQuery(countsQuery(narrowerOf(search))).data;
  const over = useDrag((drag) => drag?.target ?? null);
  const views = useQuery(viewsQuery).data?.views;
  const isSaved = views?.some(({ id }) => id === search.saved) ?? search.saved !== undefined;
  const current = search.view ?? DEFAULT_VIEW;
  const strip = useRef<HTMLElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the chosen tab comes into sight
  useEffect(() => {
    strip.current
      ?.querySelector('[aria-current]')
      ?.scrollIntoView({ block: 'nearest', inline: 'center' });
  }, [current, search.saved]);
  return (
    <nav ref={strip} className={s.tabs} aria-label={t('tasks.views.label')} onScroll={markPassing}>
      {VIEWS.map((view) => {
        const count = counts && countOf(counts, view);
        const day = dayOf(view, today);
        return (
          <Tab
            key={view}
            current={!isSaved && view === current}
            day={day}
            over={day !== undefined && day === over}
            pinned={view === 'overdue'}
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
      {!viewing && <SavedViewTabs search={search} />}
    </nav>
  );
}

const APART_PX = 3;

/** The tab that stays covers what passes beneath it, once its neighbour has gone on without it. */
function markPassing({ currentTarget: strip }: UIEvent<HTMLElement>): void {
  const [first, pinned] = strip.children;
  if (!first || !pinned) return;
  const apart = pinned.getBoundingClientRect().left - first.getBoundingClientRect().right;
  strip.toggleAttribute('data-passing', apart > APART_PX);
}

/** Search and filters stay when the view changes; the sort and the dates belong to the view. */
function kept({ view, from, to, sort, saved, ...rest }: ListSearch): ListSearch {
  return rest;
}

function dayOf(view: View, today: PlainDate): DropDay | undefined {
  switch (view) {
    case 'today':
      return today;
    case 'tomorrow':
      return addDays(today, 1);
    case 'no_date':
      return 'none';
    default:
      return undefined;
  }
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
