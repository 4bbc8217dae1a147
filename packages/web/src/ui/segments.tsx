import s from './segments.module.css';

interface Props<V extends string> {
  readonly name: string;
  readonly label: string;
  readonly options: readonly { readonly value: V; readonly text: string }[];
  readonly value: V;
  readonly onChange: (value: V) => void;
  readonly disabled?: boolean;
}

/** A choice among a few words, as radio buttons. */
export function Segments<V extends string>({
  name,
  label,
  options,
  value,
  onChange,
  disabled = false,
}: Props<V>) {
  return (
    <div className={s.segments} role="radiogroup" aria-label={label}>
      {options.map((option) => (
        <label key={option.value}>
          <input
            type="radio"
            name={name}
            disabled={disabled}
            checked={value === option.value}
            onChange={() => onChange(option.value)}
          />
          <span>{option.text}</span>
        </label>
      ))}
    </div>
  );
}
