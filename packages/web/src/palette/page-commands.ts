import type { Me, Member, SavedView, TaskPerson } from '@tandem/api';
import { LANGUAGES } from '../i18n/i18n.ts';
import type { T } from '../i18n/use-t.ts';
import { keyFor } from '../tasks/keys.ts';
import { type ListSearch, VIEWS, type View } from '../tasks/list-search.ts';
import { setListState } from '../tasks/list-state.ts';
import { searchOfSaved } from '../tasks/saved-search.ts';
import { undoLast } from '../tasks/undo.ts';
import type { Command } from './command.ts';
import { openPalette } from './palette-state.ts';

/** Where the palette leads to, and what it does to the list as a whole. */
export interface Ways {
  readonly toList: (search: ListSearch) => void;
  /** The person whose tasks are looked at stays. */
  readonly toView: (view: View | undefined) => void;
  readonly to: (path: PagePath) => void;
  readonly filter: (change: { owner?: string | undefined; person?: string | undefined }) => void;
  readonly setScheme: (scheme: 'light' | 'dark') => void;
  readonly setLanguage: (language: 'en' | 'zh-CN') => void;
}

type PagePath = (typeof PAGES)[number][0];

const PAGES = [
  ['/', 'common.nav.commandCenter'],
  ['/notices', 'notices.title'],
  ['/history', 'common.nav.history'],
  ['/diagnostics', 'common.nav.diagnostics'],
  ['/health', 'common.nav.health'],
  ['/settings/salesforce', 'common.nav.salesforce'],
  ['/settings/activity-details', 'common.nav.activityDetails'],
  ['/settings/reminders', 'common.nav.reminders'],
  ['/settings/programs', 'common.nav.programs'],
  ['/settings/team', 'common.nav.team'],
  ['/settings/audit', 'common.nav.audit'],
  ['/settings/account', 'common.nav.yourAccount'],
] as const;
/** Reps have no such page. */
const OF_ADMINS: readonly PagePath[] = ['/settings/audit'];

export function pageCommands(
  t: T,
  ways: Ways,
  views: readonly SavedView[],
  onList: boolean,
  me: Me | undefined,
  scheme: 'light' | 'dark',
  language: string,
  viewing: boolean,
): Command[] {
  const other = scheme === 'light' ? 'dark' : 'light';
  return [
    ...(viewing ? [] : [addCommand(t, ways, onList)]),
    ...VIEWS.map(
      (view, index): Command => ({
        id: `view-${view}`,
        group: 'go',
        label: t(`tasks.views.${view}`),
        also: [view.replaceAll('_', ' ')],
        ...(index < 9 ? { keys: String(index + 1) } : {}),
        run: () => ways.toView(view === 'today_and_tomorrow' ? undefined : view),
      }),
    ),
    ...(viewing ? [] : views).map(
      (view): Command => ({
        id: `saved-${view.id}`,
        group: 'saved',
        label: view.name,
        run: () => ways.toList(searchOfSaved(view.id, view.query)),
      }),
    ),
    ...PAGES.filter(([path]) => me?.role === 'admin' || !OF_ADMINS.includes(path)).map(
      ([path, name]): Command => ({
        id: path,
        group: 'go',
        label: path.startsWith('/settings') ? `${t('common.nav.settings')} → ${t(name)}` : t(name),
        also: [path.slice(1).replace('/', ' ')],
        run: () => ways.to(path),
      }),
    ),
    ...(onList ? listCommands(t, me, viewing) : []),
    {
      id: 'scheme',
      group: 'app',
      label: `${t('common.scheme.label')}: ${t(`common.scheme.${other}`)}`,
      also: [other, 'dark mode', 'theme'],
      run: () => ways.setScheme(other),
    },
    ...LANGUAGES.filter(({ id }) => id !== language).map(
      ({ id, name }): Command => ({
        id: `language-${id}`,
        group: 'app',
        label: name,
        also: ['language', '语言', id === 'en' ? 'english' : 'chinese'],
        run: () => ways.setLanguage(id),
      }),
    ),
  ];
}

function addCommand(t: T, ways: Ways, onList: boolean): Command {
  return {
    id: 'add',
    group: 'create',
    label: t('tasks.add.button'),
    also: ['add task', 'new task', 'create'],
    keys: keyFor('create'),
    run: () => {
      if (!onList) ways.toList({});
      setListState({ composing: true });
    },
  };
}

function listCommands(t: T, me: Me | undefined, viewing: boolean): Command[] {
  const list = (id: string, label: string, also: string[], run: () => void, keys?: string) =>
    ({ id, group: 'list', label, also, run, ...(keys ? { keys } : {}) }) satisfies Command;
  return [
    list('person', t('palette.byPerson'), ['filter person'], () => openPalette('person')),
    ...(me && me.role !== 'rep' && !viewing
      ? [list('owner', t('palette.byOwner'), ['filter owner'], () => openPalette('owner'))]
      : []),
    ...(viewing ? [] : [list('save-view', t('center.saved.save'), ['save view'], nameView)]),
    ...(viewing
      ? []
      : [list('undo', t('common.undo'), ['undo'], () => void undoLast(), keyFor('undo'))]),
    list('help', t('tasks.shortcuts.button'), ['keyboard', 'help'], showHelp, keyFor('help')),
  ];
}

const nameView = () => setListState({ naming: 'new' });
const showHelp = () => setListState({ help: true });

/** Whose tasks: one's own, everybody's, a colleague's. */
export function ownerChoices(
  t: T,
  ways: Ways,
  members: readonly Member[],
  me: Me | undefined,
  owner: string | undefined,
): Command[] {
  const choice = (id: string | undefined, label: string): Command => ({
    id: `owner-${id}`,
    group: 'choice',
    label,
    checked: owner === id,
    run: () => ways.filter({ owner: id }),
  });
  return [
    choice(undefined, t('center.owner.me')),
    choice('all', t('center.owner.all')),
    ...members
      .filter(({ userId }) => userId !== me?.userId)
      .map(({ userId, name }) => choice(userId, name)),
  ];
}

export function personChoices(
  t: T,
  ways: Ways,
  people: readonly TaskPerson[],
  person: string | undefined,
): Command[] {
  return [
    {
      id: 'person-any',
      group: 'choice',
      label: t('center.person.any'),
      checked: person === undefined,
      run: () => ways.filter({ person: undefined }),
    },
    ...people.map(
      ({ id, name, openTasks }): Command => ({
        id: `person-${id}`,
        group: 'choice',
        label: name,
        hint: t('center.person.open', { count: openTasks }),
        checked: person === id,
        run: () => ways.filter({ person: id }),
      }),
    ),
  ];
}
