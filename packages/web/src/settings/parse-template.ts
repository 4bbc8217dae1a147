/** The template as the editor sees it while it is typed: text, fields, and the first mistake (B5.1, B5.2). */

export const TEMPLATE_FIELDS = [
  'activity_subject',
  'activity_type',
  'sales_campaign_name',
  'sales_campaign_day',
  'sales_campaign_step',
  'call_outcome',
  'call_reason',
] as const;
export type TemplateField = (typeof TEMPLATE_FIELDS)[number];

export const DEFAULT_TEMPLATE = '{{activity_subject}}';
/** As long as the API takes. */
export const TEMPLATE_MAX = 1000;

export type TemplatePiece =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'field'; readonly text: string; readonly field: TemplateField }
  | { readonly kind: 'mistake'; readonly text: string; readonly mistake: Mistake };

export interface Mistake {
  readonly kind: 'unknown_field' | 'broken_braces';
  /** From 1, as people count. */
  readonly at: number;
  readonly text: string;
}

/** The pieces join to exactly the text that was typed. */
export function templatePieces(template: string): TemplatePiece[] {
  const pieces: TemplatePiece[] = [];
  let at = 0;
  for (const match of template.matchAll(/\{\{((?:(?!\{\{|\}\}).)*)\}\}|\{\{|\}\}/gs)) {
    if (match.index > at) pieces.push({ kind: 'text', text: template.slice(at, match.index) });
    pieces.push(pieceOf(match[0], match[1], match.index));
    at = match.index + match[0].length;
  }
  if (at < template.length) pieces.push({ kind: 'text', text: template.slice(at) });
  return pieces;
}

/**
 * A chip is one thing: deleting backwards at its end, or forwards at its beginning, takes it whole. Null: the
 * caret stands elsewhere.
 */
export function chipBeside(
  pieces: readonly TemplatePiece[],
  caret: number,
  side: 'before' | 'after',
): { readonly from: number; readonly to: number } | null {
  let from = 0;
  for (const piece of pieces) {
    const to = from + piece.text.length;
    if (piece.kind === 'field' && caret === (side === 'before' ? to : from)) return { from, to };
    from = to;
  }
  return null;
}

export function firstMistake(pieces: readonly TemplatePiece[]): Mistake | null {
  for (const piece of pieces) if (piece.kind === 'mistake') return piece.mistake;
  return null;
}

function pieceOf(text: string, inner: string | undefined, index: number): TemplatePiece {
  const at = index + 1;
  if (inner === undefined) {
    return { kind: 'mistake', text, mistake: { kind: 'broken_braces', at, text } };
  }
  const name = inner.trim().toLowerCase();
  const field = TEMPLATE_FIELDS.find((known) => known === name);
  return field
    ? { kind: 'field', text, field }
    : { kind: 'mistake', text, mistake: { kind: 'unknown_field', at, text: inner.trim() } };
}
