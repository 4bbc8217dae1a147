import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useId, useState } from 'react';
import { formatMoment } from '../dates/format-date.ts';
import { useT } from '../i18n/use-t.ts';
import { faultWords, skipWords } from '../sync/sync-words.ts';
import { changeProblems } from './change-problems.ts';
import s from './diagnostics.module.css';
import { ProblemRows } from './problem-rows.tsx';
import { actOf, type Cause, PLACES } from './sections.ts';

/** As many rows as fit without pushing the next cause out of sight. */
const OPEN_UP_TO = 3;

export function CauseCard({ cause }: { cause: Cause }) {
  const { t, language } = useT();
  const [open, setOpen] = useState(cause.count <= OPEN_UP_TO && cause.kind === 'parked');
  const rows = useId();
  const { kind } = cause;
  const unknown = { what: t('sync.reason.unknown'), next: '' };
  const { what, next } =
    kind === 'skipped' ? skipWords(t, cause.cause) : (faultWords(t, cause.cause) ?? unknown);
  const act = actOf(cause);
  const all = { kind, cause: cause.cause };
  return (
    <article className={s.cause} data-move={kind === 'skipped' ? 'skipped' : cause.whoseMove}>
      <div className={s.causeHead}>
        <h3>{what}</h3>
        <span className={s.count}>{t('diagnostics.count', { count: cause.count })}</span>
      </div>
      {next && <p className={s.next}>{next}</p>}
      <p className={s.small}>
        <span>{t(`diagnostics.class.${cause.class}`)}</span>
        <span>{t('diagnostics.since', { when: formatMoment(cause.since, language) })}</span>
        {kind === 'parked' && <code>{cause.cause}</code>}
      </p>
      <div className={s.actions}>
        {act && (
          <Button component={Link} to={PLACES[act]} size="compact-sm" variant="light">
            {t(`diagnostics.act.${act}`)}
          </Button>
        )}
        {kind === 'parked' && (
          <Button
            size="compact-sm"
            variant="default"
            aria-label={t('diagnostics.retryAllName', { what })}
            onClick={() => void changeProblems('retry', all)}
          >
            {t(cause.count === 1 ? 'diagnostics.retry' : 'diagnostics.retryAll')}
          </Button>
        )}
        <Button
          size="compact-sm"
          variant="subtle"
          color="gray"
          aria-label={t('diagnostics.ignoreAllName', { what })}
          onClick={() => void changeProblems('ignore', all)}
        >
          {t(cause.count === 1 ? 'diagnostics.ignore' : 'diagnostics.ignoreAll')}
        </Button>
        <button
          type="button"
          className={s.fold}
          aria-expanded={open}
          aria-controls={rows}
          onClick={() => setOpen(!open)}
        >
          {t(open ? 'diagnostics.hide' : 'diagnostics.show')}
          <span className={s.srOnly}> · {what}</span>
        </button>
      </div>
      <div id={rows}>{open && <ProblemRows of={all} single={cause.count === 1} />}</div>
    </article>
  );
}
