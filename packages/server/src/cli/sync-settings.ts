import { importWindow, type SyncSettings, syncSettings } from '@tandem/api';
import type { TandemClient } from '@tandem/client';
import type { Command, Option } from 'commander';
import type { Cli } from './cli.ts';
import { addRemote, choice, flag, many, type Options, UsedWrongly, whole } from './remote.ts';
import { windowOf } from './sync-switch.ts';

/** How your tasks sync; maps, the conflict rule and the share of calls are the workspace's, so an admin's. */
export function addSyncSettings(sync: Command, cli: Cli): void {
  const settings = sync.command('settings').description('How tasks sync.');
  addRemote(settings, cli, {
    name: 'show',
    about: 'How your tasks sync, with what each status of the org means.',
    examples: ['tandem sync settings show', 'tandem sync settings show --json | jq .statusMap'],
    run: async ({ client }) => said(await client.getSettings()),
  });
  addRemote(settings, cli, {
    name: 'set',
    about: 'Change how tasks sync; what is not named stays.',
    options: OPTIONS,
    examples: [
      'tandem sync settings set --window 7d',
      'tandem sync settings set --conflict salesforce --api-share 30',
      'tandem sync settings set --status "In Progress=open" --status "Deferred=none"',
      'tandem sync settings set --confirm-status-map',
    ],
    run: async ({ client, options }) => {
      const body = await changeOf(client, options);
      if (Object.keys(body).length === 0) throw new UsedWrongly('Name a setting; see --help.');
      return said(await client.putSettings({ body }));
    },
  });
}

const CONFLICT_RULES = syncSettings.shape.conflictRule.options;
const OPTIONS: readonly Option[] = [
  choice('--window <window>', 'which tasks come in first', importWindow.options),
  choice('--conflict <rule>', 'who wins where both sides changed a field; admins', CONFLICT_RULES),
  choice('--reopen-to-former <yes>', 'reopen to the open status it had; admins', ['yes', 'no']),
  many(
    '--status <map>',
    'what a status of the org means: "In Progress=open", complete or none; admins',
  ),
  many('--priority <map>', 'what a priority of the org means: "Low=normal", high or none; admins'),
  flag('--confirm-status-map', 'the statuses mean what "settings show" says; admins'),
  whole(
    '--api-share <percent>',
    'of the org’s daily API calls that Tandem keeps to; admins',
    5,
    100,
  ),
];

type Change = NonNullable<NonNullable<Parameters<TandemClient['putSettings']>[0]>['body']>;

async function changeOf(client: TandemClient, options: Options): Promise<Change> {
  const { conflict, reopenToFormer, confirmStatusMap, apiShare } = options;
  const window = windowOf(options);
  return {
    ...(window === undefined ? {} : { importWindow: window }),
    ...(conflict === undefined ? {} : { conflictRule: conflict as SyncSettings['conflictRule'] }),
    ...(reopenToFormer === undefined ? {} : { reopenToFormerStatus: reopenToFormer === 'yes' }),
    ...(confirmStatusMap === true ? { confirmStatusMap } : {}),
    ...(apiShare === undefined ? {} : { apiShare: Number(apiShare) }),
    ...(await mapsOf(client, options)),
  };
}

/** A map is saved whole, so what is named goes into the one that is there. */
async function mapsOf(client: TandemClient, { status, priority }: Options): Promise<Change> {
  if (status === undefined && priority === undefined) return {};
  const before = await client.getSettings();
  return {
    ...(status === undefined
      ? {}
      : { statusMap: { ...before.statusMap, ...pairs(status, ['open', 'complete']) } }),
    ...(priority === undefined
      ? {}
      : { priorityMap: { ...before.priorityMap, ...pairs(priority, ['normal', 'high']) } }),
  };
}

function pairs<Word extends string>(
  given: Options[string],
  words: readonly Word[],
): Record<string, Word | null> {
  const pair = (line: string) => {
    const at = line.lastIndexOf('=');
    const to = line.slice(at + 1);
    const word = words.find((one) => one === to);
    if (at > 0 && (word !== undefined || to === 'none')) return [line.slice(0, at), word ?? null];
    throw new UsedWrongly(
      `"${line}" is not like "In Progress=${words[0]}" (${words.join(', ')} or none).`,
    );
  };
  return Object.fromEntries((given as readonly string[]).map(pair));
}

const WINS = {
  latest: 'the latest edit wins',
  salesforce: 'Salesforce wins',
  app: 'the app wins',
} as const;

function said(settings: SyncSettings) {
  const { mode, team, statusMap, priorityMap, orgStatuses, orgPriorities, newStatuses } = settings;
  const set =
    team.mode === 'each'
      ? ''
      : ` (an admin has set it ${team.mode} for everybody${team.locked ? ', locked' : ''})`;
  const line = (value: string, to: string | null | undefined) => `  ${value} = ${to ?? 'none'}`;
  const map = (
    name: string,
    values: readonly { value: string }[],
    to: Record<string, string | null>,
  ) => (values.length === 0 ? [] : [name, ...values.map(({ value }) => line(value, to[value]))]);
  return {
    json: settings,
    lines: [
      `Sync is ${mode}${set}.`,
      `First to come in: ${settings.importWindow}. Where both sides changed a field: ${WINS[settings.conflictRule]}.`,
      `Reopening goes to the former open status: ${settings.reopenToFormerStatus ? 'yes' : 'no'}. Share of API calls: ${settings.apiShare} %.`,
      ...map('Statuses of the org:', orgStatuses, statusMap),
      ...map('Priorities of the org:', orgPriorities, priorityMap),
      ...newStatuses.map(({ value, since }) => `New in the org since ${since}: ${value}`),
      ...(settings.statusMapConfirmed
        ? []
        : ['Nothing syncs before an admin says: tandem sync settings set --confirm-status-map']),
    ],
  };
}
