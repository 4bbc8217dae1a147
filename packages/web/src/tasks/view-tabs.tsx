import type { TaskCounts } from '@tandem/api';
import { useQuery } from '@tanstack/react-query';
import { type FocusEvent, type UIEvent, useEffect, useRef } from 'react';
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
  const strip = useRef<HTMLDivElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the chosen tab comes into sight
  useEffect(() => {
    strip.current
      ?.querySelector('[aria-current]')
      ?.scrollIntoView({ block: 'nearest', inline: 'center' });
  }, [current, search.saved]);
  const tab = (view: View) => {
    const count = counts && countOf(counts, view);
    const day = dayOf(view, today);
    return (
      <Tab
        key={view}
        current={!isSaved && view === current}
        day={day}
        over={day !== undefined && day === over}
        pinned={view === PINNED}
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
  };
  return (
    <nav className={s.tabs} aria-label={t('tasks.views.label')}>
      {tab(PINNED)}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: hears which of its tabs the keyboard reaches */}
      <div ref={strip} className={s.strip} onScroll={markPassing} onFocus={bringIntoSight}>
        {VIEWS.filter((view) => view !== PINNED).map(tab)}
        {!viewing && <SavedViewTabs search={search} />}
      </div>
    </nav>
  );
}

/** Always in sight (B9.1). */
const PINNED: View = 'overdue';

/** All of it: a browser is content with a part. */
function bringIntoSight({ target }: FocusEvent<HTMLElement>): void {
  target.scrollIntoView({ block: 'nearest', inline: 'nearest' });
}

function markPassing({ currentTarget: strip }: UIEvent<HTMLElement>): void {
  strip.toggleAttribute('data-passing', strip.scrollLeft > 0);
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
