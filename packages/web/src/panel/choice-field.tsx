import type { Task } from '@tandem/api';
import { useId } from 'react';
import { useT } from '../i18n/use-t.ts';
import s from './panel.module.css';
import { useSavedChoice } from './use-saved-choice.ts';

interface Props<V extends string> {
  readonly task: Task;
  readonly label: string;
  readonly value: V;
  readonly options: readonly { value: V; label: string }[];
  readonly store: (value: V) => Promise<unknown>;
  readonly disabled?: boolean;
}

/** A choice is saved when it is made; a refusal puts the former one back and says why. */
export function ChoiceField<V extends string>({
  task,
  label,
  value,
  options,
  store,
  disabled,
}: Props<V>) {
  const { t } = useT();
  const id = useId();
  const { state, error, choose } = useSavedChoice(task, store);
  return (
    <div className={s.field}>
      <label htmlFor={id} className={s.label}>
        {label}
      </label>
      <div className={s.value}>
        <select
          id={id}
          className={s.input}
          value={value}
          disabled={disabled}
          aria-describedby={`${id}-note`}
          onChange={(event) => void choose(event.target.value as V)}
        >
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
        <div id={`${id}-note`} className={s.note} role="status" data-state={state}>
          {state !== 'clean' && <span>{t(`tasks.panel.state.${state}`)}</span>}
          {state === 'failed' && <span className={s.error}>{error}</span>}
        </div>
      </div>
    </div>
  );
}
