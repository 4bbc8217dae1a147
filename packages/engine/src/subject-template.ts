import { SALESFORCE_LIMITS } from './salesforce-task.ts';
import type { TaskContext, TaskType } from './task.ts';

/** The activity detail template: free text and seven dynamic fields (B5). */

export const TEMPLATE_FIELDS = [
  'activity_type',
  'activity_subject',
  'sales_campaign_name',
  'sales_campaign_day',
  'sales_campaign_step',
  'call_outcome',
  'call_reason',
] as const;
export type TemplateField = (typeof TEMPLATE_FIELDS)[number];

export const DEFAULT_TEMPLATE = '{{activity_subject}}';

export type TemplatePart =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'field'; readonly field: TemplateField };

export type ParsedTemplate =
  | { readonly ok: true; readonly parts: readonly TemplatePart[] }
  /** `at` is the index of the first character of the mistake. */
  | {
      readonly ok: false;
      readonly mistake: 'unknown_field' | 'broken_braces';
      readonly at: number;
      readonly text: string;
    };

/** B5.1, B5.2. Names are matched without regard to case; blanks inside the braces do not matter. */
export function parseTemplate(template: string): ParsedTemplate {
  const parts: TemplatePart[] = [];
  let at = 0;
  while (at < template.length) {
    const open = template.indexOf('{{', at);
    const strayClose = template.indexOf('}}', at);
    if (strayClose !== -1 && (open === -1 || strayClose < open)) {
      return { ok: false, mistake: 'broken_braces', at: strayClose, text: '}}' };
    }
    if (open === -1) {
      parts.push({ kind: 'text', text: template.slice(at) });
      break;
    }
    if (open > at) parts.push({ kind: 'text', text: template.slice(at, open) });
    const close = template.indexOf('}}', open + 2);
    const inner = close === -1 ? '' : template.slice(open + 2, close);
    if (close === -1 || inner.includes('{{')) {
      return { ok: false, mistake: 'broken_braces', at: open, text: '{{' };
    }
    const name = inner.trim().toLowerCase();
    const field = TEMPLATE_FIELDS.find((known) => known === name);
    if (!field) return { ok: false, mistake: 'unknown_field', at: open, text: inner.trim() };
    parts.push({ kind: 'field', field });
    at = close + 2;
  }
  return { ok: true, parts };
}

/** B5.4: a name edit reaches Subject only if this is true. */
export function templateUsesName(template: string): boolean {
  const parsed = parseTemplate(template);
  return (
    parsed.ok &&
    parsed.parts.some((part) => part.kind === 'field' && part.field === 'activity_subject')
  );
}

export interface Subject {
  readonly text: string;
  /** The full length when it had to be shortened (B5.5), else null. */
  readonly cutFrom: number | null;
}

/** B5.3, B5.5. A template that does not parse (it cannot be saved) renders as the name. */
export function renderSubject(template: string, name: string, context: TaskContext): Subject {
  const parsed = parseTemplate(template);
  const rendered = parsed.ok
    ? parsed.parts
        .map((part) => (part.kind === 'text' ? part.text : fieldValue(part.field, name, context)))
        .join('')
    : name;
  return toSubject(oneLine(rendered) === '' ? name : rendered);
}

/** B5.6: the undecorated subject of a task that came from Salesforce. */
export function plainSubject(name: string): Subject {
  return toSubject(name);
}

function toSubject(text: string): Subject {
  const line = oneLine(text);
  const max = SALESFORCE_LIMITS.subjectMax;
  if (line.length <= max) return { text: line, cutFrom: null };
  // Half a surrogate pair is not a character: cut before it.
  const end = isHighSurrogate(line.charCodeAt(max - 1)) ? max - 1 : max;
  return { text: line.slice(0, end).trimEnd(), cutFrom: line.length };
}

/** Line breaks are removed (B5.5); Salesforce itself trims the ends, so we send what it will store. */
function oneLine(text: string): string {
  return text.replace(/[\r\n\u2028\u2029]+/g, '').trim();
}

function isHighSurrogate(code: number): boolean {
  return code >= 0xd800 && code <= 0xdbff;
}

const TYPE_WORD: Record<TaskType, string> = {
  email: 'Email',
  call: 'Call',
  inmail: 'InMail',
  custom: 'Custom',
};

function fieldValue(field: TemplateField, name: string, context: TaskContext): string {
  switch (field) {
    case 'activity_type':
      return TYPE_WORD[context.type];
    case 'activity_subject':
      return name;
    case 'sales_campaign_name':
      return context.campaignName ?? '';
    case 'sales_campaign_day':
      return context.campaignDay === null ? '' : String(context.campaignDay);
    case 'sales_campaign_step':
      return context.campaignStep === null ? '' : String(context.campaignStep);
    case 'call_outcome':
      return context.callOutcome ?? '';
    case 'call_reason':
      return context.callReason ?? '';
  }
}
