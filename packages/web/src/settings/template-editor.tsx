import { type KeyboardEvent, type RefObject, useLayoutEffect, useRef } from 'react';
import { useT } from '../i18n/use-t.ts';
import {
  chipBeside,
  TEMPLATE_FIELDS,
  type TemplateField,
  type TemplatePiece,
} from './parse-template.ts';
import s from './template.module.css';

interface Props {
  readonly value: string;
  readonly pieces: readonly TemplatePiece[];
  readonly invalid: boolean;
  readonly readOnly: boolean;
  readonly onChange: (template: string) => void;
}

/**
 * An ordinary text field, so that every key, paste and screen reader works as anywhere; the chips are
 * painted behind the same text.
 */
export function TemplateEditor({ value, pieces, invalid, readOnly, onChange }: Props) {
  const { t } = useT();
  const field = useRef<HTMLTextAreaElement>(null);
  useGrow(field, value);

  const insert = (name: TemplateField) => {
    const element = field.current;
    const text = `{{${name}}}`;
    const start = element?.selectionStart ?? value.length;
    const end = element?.selectionEnd ?? value.length;
    onChange(value.slice(0, start) + text + value.slice(end));
    requestAnimationFrame(() => {
      element?.focus();
      element?.setSelectionRange(start + text.length, start + text.length);
    });
  };

  const removeChip = (event: KeyboardEvent<HTMLTextAreaElement>, side: 'before' | 'after') => {
    const { selectionStart, selectionEnd } = event.currentTarget;
    if (readOnly || selectionStart !== selectionEnd) return;
    const chip = chipBeside(pieces, selectionStart, side);
    if (chip === null) return;
    // By way of the browser, so that undo brings the chip back.
    event.currentTarget.setSelectionRange(chip.from, chip.to);
  };

  return (
    <>
      <label htmlFor="template" className={s.label}>
        {t('settings.template.label')}
      </label>
      <div className={s.editor} data-invalid={invalid || undefined}>
        <div className={s.paint} aria-hidden="true">
          {pieces.map((piece, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: pieces have no identity but their place
            <span key={index} data-kind={piece.kind}>
              {piece.text}
            </span>
          ))}{' '}
        </div>
        <textarea
          ref={field}
          id="template"
          rows={1}
          value={value}
          readOnly={readOnly}
          spellCheck={false}
          aria-invalid={invalid}
          aria-describedby="template-note"
          // A subject is one line; Enter would only be removed again (B5.5).
          onKeyDown={(event) => {
            if (event.key === 'Enter') event.preventDefault();
            if (event.key === 'Backspace') removeChip(event, 'before');
            if (event.key === 'Delete') removeChip(event, 'after');
          }}
          onChange={(event) => onChange(event.target.value.replace(/[\r\n]+/g, ' '))}
        />
      </div>
      {!readOnly && (
        <fieldset className={s.fields} aria-label={t('settings.template.insert')}>
          <span>{t('settings.template.insert')}</span>
          {TEMPLATE_FIELDS.map((name) => (
            <button
              key={name}
              type="button"
              title={`{{${name}}}: ${t(`settings.template.hints.${name}`)}`}
              aria-label={t('settings.template.insertField', {
                field: t(`settings.template.fields.${name}`),
              })}
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => insert(name)}
            >
              {t(`settings.template.fields.${name}`)}
            </button>
          ))}
        </fieldset>
      )}
    </>
  );
}

function useGrow(field: RefObject<HTMLTextAreaElement | null>, value: string): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: grows with the text
  useLayoutEffect(() => {
    const element = field.current;
    if (!element) return;
    element.style.height = 'auto';
    element.style.height = `${element.scrollHeight}px`;
  }, [value]);
}
