import { useQuery } from '@tanstack/react-query';
import { meQuery } from '../api/queries.ts';
import { useViewing } from '../app/viewing.ts';
import { useT } from '../i18n/use-t.ts';
import { openPalette } from '../palette/palette-state.ts';
import { FilterIcon, SortIcon } from '../ui/icons.tsx';
import { MenuButton } from '../ui/menu-button.tsx';
import {
  DEFAULT_VIEW,
  defaultSort,
  isFiltered,
  type ListSearch,
  NO_FILTER,
  PRIORITIES,
  SORTS,
  SYNC_STATES,
  TYPES,
} from './list-search.ts';
import s from './toolbar.module.css';
import { useChangeSearch } from './use-change-search.ts';

export function FilterMenu({ search }: { search: ListSearch }) {
  const { t } = useT();
  const change = useChangeSearch();
  const clear = {
    key: 'clear',
    label: t('tasks.filter.clear'),
    run: () => change(NO_FILTER),
  };
  const viewing = useViewing();
  const role = useQuery(meQuery).data?.role;
  const whose = [
    { key: 'person', label: t('center.filter.person'), run: () => openPalette('person') },
    ...(!viewing && role !== undefined && role !== 'rep'
      ? [{ key: 'owner', label: t('center.filter.owner'), run: () => openPalette('owner') }]
      : []),
  ];
  return (
    <MenuButton
      className={s.tool}
      on={Boolean(search.type || search.priority || search.person || search.owner || search.sync)}
      sections={[
        { items: whose },
        {
          label: t('tasks.filter.type'),
          items: TYPES.map((type) => ({
            key: type,
            label: t(`tasks.type.${type}`),
            checked: search.type === type,
            many: true,
            run: () => change({ type: search.type === type ? undefined : type }),
          })),
        },
        {
          label: t('tasks.filter.priority'),
          items: PRIORITIES.map((priority) => ({
            key: priority,
            label: t(`tasks.priority.${priority}`),
            checked: search.priority === priority,
            many: true,
            run: () => change({ priority: search.priority === priority ? undefined : priority }),
          })),
        },
        {
          label: t('center.filter.sync'),
          items: SYNC_STATES.map((state) => ({
            key: state,
            label: t(`sync.state.${state}`),
            checked: search.sync === state,
            many: true,
            run: () => change({ sync: search.sync === state ? undefined : state }),
          })),
        },
        ...(isFiltered(search) ? [{ items: [clear] }] : []),
      ]}
    >
      <FilterIcon />
      <span className={s.toolWord}>{t('tasks.filter.button')}</span>
    </MenuButton>
  );
}

export function SortMenu({ search }: { search: ListSearch }) {
  const { t } = useT();
  const change = useChangeSearch();
  const value = search.sort ?? defaultSort(search.view ?? DEFAULT_VIEW);
  return (
    <MenuButton
      className={s.tool}
      sections={[
        {
          items: SORTS.map((sort) => ({
            key: sort,
            label: t(`tasks.sort.${sort}`),
            checked: sort === value,
            run: () => change({ sort }),
          })),
        },
      ]}
    >
      <SortIcon />
      <span className={s.toolWord}>{t('tasks.sort.button')}</span>
    </MenuButton>
  );
}
