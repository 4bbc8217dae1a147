import { Button } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { useT } from '../i18n/use-t.ts';
import s from './programs.module.css';

/** A token or a secret, right after it was made: it takes the focus, because nothing else matters now. */
export function ShownOnce({
  title,
  text,
  value,
  onClose,
}: {
  title: string;
  text?: string;
  value: string;
  onClose: () => void;
}) {
  const { t } = useT();
  const box = useRef<HTMLElement>(null);
  const [copied, setCopied] = useState(false);
  useEffect(() => box.current?.focus(), []);
  const copy = async () => {
    await navigator.clipboard.writeText(value);
    setCopied(true);
  };
  return (
    <section ref={box} className={s.once} tabIndex={-1} aria-label={title}>
      <h3>{title}</h3>
      {text && <p>{text}</p>}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a long value scrolls, with the keyboard too */}
      <code className={s.secret} tabIndex={0}>
        {value}
      </code>
      <p className={s.warn}>{t('programs.shownOnce')}</p>
      <div className={s.actions}>
        <Button size="compact-sm" onClick={() => void copy().catch(() => {})}>
          {t(copied ? 'programs.copied' : 'programs.copy')}
        </Button>
        <Button size="compact-sm" variant="default" onClick={onClose}>
          {t('common.close')}
        </Button>
      </div>
      <span role="status" className="visually-hidden">
        {copied ? t('programs.copied') : ''}
      </span>
    </section>
  );
}
