import { SALESFORCE_LIMITS, TASK_LIMITS } from '@tandem/engine';
import { InvalidValue } from '../errors.ts';
import type { TaskRowPatch } from './task-view.ts';

/** A batch is one transaction that holds its rows; longer ones make the neighbours wait. */
export const TASKS_PER_CALL_MAX = 500;

/**
 * What PostgreSQL could not keep exactly as given is refused by name, never altered: text may hold no
 * NUL, and half a surrogate pair is not text at all.
 */
export function checkValues(values: TaskRowPatch): void {
  checkText('name', values.name, TASK_LIMITS.nameMax);
  checkText('details', values.details, TASK_LIMITS.detailsMax);
  checkText('campaign.name', values.campaign?.name, SHORT_TEXT_MAX);
  checkText('callOutcome', values.callOutcome, SHORT_TEXT_MAX);
  checkText('callReason', values.callReason, SHORT_TEXT_MAX);
  checkText('person.name', values.person?.name, SHORT_TEXT_MAX);
  checkText('related.name', values.related?.name, SHORT_TEXT_MAX);
}

export function checkBatch(field: string, items: readonly unknown[]): void {
  if (items.length > TASKS_PER_CALL_MAX) {
    throw new InvalidValue(field, `must be at most ${TASKS_PER_CALL_MAX} at once`);
  }
}

/** As wide as Salesforce's own short texts. */
const SHORT_TEXT_MAX = SALESFORCE_LIMITS.subjectMax;

const UNSTORABLE =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: NUL is the one character text cannot hold.
  /\u0000|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;

function checkText(field: string, text: string | null | undefined, max: number): void {
  if (text === null || text === undefined) return;
  if (text.length > max) throw new InvalidValue(field, `must be at most ${max} characters`);
  if (UNSTORABLE.test(text)) {
    throw new InvalidValue(field, 'holds a character that cannot be stored');
  }
}
