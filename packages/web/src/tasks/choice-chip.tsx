import type { ReactNode } from 'react';
import { DownIcon } from '../ui/icons.tsx';
import { MenuButton } from '../ui/menu-button.tsx';
import s from './composer.module.css';

interface Props<V extends string> {
  /** What is chosen, for who does not see the icon. */
  readonly label: string;
  readonly icon: ReactNode;
  readonly value: V;
  readonly options: readonly {
    readonly value: V;
    readonly text: string;
    readonly icon?: ReactNode;
  }[];
  readonly onChange: (value: V) => void;
}

/** One of the composer's chips that opens a short list. */
export function ChoiceChip<V extends string>({ label, icon, value, options, onChange }: Props<V>) {
  const text = options.find((option) => option.value === value)?.text ?? '';
  return (
    <MenuButton
      className={s.chip}
      label={`${label}: ${text}`}
      position="bottom-start"
      sections={[
        {
          items: options.map((option) => ({
            key: option.value,
            label: option.text,
            icon: option.icon,
            checked: option.value === value,
            run: () => onChange(option.value),
          })),
        },
      ]}
    >
      {icon}
      <span className={s.chosen}>{text}</span>
      <DownIcon size={12} />
    </MenuButton>
  );
}
