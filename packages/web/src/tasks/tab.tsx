import { useRouter } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { DropDay } from './group-tasks.ts';
import type { ListSearch } from './list-search.ts';
import s from './view-tabs.module.css';

interface Props {
  readonly current: boolean;
  readonly search: ListSearch;
  /** Dropping tasks on the tab gives them this day. */
  readonly day?: DropDay | undefined;
  readonly over?: boolean;
  /** Stays in sight while the others are scrolled. */
  readonly pinned?: boolean;
  readonly children: ReactNode;
}

/** The router's own link calls every address below `/` current; here the filters decide. */
export function Tab({ current, search, day, over, pinned, children }: Props) {
  const router = useRouter();
  const target = { to: '/', search } as const;
  return (
    <a
      href={router.buildLocation(target).href}
      className={s.tab}
      aria-current={current ? 'page' : undefined}
      data-day={day}
      data-over={over || undefined}
      data-pinned={pinned || undefined}
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
