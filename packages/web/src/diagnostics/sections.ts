import type { Me, ProblemCauses } from '@tandem/api';

export type Cause = ProblemCauses['causes'][number];
export type SectionName = 'you' | 'admin' | 'colleagues' | 'nobody' | 'skipped';

const ORDER: readonly SectionName[] = ['you', 'admin', 'colleagues', 'nobody', 'skipped'];

/** Causes under the headings of a page: first what the reader must do, last what needs nobody. */
export function sectionsOf(
  causes: readonly Cause[],
  role: Me['role'] | undefined,
): readonly { readonly name: SectionName; readonly causes: readonly Cause[] }[] {
  return ORDER.map((name) => ({
    name,
    causes: causes.filter((cause) => sectionOf(cause, role) === name),
  })).filter((section) => section.causes.length > 0);
}

function sectionOf({ kind, whoseMove, own }: Cause, role: Me['role'] | undefined): SectionName {
  if (kind === 'skipped') return 'skipped';
  // What only an admin can mend is the reader's own move, if the reader is one.
  if (whoseMove === 'admin') return role === 'admin' ? 'you' : 'admin';
  if (whoseMove === 'user') return own > 0 ? 'you' : 'colleagues';
  return 'nobody';
}

export const PLACES = {
  signIn: '/settings/salesforce',
  map: '/settings/salesforce',
  access: '/settings/salesforce',
  health: '/health',
} as const;

/** Where the thing can be done, if it can be done in Tandem. */
export function actOf({
  kind,
  cause,
  class: nature,
}: Pick<Cause, 'kind' | 'cause' | 'class'>): keyof typeof PLACES | null {
  if (kind === 'skipped') return cause === 'unmapped_closed_status' ? 'map' : null;
  if (nature === 'authentication') return 'signIn';
  if (cause === 'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST') return 'map';
  if (cause === 'REQUEST_LIMIT_EXCEEDED') return 'health';
  return PERMISSIONS.has(cause) ? 'access' : null;
}

const PERMISSIONS = new Set([
  'API_CURRENTLY_DISABLED',
  'API_DISABLED_FOR_ORG',
  'INSUFFICIENT_ACCESS',
  'INSUFFICIENT_ACCESS_OR_READONLY',
  'INVALID_FIELD',
  'INVALID_FIELD_FOR_INSERT_UPDATE',
  'INVALID_TYPE',
]);
