import type { SavedView } from '@tandem/api';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { problemText } from '../api/problem-text.ts';
import { viewsQuery } from '../api/queries.ts';
import { useT } from '../i18n/use-t.ts';
import { BookmarkIcon, MoreIcon } from '../ui/icons.tsx';
import { MenuButton } from '../ui/menu-button.tsx';
import { toast } from '../ui/toast.ts';
import { DEFAULT_VIEW, defaultSort, isFiltered, type ListSearch } from './list-search.ts';
import { setListState, useListState } from './list-state.ts';
import { isBare, isChanged, savedQueryOf, searchOfSaved } from './saved-search.ts';
import { deleteView, patchView } from './saved-views.ts';
import { Tab } from './tab.tsx';
import { isAtList, useChangeSearch, useReplaceSearch } from './use-change-search.ts';
import { ViewName } from './view-name.tsx';
import s from './view-tabs.module.css';

/** One's own views after those everybody has; the current one shows when its filters were changed. */
export function SavedViewTabs({ search }: { search: ListSearch }) {
  const { t } = useT();
  const views = useQuery(viewsQuery).data?.views ?? NONE;
  const naming = useListState((state) => state.naming);
  const replace = useReplaceSearch();
  const current = views.find((view) => view.id === search.saved);
  const changed = current !== undefined && isChanged(search, current.query);
  // Only on arrival: who takes the last filter away from the view sees it without.
  const filledIn = useRef<string | null>(null);
  useEffect(() => {
    const arrived = filledIn.current !== (current?.id ?? null);
    filledIn.current = current?.id ?? null;
    if (current && arrived && isBare(search)) {
      replace({
        ...searchOfSaved(current.id, current.query),
        ...(search.task ? { task: search.task } : {}),
      });
    }
  }, [current, search, replace]);
  const worthSaving = current ? changed : isWorthSaving(search);

  return (
    <>
      {views.length > 0 && <span className={s.tabsRule} aria-hidden="true" />}
      {views.map((view) =>
        naming === view.id ? (
          <ViewName key={view.id} view={view} search={search} />
        ) : (
          <span key={view.id} className={s.savedTab}>
            <Tab current={view === current} search={searchOfSaved(view.id, view.query)}>
              {view.name}
              {view === current && changed && (
                <span className={s.changed} title={t('center.saved.changed')}>
                  <span className="visually-hidden">{t('center.saved.changed')}</span>
                </span>
              )}
            </Tab>
            {view === current && <ViewMenu view={view} search={search} changed={changed} />}
          </span>
        ),
      )}
      {naming === 'new' ? (
        <ViewName search={search} />
      ) : (
        worthSaving && (
          <button
            type="button"
            className={s.saveView}
            onClick={() => setListState({ naming: 'new' })}
          >
            <BookmarkIcon size={13} />
            {t(current ? 'center.saved.saveAsNew' : 'center.saved.save')}
          </button>
        )
      )}
    </>
  );
}

const NONE: readonly SavedView[] = [];

function isWorthSaving(search: ListSearch): boolean {
  const view = search.view ?? DEFAULT_VIEW;
  const sorted = search.sort !== undefined && search.sort !== defaultSort(view);
  return isFiltered(search) || search.owner !== undefined || sorted || Boolean(search.from);
}

interface MenuProps {
  readonly view: SavedView;
  readonly search: ListSearch;
  readonly changed: boolean;
}

function ViewMenu({ view, search, changed }: MenuProps) {
  const { t } = useT();
  const change = useChangeSearch();
  const replace = useReplaceSearch();
  const update = () =>
    patchView(view.id, { query: savedQueryOf(search) }).then(
      () => toast(t('center.saved.updated', { name: view.name })),
      (fault) => toast(problemText(t, fault), { kind: 'failed' }),
    );
  const remove = async () => {
    if (!(await deleteView(view)) || !isAtList()) return;
    change(({ saved }) => (saved === view.id ? { saved: undefined } : {}));
  };
  const asSaved = {
    key: 'reset',
    label: t('center.saved.reset'),
    run: () => replace(searchOfSaved(view.id, view.query)),
  };
  return (
    <MenuButton
      className={s.viewMenu}
      label={t('center.saved.menu', { name: view.name })}
      sections={[
        ...(changed
          ? [
              {
                items: [
                  { key: 'update', label: t('center.saved.update'), run: () => void update() },
                  asSaved,
                ],
              },
            ]
          : []),
        {
          items: [
            {
              key: 'rename',
              label: t('center.saved.rename'),
              run: () => setListState({ naming: view.id }),
            },
            {
              key: 'link',
              label: t('center.saved.copyLink'),
              run: () => void copyViewLink(view.id, t('center.linkCopied')),
            },
            { key: 'delete', label: t('center.saved.delete'), run: () => void remove() },
          ],
        },
      ]}
    >
      <MoreIcon size={14} />
    </MenuButton>
  );
}

async function copyViewLink(id: string, said: string): Promise<void> {
  await navigator.clipboard.writeText(`${location.origin}/?saved=${id}`);
  toast(said);
}
