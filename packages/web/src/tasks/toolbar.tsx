import { useEffect, useRef, useState } from 'react';
import { useViewing } from '../app/viewing.ts';
import { longDate } from '../dates/format-date.ts';
import type { PlainDate } from '../dates/plain-date.ts';
import { useT } from '../i18n/use-t.ts';
import { openPalette } from '../palette/palette-state.ts';
import { Button } from '../ui/button.tsx';
import { CloseIcon, CommandIcon, PlusIcon, SearchIcon } from '../ui/icons.tsx';
import { ColumnsButton } from './columns-button.tsx';
import { keyFor } from './keys.ts';
import { FilterMenu, SortMenu } from './list-menus.tsx';
import type { ListSearch } from './list-search.ts';
import { setListState } from './list-state.ts';
import s from './toolbar.module.css';
import { useChangeSearch } from './use-change-search.ts';

const MOD = /Mac|iPhone|iPad/.test(navigator.platform) ? '⌘' : 'Ctrl';

/** Long enough that a word is one question to the server, short enough to feel immediate. */
const SEARCH_AFTER_MS = 180;

export function Toolbar({ search, today }: { search: ListSearch; today: PlainDate }) {
  const { t, language } = useT();
  const viewing = useViewing();
  return (
    <header className={s.head}>
      <div className={s.title}>
        <h1>{t('tasks.title')}</h1>
        <p>{longDate(today, language)}</p>
      </div>
      <div className={s.tools}>
        <SearchField search={search} />
        <FilterMenu search={search} />
        <SortMenu search={search} />
        <ColumnsButton />
        <button
          type="button"
          className={`${s.tool} ${s.wideOnly}`}
          aria-label={t('center.paletteButton')}
          title={`${t('center.paletteButton')} (${MOD} K)`}
          aria-keyshortcuts="Control+K Meta+K"
          onClick={() => openPalette()}
        >
          <CommandIcon />
        </button>
        {!viewing && (
          <Button
            className={s.add}
            icon={<PlusIcon size={14} />}
            aria-keyshortcuts={keyFor('create')}
            onClick={() => setListState({ composing: true })}
          >
            {t('tasks.add.button')}
          </Button>
        )}
      </div>
    </header>
  );
}

function SearchField({ search }: { search: ListSearch }) {
  const { t } = useT();
  const change = useChangeSearch();
  const [text, setText] = useState(search.text ?? '');
  const sent = useRef(search.text ?? '');
  useEffect(() => {
    // Another tab or the back button chose another text.
    if ((search.text ?? '') !== sent.current) {
      sent.current = search.text ?? '';
      setText(search.text ?? '');
    }
  }, [search.text]);
  useEffect(() => {
    if (text === sent.current) return;
    const timer = setTimeout(() => {
      sent.current = text;
      change({ text: text === '' ? undefined : text });
    }, SEARCH_AFTER_MS);
    return () => clearTimeout(timer);
  }, [text, change]);
  return (
    <div className={s.search}>
      <SearchIcon />
      <input
        id="search-tasks"
        type="search"
        value={text}
        maxLength={200}
        placeholder={t('tasks.search')}
        aria-label={t('tasks.search')}
        aria-keyshortcuts={keyFor('search')}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return;
          event.stopPropagation();
          setText('');
          event.currentTarget.blur();
        }}
      />
      {text === '' ? (
        <kbd className={s.key}>{keyFor('search')}</kbd>
      ) : (
        <button type="button" aria-label={t('tasks.clearSearch')} onClick={() => setText('')}>
          <CloseIcon size={12} />
        </button>
      )}
    </div>
  );
}
