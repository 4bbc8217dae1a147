import { useT } from '../i18n/use-t.ts';
import { FilterIcon, SortIcon } from '../ui/icons.tsx';
import { MenuButton } from '../ui/menu-button.tsx';
import {
  DEFAULT_VIEW,
  defaultSort,
  isFiltered,
  type ListSearch,
  PRIORITIES,
  SORTS,
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
    run: () => change({ type: undefined, priority: undefined, text: undefined }),
  };
  return (
    <MenuButton
      className={s.tool}
      on={Boolean(search.type || search.priority)}
      sections={[
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
