import type { ReactNode } from 'react';
import s from './page.module.css';

/** One turn of the conversation: a question as heading, the answer beneath. */
export function Section({
  title,
  text,
  children,
}: {
  title: string;
  text?: string;
  children: ReactNode;
}) {
  return (
    <section className={s.section}>
      <h2>{title}</h2>
      {text && <p className={s.text}>{text}</p>}
      {children}
    </section>
  );
}
