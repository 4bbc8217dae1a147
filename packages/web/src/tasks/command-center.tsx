import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useCallback, useEffect, useMemo } from 'react';
import { countsQuery, taskListQuery } from '../api/queries.ts';
import { useViewing } from '../app/viewing.ts';
import { useToday } from '../dates/use-today.ts';
import { loadLaterTexts } from '../i18n/i18n.ts';
import { BrakeBanner } from '../sync/brake-banner.tsx';
import { LoadFault } from '../ui/error-page.tsx';
import { latePart } from '../ui/late-part.tsx';
import { PageSkeleton } from '../ui/page-skeleton.tsx';
import { BulkBar } from './bulk-bar.tsx';
import s from './command-center.module.css';
import { Composer } from './composer.tsx';
import { ConnectInvitation } from './connect-invitation.tsx';
import { DragLayer } from './drag-layer.tsx';
import { EmptyList } from './empty-list.tsx';
import { FilterChips } from './filter-chips.tsx';
import { type Line, linesOf } from './group-tasks.ts';
import { useKeepPlace } from './keep-place.ts';
import {
  DEFAULT_VIEW,
  defaultSort,
  listQueryOf,
  narrowerOf,
  type Sort,
  VIEWS,
} from './list-search.ts';
import { clearSelection, setListState, useListState } from './list-state.ts';
import { focusActiveTask } from './move-focus.ts';
import { usePending } from './pending.ts';
import { useShortcuts } from './shortcuts.ts';
import { TaskList, tasksOf } from './task-list.tsx';
import { Toolbar } from './toolbar.tsx';
import { useChangeSearch, useReplaceSearch } from './use-change-search.ts';
import { useMayAssign } from './use-may-assign.ts';
import { useOverdue } from './use-overdue.ts';
import { useSelectAll } from './use-select-all.ts';
import { ViewTabs } from './view-tabs.tsx';

const TaskPanel = latePart(async () => {
  const [{ TaskPanel: panel }] = await Promise.all([
    import('../panel/task-panel.tsx'),
    // A task's history is told in words that come later.
    loadLaterTexts(),
  ]);
  return panel;
});
const RangeFields = latePart(async () => (await import('./range-fields.tsx')).RangeFields);
const HelpSheet = latePart(async () => {
  const [{ HelpSheet: sheet }] = await Promise.all([import('./help-sheet.tsx'), loadLaterTexts()]);
  return sheet;
});

const route = getRouteApi('/frame/');
const NOTHING = { view: 'overdue' } as const;

export function CommandCenter() {
  const search = route.useSearch();
  const change = useChangeSearch();
  const replace = useReplaceSearch();
  const viewing = useViewing();
  const today = useToday();
  const view = search.view ?? DEFAULT_VIEW;
  const sort = search.sort ?? defaultSort(view);
  const query = listQueryOf(search);
  const list = useInfiniteQuery({ ...taskListQuery(query ?? NOTHING), enabled: query !== null });
  const isDefault = view === 'today_and_tomorrow';
  const { data: counts, isPlaceholderData } = useQuery(countsQuery(narrowerOf(search)));
  const overdue = useOverdue(query, isDefault, counts?.overdue ?? null);

  const fetched = useMemo(() => list.data?.pages.flatMap((page) => page.tasks), [list.data]);
  const tasks = usePending(query ? fetched : NO_TASKS);
  const { fetchNextPage, hasNextPage, isFetching, dataUpdatedAt } = list;
  // Numbers of other filters stand in for a moment, and say nothing about this list.
  const known = isPlaceholderData ? undefined : counts;
  const whole = useMemo(
    () => ({
      hasMore: hasNextPage,
      today: known?.today ?? null,
      tomorrow: known?.tomorrow ?? null,
    }),
    [hasNextPage, known?.today, known?.tomorrow],
  );
  const lines = useMemo(
    () => (tasks ? linesOf(tasks, view, sort, today, overdue.fold, whole) : null),
    [tasks, view, sort, today, overdue.fold, whole],
  );
  const shown = useMemo(() => tasksOf(lines ?? []), [lines]);
  const composing = useListState((state) => state.composing);
  const help = useListState((state) => state.help);

  const open = useCallback((id: string) => change({ task: id }), [change]);
  const close = useCallback(() => {
    change({ task: undefined });
    focusActiveTask();
  }, [change]);
  const closeHelp = useCallback(() => {
    setListState({ help: false });
    focusActiveTask();
  }, []);
  useKeepPlace(shown, JSON.stringify(query));
  // Asked for anew after each reading. While one goes on it would cut that off, and what changed would stay unread.
  // biome-ignore lint/correctness/useExhaustiveDependencies: a reading may begin and end between two renderings
  const more = useCallback(() => {
    if (!isFetching) void fetchNextPage();
  }, [isFetching, dataUpdatedAt, fetchNextPage]);

  const changeSort = useCallback((next: Sort) => change({ sort: next }), [change]);
  const all = useSelectAll(shown, overdue.pages ? [overdue.pages, list] : [list]);
  const toView = (n: number) => {
    const next = VIEWS[n - 1];
    if (next)
      change({ view: next, from: undefined, to: undefined, sort: undefined, saved: undefined });
  };
  useShortcuts({
    tasks: shown,
    openedId: search.task,
    open,
    close,
    leave: viewing ? () => replace({}) : null,
    toggleOverdue: overdue.toggle,
    selectAll: all.start,
    mayAssign: useMayAssign(),
    toView,
    today,
  });
  // A selection belongs to the list it was made in.
  const listKey = JSON.stringify({ ...query, sort: undefined });
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  useEffect(() => clearSelection, [listKey, search.as]);

  const nothing = lines !== null && shown.length === 0 && !hasNextPage;
  return (
    <div className={s.page}>
      <section className={s.list}>
        <Toolbar search={search} today={today} />
        <ViewTabs search={search} today={today} />
        <FilterChips search={search} />
        {view === 'range' && <RangeFields search={search} />}
        {!viewing && <BrakeBanner />}
        {!viewing && shown.length > 0 && <ConnectInvitation />}
        {composing && !viewing && <Composer today={today} view={view} />}
        {list.isError && !lines ? (
          <LoadFault fault={list.error} retry={() => void list.refetch()} />
        ) : !lines ? (
          <PageSkeleton key={view} />
        ) : (
          <>
            {(!nothing || isDefault) && (
              <TaskList
                lines={nothing ? lines.filter(isOfOverdue) : lines}
                tasks={shown}
                view={view}
                sort={sort}
                today={today}
                openedId={search.task}
                onOpen={open}
                onFold={overdue.toggle}
                onSort={changeSort}
                onSelectAll={all.start}
                hasMore={hasNextPage}
                onMore={more}
                onRest={overdue.more}
              />
            )}
            {nothing && <EmptyList search={search} view={view} counts={counts} />}
          </>
        )}
        <BulkBar shown={shown} inTrash={view === 'trash'} loading={all.loading} />
        <DragLayer today={today} />
      </section>
      {search.task && <TaskPanel key={search.task} id={search.task} onClose={close} />}
      {help && <HelpSheet onClose={closeHelp} />}
    </div>
  );
}

const NO_TASKS: readonly [] = [];

/** Where nothing is due, only this stands above the words that say so. */
function isOfOverdue(line: Line): boolean {
  return line.kind === 'rest' || (line.kind === 'group' && line.group === 'overdue');
}
