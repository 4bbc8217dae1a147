import { longDate } from '../dates/format-date.ts';
import { addDays, type PlainDate } from '../dates/plain-date.ts';
import { useT } from '../i18n/use-t.ts';
import { ChevronIcon } from '../ui/icons.tsx';
import type { Line } from './group-tasks.ts';
import s from './task-list.module.css';

interface HeadingProps {
  readonly line: Exclude<Line, { kind: 'task' }>;
  readonly today: PlainDate;
  readonly onFold: () => void;
  readonly onRest: () => void;
  readonly rowIndex: number;
}

/** A line between tasks: what group or day begins, that a day is empty, or that more is to come. */
export function Heading({ line, today, onFold, onRest, rowIndex }: HeadingProps) {
  const { t, language } = useT();
  if (line.kind === 'empty') {
    return (
      <GridLine className={s.emptyDay} rowIndex={rowIndex}>
        {t(`tasks.empty.${line.group}`)}
      </GridLine>
    );
  }
  if (line.kind === 'rest') {
    return (
      <GridLine className={s.emptyDay} rowIndex={rowIndex}>
        <RestOfOverdue line={line} onRest={onRest} />
      </GridLine>
    );
  }
  if (line.kind === 'day') {
    return (
      <GridLine className={s.group} rowIndex={rowIndex}>
        <h2>{dayTitle(line.date)}</h2>
      </GridLine>
    );
  }
  if (line.open !== null) {
    return (
      <GridLine className={s.group} rowIndex={rowIndex}>
        <button
          type="button"
          className={s.fold}
          aria-expanded={line.open}
          disabled={line.count === 0}
          onClick={onFold}
        >
          <ChevronIcon size={12} />
          {t('tasks.groups.overdue')}
          <span className={line.count ? s.alarm : s.groupCount}>{line.count ?? '…'}</span>
        </button>
      </GridLine>
    );
  }
  const date =
    line.group === 'today' ? today : line.group === 'tomorrow' ? addDays(today, 1) : null;
  return (
    <GridLine className={s.group} rowIndex={rowIndex}>
      <h2>{t(`tasks.groups.${line.group}`)}</h2>
      {date && <span className={s.groupDate}>{longDate(date, language)}</span>}
      {line.count !== null && <span className={s.groupCount}>{line.count}</span>}
    </GridLine>
  );

  function dayTitle(day: PlainDate): string {
    const near = day === today ? 'today' : day === addDays(today, 1) ? 'tomorrow' : null;
    const long = longDate(day, language);
    return near ? `${t(`common.${near}`)} · ${long}` : long;
  }
}

type RestLine = Extract<Line, { kind: 'rest' }>;

function RestOfOverdue({ line, onRest }: { line: RestLine; onRest: () => void }) {
  const { t, language } = useT();
  if (line.state === 'loading') return t('tasks.list.loadingMore');
  const failed = line.state === 'failed';
  const number = (count: number) => count.toLocaleString(language);
  return (
    <>
      {failed && <span role="alert">{t('center.overdue.failed')}</span>}
      {!failed && line.count !== null && (
        <span>
          {t('center.overdue.part', { shown: number(line.shown), all: number(line.count) })}
        </span>
      )}
      <button type="button" className={s.rest} onClick={onRest}>
        {t(failed ? 'common.retry' : 'center.overdue.more')}
      </button>
    </>
  );
}

function GridLine(props: {
  className: string | undefined;
  rowIndex: number;
  children: React.ReactNode;
}) {
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: headings are read, not operated
    // biome-ignore lint/a11y/useSemanticElements: table rows cannot be virtual
    <div role="row" aria-rowindex={props.rowIndex}>
      {/* biome-ignore lint/a11y/useFocusableInteractive: headings are read, not operated */}
      {/* biome-ignore lint/a11y/useSemanticElements: table rows cannot be virtual */}
      <div role="gridcell" aria-colspan={9} className={props.className}>
        {props.children}
      </div>
    </div>
  );
}
