import { type ReactNode, useState } from 'react';
import { createPortal } from 'react-dom';
import s from './tip.module.css';

/**
 * A hint beside what the pointer rests on. Only repeats what is in the accessible name or the panel
 * anyway, so it needs no focus of its own.
 */
const AFTER_MS = 200;

export function Tip({ text, children }: { text: string; children: ReactNode }) {
  const [at, setAt] = useState<{ x: number; y: number } | null>(null);
  const [timer, setTimer] = useState<ReturnType<typeof setTimeout>>();
  const hide = () => {
    clearTimeout(timer);
    setAt(null);
  };
  return (
    <span
      className={s.anchor}
      onPointerEnter={(event) => {
        const box = event.currentTarget.getBoundingClientRect();
        setTimer(setTimeout(() => setAt({ x: box.left, y: box.top + box.height / 2 }), AFTER_MS));
      }}
      onPointerLeave={hide}
      onPointerDown={hide}
    >
      {children}
      {at &&
        createPortal(
          <span className={s.tip} aria-hidden="true" style={{ left: at.x - 8, top: at.y }}>
            {text}
          </span>,
          document.body,
        )}
    </span>
  );
}
