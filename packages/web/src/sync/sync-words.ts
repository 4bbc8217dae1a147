import type { TaskSync } from '@tandem/api';
import { formatMoment } from '../dates/format-date.ts';
import type { T } from '../i18n/use-t.ts';

/** The state of a task's sync in words (B9.3): colour and glyph never say more than these. */
export interface SyncWords {
  /** "Needs you" */
  readonly word: string;
  /** Why, and whose move it is; null when there is nothing to explain. */
  readonly why: string | null;
  /** Salesforce's own text. */
  readonly said: string | null;
  /** The stable code, to stand small beneath. */
  readonly code: string | null;
}

export function syncWords(t: T, sync: TaskSync): SyncWords {
  const { state, reason } = sync;
  const why =
    reason === null || state === 'in_step' || state === 'sending' ? null : reasonText(t, reason);
  return {
    word: t(`sync.state.${state}`),
    why,
    said: why ? sync.message : null,
    code: why && reason && isFaultCode(reason) ? reason : null,
  };
}

/** One line for tooltips and screen readers. */
export function syncLine(t: T, sync: TaskSync, language: string): string {
  const { word, why, said } = syncWords(t, sync);
  const parts = [why, said ? `${t('sync.salesforceSays')} ${said}` : null].filter(Boolean);
  if (sync.state === 'in_step' && sync.lastSyncedAt) {
    parts.push(t('sync.since', { when: formatMoment(sync.lastSyncedAt, language) }));
  }
  const since = sync.state === 'waiting' && sync.problem?.since;
  const head = since
    ? `${word} (${t('sync.since', { when: formatMoment(since, language) })})`
    : word;
  return parts.length === 0 ? head : `${head}: ${parts.join(' ')}`;
}

/** A reason is one of ours (`sync_off`) or the cause of a fault (`ENTITY_IS_LOCKED`). */
export function reasonText(t: T, reason: string): string {
  const own = lookUp(t, `sync.reason.${reason}`);
  if (own !== null) return own;
  const fault = faultWords(t, reason);
  return fault === null ? t('sync.reason.unknown') : t('sync.twoSentences', { ...fault });
}

/** What happened and what happens next, by cause; null for a cause that is newer than this page. */
export function faultWords(t: T, cause: string): { what: string; next: string } | null {
  return causeWords(t, `sync.fault.${cause}`);
}

export function skipWords(t: T, reason: string): { what: string; next: string } {
  return (
    causeWords(t, `sync.skip.${reason}`) ?? {
      what: t('sync.skip.unknown.what'),
      next: t('sync.skip.unknown.next'),
    }
  );
}

function causeWords(t: T, key: string): { what: string; next: string } | null {
  const what = lookUp(t, `${key}.what`);
  const next = lookUp(t, `${key}.next`);
  return what === null || next === null ? null : { what, next };
}

function isFaultCode(reason: string): boolean {
  return /^[A-Z][A-Za-z_/]+$/.test(reason);
}

/** Codes come from the server and may be newer than this page: no text, no crash. */
function lookUp(t: T, key: string): string | null {
  const text = (t as (key: string, options: object) => unknown)(key, { defaultValue: '' });
  return typeof text === 'string' && text !== '' ? text : null;
}
