import type { Task } from '@tandem/api';
import { type KeyboardEvent, useId, useLayoutEffect, useRef } from 'react';
import { useT } from '../i18n/use-t.ts';
import { useChangeSearch } from '../tasks/use-change-search.ts';
import { toast } from '../ui/toast.ts';
import s from './panel.module.css';
import { type SavedField, useSavedField } from './use-saved-field.ts';

interface Props {
  readonly task: Task;
  readonly label: string;
  readonly value: string;
  readonly store: (text: string) => Promise<unknown>;
  readonly fault?: (text: string) => string | null;
  readonly kind?: 'line' | 'lines' | 'title';
  readonly placeholder?: string;
  readonly disabled?: boolean;
  readonly note?: (text: string) => string | null;
}

/** One field of the panel. `lines` grows with its text; Ctrl/Cmd+Enter saves, Esc gives up. */
export function TextField(props: Props) {
  const { task, label, kind = 'line', placeholder = '', disabled = false, note } = props;
  const { t } = useT();
  const change = useChangeSearch();
  const field = useSavedField({
    ...props,
    draftKey: `${task.id} ${label}`,
    onLateFailure: (reason) =>
      toast(t('tasks.failed.one', { name: task.name, reason }), {
        kind: 'failed',
        action: { label: t('tasks.failed.editAgain'), run: () => change({ task: task.id }) },
      }),
  });
  const id = useId();
  const area = useRef<HTMLTextAreaElement>(null);

  // biome-ignore lint/correctness/useExhaustiveDependencies: grows with the text
  useLayoutEffect(() => {
    const element = area.current;
    if (!element) return;
    element.style.height = 'auto';
    element.style.height = `${element.scrollHeight + 2}px`;
  }, [field.text]);

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    const enterSaves = kind !== 'lines' || event.metaKey || event.ctrlKey;
    if (event.key === 'Enter' && enterSaves) {
      event.preventDefault();
      field.save();
    } else if (event.key === 'Escape' && field.state !== 'clean') {
      event.stopPropagation();
      field.discard();
    }
  };
  const shared = {
    id,
    placeholder,
    disabled,
    value: field.text,
    'aria-invalid': field.error !== null,
    'aria-describedby': `${id}-note`,
    onChange: (event: { target: { value: string } }) => field.type(event.target.value),
    onBlur: field.save,
    onKeyDown,
  };
  return (
    <div className={kind === 'title' ? s.titleField : s.field}>
      <label htmlFor={id} className={kind === 'title' ? 'visually-hidden' : s.label}>
        {label}
      </label>
      <div className={s.value}>
        {kind === 'line' ? (
          <input className={s.input} {...shared} />
        ) : (
          <textarea
            ref={area}
            rows={1}
            className={kind === 'title' ? s.titleInput : s.input}
            {...shared}
          />
        )}
        <FieldNote id={`${id}-note`} field={field} hint={note?.(field.text) ?? null} />
      </div>
    </div>
  );
}

function FieldNote({ id, field, hint }: { id: string; field: SavedField; hint: string | null }) {
  const { t } = useT();
  const { state, error, meanwhile } = field;
  return (
    <div id={id} className={s.note} role="status" data-state={state}>
      {state !== 'clean' && <span>{t(`tasks.panel.state.${state}`)}</span>}
      {error && <span className={s.error}>{error}</span>}
      {state === 'failed' && (
        <span className={s.ways}>
          <button
            type="button"
            onMouseDown={(event) => event.preventDefault()}
            onClick={field.save}
          >
            {t('common.retry')}
          </button>
          <button
            type="button"
            onMouseDown={(event) => event.preventDefault()}
            onClick={field.discard}
          >
            {t('tasks.panel.discard')}
          </button>
        </span>
      )}
      {meanwhile !== null && (
        <span>{t('tasks.panel.changedMeanwhile', { value: meanwhile.slice(0, 80) })}</span>
      )}
      {hint && state !== 'failed' && <span>{hint}</span>}
    </div>
  );
}
