import { z } from 'zod';

/** RFC 9457 problem document, as `application/problem+json`. */
export const problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  /** Stable code out of PROBLEMS. */
  code: z.string(),
  detail: z.string(),
  /** What to do about it; with title and detail in the member's language, else the request's. */
  next: z.string().optional(),
  /** One line per bad field: where it is and what is wrong with it. */
  errors: z.array(z.object({ field: z.string(), message: z.string() })).optional(),
});
export type Problem = z.infer<typeof problem>;

/** Every problem the API can answer with. docs/ERRORS.md and the web texts are held equal to this by tests. */
export const PROBLEMS = {
  invalid_input: { status: 400, title: 'Some of the input is not valid.' },
  invalid_template: { status: 400, title: 'The template has a mistake.' },
  not_signed_in: { status: 401, title: 'Sign in first.' },
  wrong_credentials: { status: 401, title: 'This e-mail and password do not belong together.' },
  not_allowed: { status: 403, title: 'Your role does not allow this.' },
  cross_site: { status: 403, title: 'This request came from another site.' },
  no_workspace: { status: 403, title: 'You are in no workspace.' },
  view_only: { status: 403, title: 'You are only looking.' },
  not_found: { status: 404, title: 'There is nothing here.' },
  method_not_allowed: { status: 405, title: 'This address does not do that.' },
  conflict: { status: 409, title: 'Somebody else changed this meanwhile.' },
  request_under_way: { status: 409, title: 'The same request is under way, or broke off.' },
  idempotency_key_reused: {
    status: 422,
    title: 'This Idempotency-Key was used for something else.',
  },
  last_admin: { status: 409, title: 'A workspace keeps an admin.' },
  in_a_workspace: { status: 409, title: 'This account is in a workspace already.' },
  invitation_over: { status: 410, title: 'This invitation is not good any more.' },
  webhook_off: { status: 409, title: 'This webhook is switched off.' },
  not_connected: { status: 409, title: 'Connect Salesforce first.' },
  nothing_asked: { status: 409, title: 'Nothing is waiting for an answer.' },
  confirm_status_map: {
    status: 409,
    title: 'An admin must confirm what the org’s statuses mean first.',
  },
  sync_is_off: { status: 409, title: 'Sync is switched off.' },
  too_large: { status: 413, title: 'That is too much at once.' },
  unsupported_media_type: { status: 415, title: 'Send JSON.' },
  too_many_requests: { status: 429, title: 'Too many requests; wait a moment.' },
  internal: { status: 500, title: 'Something broke on our side.' },
  salesforce_unavailable: { status: 502, title: 'Salesforce did not answer as expected.' },
  salesforce_sign_in: { status: 409, title: 'Sign in to Salesforce again.' },
  mail_off: { status: 409, title: 'No mail is sent from here.' },
  mail_unavailable: { status: 502, title: 'The mail server did not take the mail.' },
  link_used: { status: 410, title: 'This link was used already, or is too old.' },
  not_ready: { status: 503, title: 'Tandem is starting or its database is away.' },
} as const satisfies Record<string, { status: number; title: string }>;
export type ProblemCode = keyof typeof PROBLEMS;
