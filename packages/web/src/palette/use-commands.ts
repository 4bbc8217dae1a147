import { useMantineColorScheme } from '@mantine/core';
import type { Task } from '@tandem/api';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useNavigate, useRouterState } from '@tanstack/react-router';
import { request } from '../api/client.ts';
import { membersQuery, meQuery, peopleQuery, viewsQuery } from '../api/queries.ts';
import { chooseLanguage } from '../app/use-settle-me.ts';
import { useViewing } from '../app/viewing.ts';
import { parseDate } from '../dates/parse-date.ts';
import type { PlainDate } from '../dates/plain-date.ts';
import { splitDate } from '../dates/split-date.ts';
import { useToday } from '../dates/use-today.ts';
import { useT } from '../i18n/use-t.ts';
import { createTask, sayNotAdded } from '../tasks/add-task.ts';
import { dueText } from '../tasks/due-text.ts';
import { fuzzyFilter } from '../tasks/fuzzy.ts';
import { type ListSearch, readListSearch } from '../tasks/list-search.ts';
import { listState, setListState } from '../tasks/list-state.ts';
import { focusActiveTask } from '../tasks/move-focus.ts';
import { knownTasks } from '../tasks/task-cache.ts';
import { useMayAssign } from '../tasks/use-may-assign.ts';
import type { Command } from './command.ts';
import { ownerChoices, pageCommands, personChoices, type Ways } from './page-commands.ts';
import type { PaletteMode } from './palette-state.ts';
import { assignCommands, dueCommands, dueOn, taskCommands } from './task-commands.ts';

/** Letters before the server is asked for tasks. */
const FIND_FROM = 2;
const FOUND_MAX = 8;

/** What fits what was typed, best first. `settled` is the text after typing paused: the server is asked for it. */
export function useCommands(
  mode: PaletteMode,
  typed: string,
  settled: string,
): { readonly commands: readonly Command[]; readonly targets: readonly Task[] } {
  const { t, language } = useT();
  const today = useToday();
  const me = useQuery(meQuery).data;
  const views = useQuery(viewsQuery).data?.views ?? [];
  const location = useRouterState({ select: (state) => state.location });
  const onList = location.pathname === '/';
  const search = readListSearch(location.search as Record<string, unknown>);
  const { colorScheme } = useMantineColorScheme();
  const ways = useWays(search);
  const viewing = useViewing();
  const mayAssign = useMayAssign();
  const targets = onList ? targetTasks() : [];
  const text = typed.trim();
  const wanted = settled.trim();

  const members =
    useQuery({ ...membersQuery, enabled: mode === 'owner' || mode === 'assign' }).data?.members ??
    [];
  const owner = search.owner ? { owner: search.owner } : {};
  const people = useQuery({
    ...peopleQuery({ ...owner, ...(wanted === '' ? {} : { q: wanted }) }),
    enabled: mode === 'person',
    placeholderData: keepPreviousData,
  }).data?.people;
  // What fits fewer letters may not fit all of them, and Enter would open it.
  const found = useFound(mode === 'commands' && text === wanted ? text : '');

  const day = parseDate(text, today);
  const onDay = day && targets.length > 0 && !viewing ? [dueOn(t, targets, day, language)] : [];
  const fits = (commands: readonly Command[]) =>
    fuzzyFilter(text, commands, ({ label, also = [] }) => [label, ...also]);
  switch (mode) {
    case 'owner':
      return { commands: fits(ownerChoices(t, ways, members, me, search.owner)), targets };
    case 'person':
      return { commands: fits(personChoices(t, ways, people ?? [], search.person)), targets };
    case 'assign':
      return { commands: fits(assignCommands(t, targets, members, me?.userId)), targets };
    case 'due':
      return { commands: [...onDay, ...fits(dueCommands(t, targets, today))], targets };
    case 'commands': {
      const scheme = document.documentElement.dataset.mantineColorScheme ?? colorScheme;
      const all = [
        ...taskCommands(t, targets, (id) => ways.toList({ ...search, task: id }), today, {
          change: !viewing,
          assign: mayAssign,
        }),
        ...pageCommands(
          t,
          ways,
          views,
          onList,
          me,
          scheme === 'dark' ? 'dark' : 'light',
          language,
          viewing,
        ),
      ];
      const tasks = found.map((task) => foundCommand(task, ways, today));
      return {
        commands: [...onDay, ...fits(all), ...tasks, ...(viewing ? [] : addTyped(text, today))],
        targets,
      };
    }
  }

  function foundCommand(task: Task, { toList }: Ways, now: PlainDate): Command {
    return {
      id: `found-${task.id}`,
      group: 'found',
      label: task.name,
      hint: [
        task.person?.name,
        task.status === 'complete' ? t('tasks.status.complete') : null,
        task.dueDate && dueText(t, task.dueDate, now, language),
      ]
        .filter(Boolean)
        .join(' · '),
      run: () => {
        // The keys mean the task that is opened, not the row they were on before.
        setListState({ activeId: task.id });
        focusActiveTask();
        toList({ ...(onList ? search : {}), task: task.id });
      },
    };
  }

  function addTyped(name: string, now: PlainDate): Command[] {
    if (name === '') return [];
    const split = splitDate(name, now);
    const dueDate = split?.dueDate ?? null;
    const label = t('palette.add', { name: split?.name ?? name });
    return [
      {
        id: 'add-typed',
        group: 'create',
        label,
        hint: dueDate ? dueText(t, dueDate, now, language) : undefined,
        run: () => void addNow(split?.name ?? name, dueDate),
      },
    ];
  }
}

/** The selected tasks, else the one the keyboard is on. */
function targetTasks(): readonly Task[] {
  const { selected, activeId } = listState();
  return knownTasks(selected.size > 0 ? selected : new Set(activeId ? [activeId] : []));
}

function useFound(text: string): readonly Task[] {
  const query = { view: 'all', owner: 'me', text, sort: '-updatedAt' } as const;
  const { data } = useQuery({
    queryKey: ['tasks', 'find', text],
    queryFn: ({ signal }) =>
      request<{ tasks: Task[] }>('v1/tasks', { signal, query: { ...query, limit: FOUND_MAX } }),
    enabled: text.length >= FIND_FROM,
  });
  return text.length >= FIND_FROM ? (data?.tasks ?? []) : [];
}

function useWays(search: ListSearch): Ways {
  const navigate = useNavigate();
  const { setColorScheme } = useMantineColorScheme();
  return {
    toList: (next) => void navigate({ to: '/', search: next }),
    toView: (view) =>
      void navigate({
        to: '/',
        search: { ...(search.as ? { as: search.as } : {}), ...(view ? { view } : {}) },
      }),
    to: (path) => void navigate({ to: path }),
    filter: (change) =>
      void navigate({ to: '/', search: { ...search, ...change } as ListSearch, replace: true }),
    setScheme: setColorScheme,
    setLanguage: (language) => void chooseLanguage(language),
  };
}

async function addNow(name: string, dueDate: PlainDate | null): Promise<void> {
  try {
    await createTask({ name, dueDate }, crypto.randomUUID());
  } catch (fault) {
    sayNotAdded({ name, dueDate }, fault, () => addNow(name, dueDate));
  }
}
