import type { HistoryEntry } from '@tandem/api';
import { formatDate } from '../dates/format-date.ts';
import { isPlainDate } from '../dates/plain-date.ts';
import type { T } from '../i18n/use-t.ts';

/**
 * One line of a task's history as a sentence (B11.4). The journal holds facts, never sentences; every
 * kind of fact has its words here, in both languages, and a kind newer than this page has some too.
 */
export interface SentenceContext {
  readonly t: T;
  readonly language: string;
  /** Id of the reader, who is called "you"; a name may be a colleague's too. */
  readonly self: string | null;
  /** App users by id, for owners. */
  readonly names?: ReadonlyMap<string, string>;
}

export function historySentence(entry: HistoryEntry, context: SentenceContext): string {
  const { t } = context;
  const field = fieldOf(entry);
  const words = {
    actor: actorOf(entry, context),
    field: t(`history.field.${field}`),
    fieldStart: t(`history.fieldStart.${field}`),
    from: valueText(field, entry.from, context),
    to: valueText(field, entry.to, context),
    lost: valueText(field, entry.lost, context),
    message: typeof entry.data.message === 'string' ? entry.data.message : '',
  };
  return t(`history.kind.${keyOf(entry, field)}`, words);
}

/** The value that lost and can be brought back; null when there is none. */
export function lostValue(entry: HistoryEntry, context: SentenceContext): string | null {
  return entry.hasLost ? valueText(fieldOf(entry), entry.lost, context) : null;
}

type Key = keyof typeof import('../locales/en/history.ts').history.kind;
type Field = keyof typeof import('../locales/en/history.ts').history.field;

/** A person answered "keep them" when much was about to be deleted. */
const KEPT = 'B11.5';

function keyOf(entry: HistoryEntry, field: Field): Key {
  const { kind, side } = entry;
  switch (kind) {
    case 'created':
    case 'imported':
    case 'sent':
    case 'adopted':
    case 'archived':
    case 'retried':
    case 'skipped':
    case 'unmapped':
    case 'shortened':
      return kind;
    case 'gone':
      return entry.rule === KEPT ? 'gone_kept' : 'gone';
    case 'edited':
      if (field === 'status') return entry.to === 'complete' ? 'completed' : 'reopened';
      return change('edited', field, entry);
    case 'pulled':
      if (field === 'status') {
        return entry.to === 'complete' ? 'pulled_completed' : 'pulled_reopened';
      }
      return change('pulled', field, entry);
    case 'pushed':
      return isWordless(field, entry.to) || isNothing(entry.to) ? 'pushed_long' : 'pushed';
    case 'conflict': {
      const kept = side === 'sf' ? 'conflict_sf' : 'conflict_app';
      return isWordless(field, entry.to) ? `${kept}_long` : kept;
    }
    case 'deleted':
      // Nobody's own doing: Tandem carried the deletion over.
      return side === 'app' && entry.actor === null ? 'deleted_carried' : `deleted_${side}`;
    case 'restored':
      if (entry.rule === KEPT) return 'restored_kept';
      if (entry.field === null) return `restored_${side}`;
      return isWordless(field, entry.to) || isNothing(entry.to)
        ? 'restored_value_long'
        : 'restored_value';
    case 'reassigned':
      return side === 'app' ? 'reassigned_app' : 'reassigned_sf';
    case 'refused':
      return typeof entry.data.message === 'string' && entry.data.message !== ''
        ? 'refused_says'
        : 'refused';
    case 'late_overwrite':
      return isWordless(field, entry.lost) ? 'late_overwrite_plain' : 'late_overwrite';
    default:
      return 'edited_long';
  }
}

function change<K extends 'edited' | 'pulled'>(kind: K, field: Field, entry: HistoryEntry) {
  if (isWordless(field, entry.to) || isWordless(field, entry.from)) return `${kind}_long` as const;
  if (isNothing(entry.to)) return `${kind}_cleared` as const;
  return isNothing(entry.from) ? (`${kind}_set` as const) : kind;
}

/**
 * Details may be pages long, and a Salesforce id means nothing to a reader: the sentence then says that
 * the field changed, not how.
 */
function isWordless(field: Field, value: unknown): boolean {
  return field === 'other' || field === 'details' || isSalesforceId(value);
}

function isSalesforceId(value: unknown): boolean {
  return typeof value === 'string' && /^[0-9a-zA-Z]{5}0[0-9a-zA-Z]{9}([A-Z0-5]{3})?$/.test(value);
}

const FIELDS: ReadonlySet<string> = new Set<Field>([
  'name',
  'type',
  'status',
  'priority',
  'dueDate',
  'details',
  'owner',
  'person',
  'related',
  'campaign',
  'callOutcome',
  'callReason',
]);

function fieldOf(entry: HistoryEntry): Field {
  return entry.field !== null && FIELDS.has(entry.field) ? (entry.field as Field) : 'other';
}

function actorOf({ actor, actorId, side }: HistoryEntry, { t, self }: SentenceContext): string {
  if (actor === null) return t(side === 'engine' ? 'history.tandem' : 'history.somebody');
  return actorId !== null && actorId === self ? t('history.you') : actor;
}

function valueText(field: Field, value: unknown, { t, language, names }: SentenceContext): string {
  if (isNothing(value)) return t('history.empty_value');
  if (typeof value === 'number') return String(value);
  if (typeof value === 'string') {
    if (field === 'status' && (value === 'open' || value === 'complete')) {
      return t(`tasks.status.${value}`);
    }
    if (field === 'priority' && (value === 'normal' || value === 'high')) {
      return t(`tasks.priority.${value}`);
    }
    if (
      field === 'type' &&
      (value === 'email' || value === 'call' || value === 'inmail' || value === 'custom')
    ) {
      return t(`tasks.type.${value}`);
    }
    if (field === 'dueDate' && isPlainDate(value)) return formatDate(value, language);
    if (field === 'owner') return names?.get(value) ?? value;
    return value;
  }
  const named = value as { name?: unknown };
  return typeof named.name === 'string' ? named.name : JSON.stringify(value);
}

function isNothing(value: unknown): boolean {
  return value === null || value === undefined || value === '';
}
