import type { ButtonHTMLAttributes, ReactNode } from 'react';
import s from './button.module.css';

/**
 * The buttons of the first page. Mantine's looks the same and brings a quarter of a second of script on a
 * phone's line with it; pages that load it anyway use that one.
 */
interface Props extends ButtonHTMLAttributes<HTMLButtonElement> {
  readonly look?: 'filled' | 'plain' | 'quiet';
  readonly compact?: boolean;
  /** Under way: pressing again does nothing. */
  readonly busy?: boolean;
  readonly icon?: ReactNode;
}

export function Button(props: Props) {
  const { look = 'filled', compact, busy, icon, className, children, ...rest } = props;
  return (
    <button
      type="button"
      {...rest}
      disabled={busy || rest.disabled}
      aria-busy={busy || undefined}
      className={[s.button, className].filter(Boolean).join(' ')}
      data-look={look}
      data-compact={compact || undefined}
    >
      {icon}
      {children}
    </button>
  );
}
