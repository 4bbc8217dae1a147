import type { ReactNode } from 'react';
import s from './health.module.css';

/** A figure with its name above and what belongs to it beneath. */
export function Figure({
  label,
  value,
  tone,
  children,
}: {
  label: string;
  value: string;
  tone?: 'bad' | 'warn' | undefined;
  children?: ReactNode;
}) {
  return (
    <div className={s.figure} data-tone={tone}>
      <dt>{label}</dt>
      <dd>
        <b>{value}</b>
        {children && <span>{children}</span>}
      </dd>
    </div>
  );
}
