import { CAUSE_TEXTS, PROBLEMS, type ProblemCode } from '@tandem/api';
import { FAULTS, type FaultCause } from '@tandem/engine';

/** What a program or a person does about each problem. */
export const ERROR_ADVICE: Record<ProblemCode, string> = {
  invalid_input:
    '`errors` names each bad field and what is wrong with it. Mend those and send again.',
  invalid_template:
    '`errors` names the place. Use the seven dynamic fields, each in double braces.',
  not_signed_in: 'Sign in, or send `Authorization: Bearer tdm_…` with a token that is not revoked.',
  wrong_credentials: 'Check both. Which of the two is wrong is not told, on purpose.',
  not_allowed: 'Ask an admin of your workspace to do it, or to change your role.',
  cross_site:
    'Writes with a session cookie are taken from Tandem’s own pages only. Programs use a token.',
  no_workspace: 'Ask an admin of the workspace for an invitation.',
  view_only: 'Leave out `as` to act as yourself.',
  not_found: 'It does not exist, or not for you.',
  method_not_allowed: 'The `Allow` header lists what this address does.',
  conflict: 'Read it again, then decide.',
  request_under_way:
    'Ask again in a moment. If that does not end, the first request broke off: look whether it took effect, then use a new key.',
  idempotency_key_reused:
    'Use a new `Idempotency-Key` for each request; repeat one only with the same request.',
  last_admin: 'Make somebody else an admin first.',
  in_a_workspace:
    'An account is in one workspace. Be removed from the other one first, or join with another e-mail address.',
  invitation_over:
    'It was used, revoked, or is older than seven days. Ask the admin for another one.',
  webhook_off: 'Switch it on first: `PATCH` with `{"state":"on"}`, or Settings → Programs.',
  not_connected: 'Connect a Salesforce account: Settings → Salesforce.',
  nothing_asked: 'Nothing. Somebody has answered already, or what was asked about is gone.',
  confirm_status_map:
    'The org lacks a standard status. An admin confirms the proposed map: `PUT sync/settings` with `{"confirmStatusMap":true}`, or Settings → Salesforce.',
  sync_is_off: 'Switch sync on: Settings → Salesforce → Sync settings.',
  too_large: 'Split it: at most 1 MiB a request and 500 tasks at once.',
  unsupported_media_type: 'Send `Content-Type: application/json`.',
  too_many_requests: 'Wait as long as the `Retry-After` header says.',
  internal: 'Nothing of the request was stored. Try again; the log has the request’s id.',
  salesforce_unavailable: 'Try again in a minute. Your data here is not touched.',
  salesforce_sign_in: 'Connect Salesforce again: Settings → Salesforce. Nothing is lost meanwhile.',
  mail_off:
    'Whoever runs Tandem sets `TANDEM_SMTP_URL` and `TANDEM_MAIL_FROM`; `tandem doctor` checks them.',
  mail_unavailable: 'Try again later. `tandem doctor` says what the mail server answers.',
  link_used: 'Ask for a new one.',
  not_ready: 'Try again in a few seconds.',
};

/** docs/ERRORS.md, whole. */
export function errorsDocument(): string {
  const rows = (Object.keys(PROBLEMS) as ProblemCode[]).map(
    (code) =>
      `| \`${code}\` | ${PROBLEMS[code].status} | ${PROBLEMS[code].title} | ${ERROR_ADVICE[code]} |`,
  );
  return `# Errors

Every error of the API is a problem document (RFC 9457, \`application/problem+json\`):

\`\`\`json
{
  "type": "https://tandem.example/errors#invalid_input",
  "title": "Some of the input is not valid.",
  "status": 400,
  "code": "invalid_input",
  "detail": "dueDate: is not a day of the calendar.",
  "errors": [{ "field": "dueDate", "message": "is not a day of the calendar" }]
}
\`\`\`

\`code\` is stable; programs decide by it. \`detail\` is for people and may change. \`errors\` is there
when fields are to blame.

| code | status | title | what to do |
|---|---|---|---|
${rows.join('\n')}

## What Salesforce refuses

A task that does not get through says so at the task, in Diagnostics, and in \`GET /api/v1/sync/problems\`: \`code\` is
Salesforce's own, \`cause\` is a row of this table. The class says what Tandem does:

| class | what Tandem does |
|---|---|
| authentication | The account rests until somebody signs in to Salesforce again. Nothing is lost meanwhile. |
| access | This one task is parked, its neighbours go on. It is planned again when either side, the maps, the picklists or the account's permissions change, once a day, and at “Retry”. |
| intermittent | This one task waits 5 s, then twice as long each time, at most 15 minutes, each spread by chance; a whole request that fails so ends the turn, and the next one begins 15 s later. |
| other | As access. |

| cause | class | whose move | what happened | what happens next |
|---|---|---|---|---|
${faultRows().join('\n')}
| any other code | other | admin | ${CAUSE_TEXTS.en.unknown.what} | ${CAUSE_TEXTS.en.unknown.next} |

This page is made from \`packages/api/src/problem.ts\`, \`packages/api/src/faults\` and \`packages/engine/src/faults.ts\`;
tests hold them equal.
`;
}

function faultRows(): string[] {
  return (Object.keys(FAULTS) as FaultCause[]).map((cause) => {
    const { class: kind, whoseMove } = FAULTS[cause];
    const { what, next } = CAUSE_TEXTS.en.faults[cause];
    return `| \`${cause}\` | ${kind} | ${whoseMove} | ${what} | ${next} |`;
  });
}
