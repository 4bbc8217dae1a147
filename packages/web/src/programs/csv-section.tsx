import { Button } from '@mantine/core';
import type { ImportResult, RowFault } from '@tandem/api';
import { type ChangeEvent, useRef, useState } from 'react';
import { request } from '../api/client.ts';
import { problemText } from '../api/problem-text.ts';
import { refreshTasks } from '../api/refresh.ts';
import { type T, useT } from '../i18n/use-t.ts';
import layout from '../ui/page.module.css';
import { Section } from '../ui/section.tsx';
import s from './programs.module.css';

const EXPORT = '/api/v1/tasks/export';
/** As the server takes it. */
const FILE_BYTES_MAX = 8 * 1024 * 1024;

type Stage =
  | { readonly at: 'idle' }
  | { readonly at: 'reading'; readonly file: string }
  | { readonly at: 'fault'; readonly text: string }
  | {
      readonly at: 'looked';
      readonly file: string;
      readonly csv: string;
      readonly result: ImportResult;
    }
  | { readonly at: 'done'; readonly result: ImportResult };

/** Tasks to a file and back. A file is looked through first: what would happen is said before it does. */
export function CsvSection() {
  const { t } = useT();
  const input = useRef<HTMLInputElement>(null);
  const [stage, setStage] = useState<Stage>({ at: 'idle' });
  const [busy, setBusy] = useState(false);

  const send = (csv: string, dryRun: boolean) =>
    request<ImportResult>('v1/tasks/import', { method: 'POST', body: { csv, dryRun } });

  const choose = async ({ currentTarget }: ChangeEvent<HTMLInputElement>) => {
    const [chosen] = currentTarget.files ?? [];
    // The same file, mended, can be chosen again.
    const forget = () => {
      if (input.current) input.current.value = '';
    };
    if (!chosen) return;
    const file = chosen.name;
    setStage({ at: 'reading', file });
    try {
      if (chosen.size > FILE_BYTES_MAX) {
        return setStage({ at: 'fault', text: t('programs.csv.tooBig', { file }) });
      }
      const csv = decode(await chosen.arrayBuffer());
      if (csv === null) {
        return setStage({ at: 'fault', text: t('programs.csv.notUtf8', { file }) });
      }
      setStage({ at: 'looked', file, csv, result: await send(csv, true) });
    } catch (problem) {
      setStage({ at: 'fault', text: problemText(t, problem) });
    } finally {
      forget();
    }
  };
  const importNow = async (csv: string, file: string) => {
    setBusy(true);
    try {
      const result = await send(csv, false);
      setStage(
        result.errorCount === 0 ? { at: 'done', result } : { at: 'looked', file, csv, result },
      );
      refreshTasks();
    } catch (problem) {
      setStage({ at: 'fault', text: problemText(t, problem) });
    } finally {
      setBusy(false);
    }
  };

  return (
    <Section title={t('programs.csv.title')} text={t('programs.csv.text')}>
      <div className={s.actions}>
        <Button component="a" href={EXPORT} download variant="default">
          {t('programs.csv.export')}
        </Button>
        <Button component="a" href={`${EXPORT}?view=all_open`} download variant="default">
          {t('programs.csv.exportOpen')}
        </Button>
        <Button
          variant="default"
          loading={stage.at === 'reading'}
          onClick={() => input.current?.click()}
        >
          {t('programs.csv.choose')}
        </Button>
        <input
          ref={input}
          type="file"
          accept=".csv,text/csv"
          hidden
          aria-label={t('programs.csv.choose')}
          onChange={(event) => void choose(event)}
        />
      </div>
      <div role="status" className={s.stage}>
        {stage.at === 'reading' && (
          <p className={layout.quiet}>{t('programs.csv.reading', { file: stage.file })}</p>
        )}
        {stage.at === 'fault' && <p className={layout.bad}>{stage.text}</p>}
        {stage.at === 'done' && (
          <p className={layout.good}>
            {t('programs.csv.done', {
              created: stage.result.created,
              changed: stage.result.changed,
            })}
          </p>
        )}
        {stage.at === 'looked' &&
          (stage.result.errorCount > 0 ? (
            <Errors file={stage.file} result={stage.result} />
          ) : (
            <Would
              file={stage.file}
              result={stage.result}
              busy={busy}
              onImport={() => void importNow(stage.csv, stage.file)}
              onDiscard={() => setStage({ at: 'idle' })}
            />
          ))}
      </div>
    </Section>
  );
}

function Would(props: {
  file: string;
  result: ImportResult;
  busy: boolean;
  onImport: () => void;
  onDiscard: () => void;
}) {
  const { file, result, busy, onImport, onDiscard } = props;
  const { t } = useT();
  const differs = result.created + result.changed > 0;
  return (
    <div className={s.card}>
      <p>
        <b>{t('programs.csv.would', { file })}</b>
      </p>
      <ul className={s.counts}>
        {(['created', 'changed', 'unchanged'] as const)
          .filter((kind) => result[kind] > 0)
          .map((kind) => (
            <li key={kind}>{t(`programs.csv.${kind}`, { count: result[kind] })}</li>
          ))}
      </ul>
      {!differs && <p className={layout.quiet}>{t('programs.csv.nothing')}</p>}
      <div className={s.actions}>
        {differs && (
          <Button loading={busy} onClick={onImport}>
            {t('programs.csv.import')}
          </Button>
        )}
        <Button variant="default" onClick={onDiscard}>
          {t(differs ? 'programs.csv.discard' : 'common.close')}
        </Button>
      </div>
    </div>
  );
}

function Errors({ file, result }: { file: string; result: ImportResult }) {
  const { t } = useT();
  const { errors, errorCount } = result;
  return (
    <div className={s.card}>
      <p className={layout.badText}>{t('programs.csv.errors', { count: errorCount, file })}</p>
      <ul className={s.errors}>
        {errors.map(({ line, column, code, message }) => (
          <li key={`${line} ${column}`}>
            <b>{t('programs.csv.line', { line })}</b>
            <span>
              {column && <code>{column}</code>} {faultText(t, column, code) || message}
            </span>
          </li>
        ))}
      </ul>
      {errorCount > errors.length && (
        <p className={layout.quiet}>
          {t('programs.csv.moreErrors', { count: errorCount - errors.length })}
        </p>
      )}
      <p className={layout.quiet}>{t('programs.csv.again')}</p>
    </div>
  );
}

/** In the reader's language; for a value that does not fit, what the column takes. */
function faultText(t: T, column: string | null, code: RowFault): string {
  const wanted = WANTED[column ?? ''];
  if (code !== 'bad_value') return t(`programs.csv.row.${code}`);
  return wanted === undefined ? '' : t(`programs.csv.wanted.${wanted}`);
}

const WANTED: Readonly<
  Record<string, 'date' | 'type' | 'status' | 'priority' | 'recordId' | 'count'>
> = {
  dueDate: 'date',
  type: 'type',
  status: 'status',
  priority: 'priority',
  personId: 'recordId',
  relatedId: 'recordId',
  campaignDay: 'count',
  campaignStep: 'count',
};

/** Null: other bytes than UTF-8, as older spreadsheets write; guessing would spoil names. */
function decode(bytes: ArrayBuffer): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: false }).decode(bytes);
  } catch {
    return null;
  }
}
