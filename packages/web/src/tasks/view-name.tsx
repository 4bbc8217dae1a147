import type { SavedView } from '@tandem/api';
import { useState } from 'react';
import { ApiProblem } from '../api/client.ts';
import { problemText } from '../api/problem-text.ts';
import { useT } from '../i18n/use-t.ts';
import type { ListSearch } from './list-search.ts';
import { setListState } from './list-state.ts';
import { patchView, saveNewView } from './saved-views.ts';
import { isAtList, useChangeSearch } from './use-change-search.ts';
import s from './view-tabs.module.css';

/** As long as the API takes. */
const NAME_MAX = 60;

interface Props {
  /** Absent: a new one is being saved. */
  readonly view?: SavedView;
  readonly search: ListSearch;
}

/** The name of a saved view, typed where its tab is or will be. Enter saves, Esc gives up. */
export function ViewName({ view, search }: Props) {
  const { t } = useT();
  const change = useChangeSearch();
  const [name, setName] = useState(view?.name ?? '');
  const [error, setError] = useState<string | null>(null);
  const [saving, setSaving] = useState(false);
  const close = () => setListState({ naming: null });
  const save = async () => {
    const chosen = name.trim();
    if (chosen === '') return setError(t('center.saved.nameMissing'));
    setSaving(true);
    try {
      if (view) await patchView(view.id, { name: chosen });
      else {
        const { id } = await saveNewView(chosen, search);
        if (isAtList()) change({ saved: id });
      }
      close();
    } catch (fault) {
      const taken = fault instanceof ApiProblem && fault.field('name') !== null;
      setError(taken ? t('center.saved.nameRefused') : problemText(t, fault));
      setSaving(false);
    }
  };
  return (
    <form
      className={s.viewName}
      onSubmit={(event) => {
        event.preventDefault();
        if (!saving) void save();
      }}
    >
      <input
        // biome-ignore lint/a11y/noAutofocus: the person asked for this field
        autoFocus
        value={name}
        maxLength={NAME_MAX}
        placeholder={t('center.saved.namePlaceholder')}
        aria-label={t('center.saved.name')}
        aria-invalid={error !== null}
        aria-describedby="view-name-error"
        onFocus={(event) => event.target.select()}
        onChange={(event) => {
          setName(event.target.value);
          setError(null);
        }}
        onKeyDown={(event) => {
          event.stopPropagation();
          if (event.key === 'Escape') close();
        }}
        onBlur={() => {
          if (!saving && error === null) close();
        }}
      />
      <span id="view-name-error" role="alert">
        {error}
      </span>
    </form>
  );
}
