import { type ReactNode, useEffect } from 'react';
import { Mark } from '../app/mark.tsx';
import { loadChineseFont } from '../i18n/chinese-font.ts';
import { LANGUAGES, switchLanguage } from '../i18n/i18n.ts';
import { useT } from '../i18n/use-t.ts';
import { InStepIcon, NeedsYouIcon, RestoreIcon } from '../ui/icons.tsx';
import s from './auth.module.css';

/** The two pages before the door: the form on one side, what Tandem promises on the other. */
export function AuthShell({
  title,
  text,
  children,
}: {
  title: string;
  text: string;
  children: ReactNode;
}) {
  const { t, language } = useT();
  // One of the languages below is named in Chinese.
  useEffect(loadChineseFont, []);
  return (
    <div className={s.shell}>
      <main className={s.door}>
        <div className={s.brand}>
          <Mark size={30} />
          <span>{t('common.app')}</span>
        </div>
        <div className={s.card}>
          <h1>{title}</h1>
          <p className={s.lead}>{text}</p>
          {children}
        </div>
        <fieldset className={s.languages} aria-label={t('common.language.label')}>
          {LANGUAGES.map(({ id, name }) => (
            <button
              key={id}
              type="button"
              lang={id}
              aria-pressed={language === id}
              onClick={() => void switchLanguage(id)}
            >
              {name}
            </button>
          ))}
        </fieldset>
      </main>
      <aside className={s.promise}>
        <TwoSides />
        <p className={s.motto}>{t('common.auth.promise')}</p>
        <ul>
          <li>
            <InStepIcon size={18} />
            {t('common.auth.promiseLines.both')}
          </li>
          <li>
            <RestoreIcon size={18} />
            {t('common.auth.promiseLines.nothingLost')}
          </li>
          <li>
            <NeedsYouIcon size={18} />
            {t('common.auth.promiseLines.plain')}
          </li>
        </ul>
      </aside>
    </div>
  );
}

/** Two lists whose rows agree: the whole product in a drawing. */
function TwoSides() {
  const rows = [
    { width: 96, done: true },
    { width: 128, done: false },
    { width: 78, done: false },
    { width: 112, done: true },
  ];
  return (
    <svg className={s.drawing} viewBox="0 0 400 190" aria-hidden="true" focusable="false">
      {[0, 212].map((x) => (
        <g key={x} transform={`translate(${x} 0)`}>
          <rect x="1" y="1" width="186" height="188" rx="14" className={s.sheet} />
          {rows.map(({ width, done }, index) => (
            <g key={width} transform={`translate(20 ${34 + index * 41})`}>
              <circle cx="8" cy="0" r="8" className={done ? s.ringDone : s.ring} />
              {done && <path d="m4.5 .5 2.5 2.5 4.5-5" className={s.tick} />}
              <rect x="28" y="-4.5" width={width} height="9" rx="4.5" className={s.line} />
            </g>
          ))}
        </g>
      ))}
      {rows.map(({ width }, index) => (
        <path
          key={width}
          d={`M188 ${31 + index * 41}h24M188 ${37 + index * 41}h24`}
          className={s.link}
        />
      ))}
    </svg>
  );
}
