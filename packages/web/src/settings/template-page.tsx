import { Button } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import type { TemplatePreview } from '@tandem/api';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { ApiProblem, request } from '../api/client.ts';
import { problemText } from '../api/problem-text.ts';
import { putAnswer } from '../api/put-answer.ts';
import { meQuery, templateQuery } from '../api/queries.ts';
import { queryClient } from '../api/query-client.ts';
import { type T, useT } from '../i18n/use-t.ts';
import { LoadFault } from '../ui/error-page.tsx';
import layout from '../ui/page.module.css';
import { PageSkeleton } from '../ui/page-skeleton.tsx';
import { Section } from '../ui/section.tsx';
import {
  DEFAULT_TEMPLATE,
  firstMistake,
  TEMPLATE_MAX,
  type TemplatePiece,
  templatePieces,
} from './parse-template.ts';
import s from './settings.module.css';
import { TemplateEditor } from './template-editor.tsx';
import { Samples } from './template-samples.tsx';

/** A pause in typing, not every letter. */
const PREVIEW_AFTER_MS = 250;

export function TemplatePage() {
  const { t } = useT();
  const saved = useQuery(templateQuery);
  return (
    <>
      <header className={layout.header}>
        <h1>{t('settings.template.title')}</h1>
        <p className={layout.text}>{t('settings.template.lead')}</p>
      </header>
      {saved.data ? (
        <TemplateForm saved={saved.data.template} />
      ) : saved.isError ? (
        <LoadFault fault={saved.error} retry={() => void saved.refetch()} />
      ) : (
        <PageSkeleton />
      )}
    </>
  );
}

function TemplateForm({ saved }: { saved: string }) {
  const { t, language } = useT();
  const me = useQuery(meQuery).data;
  const readOnly = me?.role !== 'admin';
  const [draft, setDraft] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const [outcome, setOutcome] = useState<{ good: boolean; text: string } | null>(null);
  const template = draft ?? saved;
  // What was typed while it was being saved is not.
  const said = outcome?.good && template !== saved ? null : outcome;
  const pieces = templatePieces(template);
  const mistake = mistakeText(t, template, pieces, language);
  const [settled] = useDebouncedValue(template, PREVIEW_AFTER_MS);
  const preview = useQuery({
    queryKey: ['settings', 'template-preview', settled],
    queryFn: ({ signal }) =>
      request<TemplatePreview>('v1/template/preview', {
        method: 'POST',
        body: { template: settled },
        signal,
      }),
    enabled: mistakeText(t, settled, templatePieces(settled), language) === null,
    placeholderData: keepPreviousData,
  });
  const usesName = pieces.some(
    (piece) => piece.kind === 'field' && piece.field === 'activity_subject',
  );
  const edit = (text: string) => {
    setDraft(text);
    setOutcome(null);
  };
  const save = async () => {
    setBusy(true);
    try {
      const next = await request<{ template: string }>('v1/template', {
        method: 'PUT',
        body: { template },
      });
      await putAnswer(queryClient, templateQuery, next);
      setDraft((now) => (now === template ? null : now));
      setOutcome({ good: true, text: t('settings.template.saved') });
    } catch (fault) {
      const field = fault instanceof ApiProblem ? fault.field('template') : null;
      setOutcome({ good: false, text: [problemText(t, fault), field].filter(Boolean).join(' ') });
    } finally {
      setBusy(false);
    }
  };

  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (!mistake && !busy) void save();
      }}
    >
      <div className={layout.section}>
        {readOnly && (
          <p className={layout.remark}>
            {t('settings.template.readOnly', { workspace: me?.workspaceName ?? '' })}
          </p>
        )}
        <TemplateEditor
          value={template}
          pieces={pieces}
          invalid={mistake !== null || outcome?.good === false}
          readOnly={readOnly}
          onChange={edit}
        />
        <div id="template-note" role="status" className={s.note}>
          {mistake ? (
            <span className={layout.badText}>{mistake}</span>
          ) : said ? (
            <span className={said.good ? layout.quiet : layout.badText}>{said.text}</span>
          ) : (
            !usesName && <span className={layout.amberText}>{t('settings.template.noName')}</span>
          )}
        </div>
        {!readOnly && (
          <div className={layout.line}>
            <Button type="submit" loading={busy} disabled={mistake !== null || template === saved}>
              {t('settings.template.save')}
            </Button>
            {template !== saved && (
              <Button variant="subtle" color="gray" onClick={() => setDraft(null)}>
                {t('settings.template.revert')}
              </Button>
            )}
            {template !== DEFAULT_TEMPLATE && (
              <Button variant="subtle" color="gray" onClick={() => edit(DEFAULT_TEMPLATE)}>
                {t('settings.template.reset')}
              </Button>
            )}
          </div>
        )}
      </div>
      <Section
        title={t(
          preview.data?.samples.length &&
            preview.data.samples.every(({ taskId }) => taskId === null)
            ? 'settings.template.previewExamples'
            : 'settings.template.preview',
        )}
      >
        {preview.data?.samples.length === 0 && (
          <p className={layout.quiet}>{t('settings.template.previewNone')}</p>
        )}
        {preview.data && <Samples samples={preview.data.samples} stale={mistake !== null} />}
        {preview.isError && !preview.data && (
          <LoadFault fault={preview.error} retry={() => void preview.refetch()} />
        )}
      </Section>
    </form>
  );
}

/** In place, naming the spot (B5.2). */
function mistakeText(
  t: T,
  template: string,
  pieces: readonly TemplatePiece[],
  language: string,
): string | null {
  if (template.length > TEMPLATE_MAX) {
    return t('settings.template.tooLong', { length: template.length.toLocaleString(language) });
  }
  const mistake = firstMistake(pieces);
  if (!mistake) return null;
  return mistake.kind === 'unknown_field'
    ? t('settings.template.unknownField', { name: mistake.text, at: mistake.at })
    : t('settings.template.brokenBraces', { text: mistake.text, at: mistake.at });
}
