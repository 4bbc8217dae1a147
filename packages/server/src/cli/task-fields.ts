import { type Task, type TaskPatch, taskPriority, taskStatus, taskType } from '@tandem/api';
import type { TandemClient } from '@tandem/client';
import type { Option } from 'commander';
import { recordOf } from './records.ts';
import { choice, type Options, text, UsedWrongly, whole } from './remote.ts';
import { userIdOf } from './who.ts';

/** The contract's own bound. */
const CAMPAIGN_MAX = 1_000;

/** Every field of a task (B1.1) but its name, which `add` has as its argument. */
export const TASK_FIELDS: readonly Option[] = [
  text('--due <date>', 'a date like 2026-11-24, or none'),
  choice('--type <type>', 'what kind', taskType.options),
  choice('--priority <priority>', 'how pressing', taskPriority.options),
  choice('--status <status>', 'open or complete', taskStatus.options),
  text('--details <text>', 'more about it'),
  text('--owner <who>', 'whose it is: me, an e-mail address, or a user id'),
  text(
    '--person <who>',
    'a name to look for in Salesforce, or Contact:<id>:<name> as "find-record" prints it, or none',
  ),
  text('--related <record>', 'the same for an account, an opportunity …'),
  text('--campaign <name>', 'name of the sales campaign, or none'),
  whole('--campaign-day <day>', 'its day', 1, CAMPAIGN_MAX),
  whole('--campaign-step <step>', 'its step', 1, CAMPAIGN_MAX),
  text('--call-outcome <text>', 'how the call ended, or none'),
  text('--call-reason <text>', 'what the call was about, or none'),
];

/** `before`: the task as it is, for what is changed in part only; null for a new one. */
export async function fieldsOf(
  client: TandemClient,
  options: Options,
  before: (() => Promise<Task>) | null,
): Promise<TaskPatch> {
  const { due, details, owner, person, related, callOutcome, callReason } = options;
  const campaign = await campaignOf(options, before);
  return {
    ...pick(options, 'type'),
    ...pick(options, 'priority'),
    ...pick(options, 'status'),
    ...(due === undefined ? {} : { dueDate: orNone(due) }),
    ...(details === undefined ? {} : { details: String(details) }),
    ...(owner === undefined ? {} : { ownerId: await userIdOf(client, String(owner)) }),
    ...(person === undefined ? {} : { person: await recordOf(client, 'person', String(person)) }),
    ...(related === undefined
      ? {}
      : { related: await recordOf(client, 'related', String(related)) }),
    ...(campaign === undefined ? {} : { campaign }),
    ...(callOutcome === undefined ? {} : { callOutcome: orNone(callOutcome) }),
    ...(callReason === undefined ? {} : { callReason: orNone(callReason) }),
  };
}

/** Commander has refused every other word already. */
function pick<Name extends 'type' | 'priority' | 'status'>(options: Options, name: Name) {
  const value = options[name];
  return value === undefined ? {} : ({ [name]: value } as { readonly [N in Name]: Task[N] });
}

function orNone(value: Options[string]): string | null {
  return value === 'none' ? null : String(value);
}

/** Its three parts are one field: a day on its own goes to the campaign that the task has. */
async function campaignOf(
  { campaign, campaignDay, campaignStep }: Options,
  before: (() => Promise<Task>) | null,
): Promise<Task['campaign'] | undefined> {
  if (campaign === undefined && campaignDay === undefined && campaignStep === undefined) {
    return undefined;
  }
  if (campaign === 'none') {
    if ((campaignDay ?? campaignStep) === undefined) return null;
    throw new UsedWrongly('--campaign none goes without --campaign-day and --campaign-step.');
  }
  const had = before === null ? null : (await before()).campaign;
  const name = campaign === undefined ? had?.name : String(campaign);
  if (name === undefined) {
    throw new UsedWrongly('A day or a step belongs to a campaign: say --campaign <name> too.');
  }
  const kept = had?.name === name ? had : null;
  const part = (given: Options[string], old: number | null | undefined) =>
    given === undefined ? (old ?? null) : Number(given);
  return { name, day: part(campaignDay, kept?.day), step: part(campaignStep, kept?.step) };
}
