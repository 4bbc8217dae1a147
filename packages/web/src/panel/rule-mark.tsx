import { useState } from 'react';
import { createPortal } from 'react-dom';
import { useT } from '../i18n/use-t.ts';
import s from './rule-mark.module.css';

/** Keeps a tip from leaving the page at its right end. */
const TIP_WIDTH = 280;
const MARGIN = 12;

/**
 * The number of the rule that decided, with what it means: on hover, on focus, at a touch, and in the accessible
 * name (B11.4).
 */
export function RuleMark({ rule }: { rule: string }) {
  const { t } = useT();
  const [at, setAt] = useState<{ x: number; y: number } | null>(null);
  const key = rule.replace('.', '_');
  const meaning = t(`history.rules.${key}` as 'history.rules.other', {
    defaultValue: t('history.rules.other'),
  });
  const show = (button: HTMLElement) => {
    const box = button.getBoundingClientRect();
    const rightmost = window.innerWidth - TIP_WIDTH - MARGIN;
    setAt({ x: Math.max(MARGIN, Math.min(box.left, rightmost)), y: box.bottom + 6 });
  };
  return (
    <button
      type="button"
      className={s.rule}
      aria-label={t('history.rule', { rule, meaning })}
      onPointerEnter={(event) => show(event.currentTarget)}
      onPointerLeave={() => setAt(null)}
      onFocus={(event) => show(event.currentTarget)}
      onBlur={() => setAt(null)}
      onClick={(event) => show(event.currentTarget)}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || at === null) return;
        event.stopPropagation();
        setAt(null);
      }}
    >
      {rule}
      {at &&
        createPortal(
          <span
            className={s.tip}
            aria-hidden="true"
            style={{ left: at.x, top: at.y, maxWidth: TIP_WIDTH }}
          >
            {meaning}
          </span>,
          document.body,
        )}
    </button>
  );
}
