import { useDebouncedValue } from '@mantine/hooks';
import type { Task } from '@tandem/api';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useId, useRef, useState } from 'react';
import { request } from '../api/client.ts';
import { problemText } from '../api/problem-text.ts';
import { useT } from '../i18n/use-t.ts';
import { CloseIcon } from '../ui/icons.tsx';
import panel from './panel.module.css';
import s from './record-field.module.css';
import { useSavedChoice } from './use-saved-choice.ts';

type RecordRef = NonNullable<Task['person']>;

interface Props {
  readonly task: Task;
  readonly label: string;
  readonly kind: 'person' | 'related';
  readonly value: RecordRef | null;
  readonly store: (record: RecordRef | null) => Promise<unknown>;
  readonly disabled: boolean;
}

/** As few letters as the API takes. */
const LETTERS_MIN = 2;
/** Each question is a call of the org's: one for a word, not one for each of its letters. */
const ASK_AFTER_MS = 250;

/** The person or record in Salesforce: shown by name, found by searching there. */
export function RecordField({ task, label, kind, value, store, disabled }: Props) {
  const { t } = useT();
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const results = useRef<HTMLUListElement>(null);
  const [searching, setSearching] = useState(false);
  const [text, setText] = useState('');
  const saved = useSavedChoice(task, store);
  const wanted = text.trim();
  const [asked] = useDebouncedValue(wanted, ASK_AFTER_MS);
  const settled = asked === wanted;
  const found = useQuery({
    queryKey: ['records', kind, asked],
    queryFn: ({ signal }) =>
      request<{ records: RecordRef[] }>('v1/salesforce/search', {
        signal,
        query: { q: asked, kind },
      }),
    enabled: searching && settled && asked.length >= LETTERS_MIN,
  });
  // What was found for other letters is not what is meant.
  const records = settled ? (found.data?.records ?? []) : [];
  const stop = () => {
    setSearching(false);
    setText('');
  };
  /** What was chosen takes the place of what was pressed: the keyboard goes on from there, unless it is elsewhere. */
  const chosen = useRef<string | null | undefined>(undefined);
  useEffect(() => {
    if (searching || chosen.current !== (value?.id ?? null)) return;
    chosen.current = undefined;
    if (document.activeElement === document.body) document.getElementById(id)?.focus();
  }, [searching, value, id]);
  const choose = (record: RecordRef | null) => {
    chosen.current = record?.id ?? null;
    stop();
    void saved.choose(record);
  };
  const walk = (by: 1 | -1) => {
    const buttons = [...(results.current?.querySelectorAll<HTMLElement>('button') ?? [])];
    const at = buttons.indexOf(document.activeElement as HTMLElement);
    (buttons[at + by] ?? (by < 0 ? input.current : null))?.focus();
  };
  const typeName = (type: string) => {
    const known = t('tasks.records.type', { returnObjects: true }) as Record<string, string>;
    return known[type] ?? type;
  };

  return (
    <div className={panel.field}>
      <label htmlFor={id} className={panel.label}>
        {label}
      </label>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: hears when the focus leaves the field and its results */}
      <div
        className={panel.value}
        onBlur={(event) => {
          if (!event.currentTarget.contains(event.relatedTarget)) stop();
        }}
      >
        {value && !searching ? (
          <div className={s.record}>
            <button
              type="button"
              id={id}
              className={s.recordName}
              disabled={disabled}
              onClick={() => setSearching(true)}
            >
              {value.name} <span>{typeName(value.type)}</span>
            </button>
            {!disabled && (
              <button
                type="button"
                className={panel.iconButton}
                aria-label={`${t('tasks.panel.remove')}: ${value.name}`}
                onClick={() => choose(null)}
              >
                <CloseIcon size={12} />
              </button>
            )}
          </div>
        ) : (
          <input
            id={id}
            ref={input}
            className={panel.input}
            disabled={disabled}
            value={text}
            // biome-ignore lint/a11y/noAutofocus: opened by the person's own click
            autoFocus={searching}
            placeholder={t(
              kind === 'person' ? 'tasks.records.searchPerson' : 'tasks.records.searchRelated',
            )}
            aria-controls={searching && wanted !== '' ? `${id}-found` : undefined}
            onFocus={() => setSearching(true)}
            onChange={(event) => setText(event.target.value)}
            onKeyDown={(event) => {
              if (event.nativeEvent.isComposing) return;
              const [first] = records;
              if (event.key === 'Escape') {
                event.stopPropagation();
                stop();
              } else if (event.key === 'Enter' && first) {
                event.preventDefault();
                choose(first);
              } else if (event.key === 'ArrowDown' && first) {
                event.preventDefault();
                results.current?.querySelector('button')?.focus();
              }
            }}
          />
        )}
        {searching && wanted !== '' && (
          <ul
            ref={results}
            id={`${id}-found`}
            className={s.found}
            aria-label={t('tasks.records.results')}
            onKeyDown={(event) => {
              if (event.key === 'Escape') {
                event.stopPropagation();
                input.current?.focus();
              } else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
                event.preventDefault();
                walk(event.key === 'ArrowDown' ? 1 : -1);
              }
            }}
          >
            {records.map((record) => (
              <li key={record.id}>
                <button
                  type="button"
                  // Not every browser gives a button the focus: the field must not close before the click.
                  onMouseDown={(event) => event.preventDefault()}
                  onClick={() => choose(record)}
                >
                  {record.name} <span>{typeName(record.type)}</span>
                </button>
              </li>
            ))}
            {records.length === 0 && (
              <li className={s.foundNote}>
                {wanted.length < LETTERS_MIN
                  ? t('tasks.records.typeMore')
                  : !settled || found.isPending
                    ? t('tasks.records.searching')
                    : found.isError
                      ? problemText(t, found.error)
                      : t('tasks.records.nothing')}
              </li>
            )}
          </ul>
        )}
        {saved.error && (
          <p className={panel.error} role="alert">
            {saved.error}
          </p>
        )}
      </div>
    </div>
  );
}
