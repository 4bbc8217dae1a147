import { type Database, openDatabase, syncStatus } from '@tandem/store';
import type { Command } from 'commander';
import { readRunning, withDatabase } from '../running.ts';
import { systemClock } from '../wiring.ts';
import { type Cli, say, sayJson } from './cli.ts';

interface Workspace {
  readonly workspace: string;
  readonly members: number;
  readonly tasks: number;
  readonly connections: number;
}

interface Account {
  readonly workspaceId: string;
  readonly workspace: string;
  readonly userId: string;
  readonly username: string;
  readonly orgName: string;
}

type Status = Awaited<ReturnType<typeof syncStatus>>;
type AccountStatus = Pick<Account, 'workspace' | 'username' | 'orgName'> & Status;

/** More than anybody reads at once; the totals above them count everybody. */
const ACCOUNTS_MAX = 200;

export function addStatus(program: Command, cli: Cli): void {
  program
    .command('status')
    .description('How far sync is, account by account, in numbers.')
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      `
Examples:
  tandem status
  tandem status --json | jq '.accounts[] | select(.state != "in_step")'`,
    )
    .action((options: { json?: boolean }) => {
      const config = cli.config();
      return withDatabase(config, async (databaseUrl) => {
        const url = readRunning(config.dataDir)?.url ?? null;
        const db = openDatabase(databaseUrl, { poolMax: 1 });
        try {
          const now = systemClock.now();
          const { rows: workspaces } = await db.pool.query<Workspace>(WORKSPACES);
          const accounts = await accountsOf(db, now);
          if (options.json) return sayJson(cli, { url, workspaces, accounts });
          for (const line of report(url, workspaces, accounts, now)) say(cli, line);
        } finally {
          await db.close();
        }
      });
    });
}

const WORKSPACES = `
  select w.name as workspace,
    (select count(*) from tandem.members m where m.workspace_id = w.workspace_id) as members,
    (select count(*) from tandem.tasks t
      where t.workspace_id = w.workspace_id and t.trashed_at is null) as tasks,
    (select count(*) from tandem.connections c
      where c.workspace_id = w.workspace_id and c.connected) as connections
  from tandem.workspaces w
  order by w.name`;

/** In the words of the page: what both say of an account comes from the same place. */
async function accountsOf(db: Database, now: string): Promise<readonly AccountStatus[]> {
  const { rows } = await db.pool.query<Account>(
    `select c.workspace_id as "workspaceId", w.name as workspace, c.user_id as "userId", c.username,
       c.org_name as "orgName"
     from tandem.connections c join tandem.workspaces w using (workspace_id)
     where c.connected order by w.name, c.username limit ${ACCOUNTS_MAX}`,
  );
  const accounts: AccountStatus[] = [];
  for (const { workspaceId, userId, workspace, username, orgName } of rows) {
    const status = await syncStatus(db, { workspaceId, userId, role: 'rep' }, now);
    accounts.push({ workspace, username, orgName, ...status });
  }
  return accounts;
}

function* report(
  url: string | null,
  workspaces: readonly Workspace[],
  accounts: readonly AccountStatus[],
  now: string,
): Generator<string> {
  yield url === null ? 'No server runs on this data folder.' : `Running at ${url}.`;
  for (const { workspace, members, tasks, connections } of workspaces) {
    yield `${workspace}: ${members} people, ${tasks} tasks, ${connections} Salesforce accounts.`;
    for (const account of accounts) {
      if (account.workspace === workspace) yield `  ${account.username}: ${sentence(account, now)}`;
    }
  }
  const states = new Set(accounts.map(({ state }) => state));
  if (states.has('needs_sign_in')) {
    yield 'Who must sign in to Salesforce again does so in Settings → Salesforce; nothing is lost meanwhile.';
  }
  if (states.has('needs_answer')) {
    yield 'Much was deleted on one side. Tandem asks its person, on the page of tasks, before it follows.';
  }
  if (states.has('stalled')) yield 'Where it stands still, "tandem doctor" looks for the reason.';
}

const WORDS: Readonly<Record<Status['state'], string>> = {
  off: 'off',
  importing: 'importing',
  in_step: 'in step',
  catching_up: 'catching up',
  needs_sign_in: 'must sign in to Salesforce again',
  needs_answer: 'has a question to answer',
  needs_map: 'waits until an admin confirms the map of statuses',
  stalled: 'stands still',
};

function sentence(status: Status, now: string): string {
  const { state, linked, unsent, oldestUnsentAt, needsAttention, lastPollAt } = status;
  const progress =
    state === 'importing' && status.import !== null
      ? ` (${status.import.imported + status.import.linked + status.import.skipped} of ${status.import.found ?? 'unknown'})`
      : '';
  const oldest = oldestUnsentAt === null ? '' : `, the oldest from ${ago(oldestUnsentAt, now)}`;
  const parts = [
    `${WORDS[state]}${progress}`,
    `${linked} linked`,
    `${unsent} to send${oldest}`,
    ...(needsAttention === 0 ? [] : [`${needsAttention} need attention`]),
    ...agreement(status.comparison, now),
    lastPollAt === null ? 'never polled' : `last poll ${ago(lastPollAt, now)}`,
    ...(status.apiUsage === null
      ? []
      : [`${status.apiUsage.used} of ${status.apiUsage.max} API calls today`]),
  ];
  return `${parts.join(', ')}.`;
}

/** B11.6: the health of both sides is how many of them agree. */
function* agreement(comparison: Status['comparison'], now: string): Generator<string> {
  if (comparison === null) return;
  const { state, compared, agreed, missing, finishedAt } = comparison;
  const count = (number: number) => number.toLocaleString('en-US');
  if (state === 'running') yield `comparing, ${count(compared)} so far`;
  if (state === 'running' || finishedAt === null) return;
  yield `${count(agreed)} of ${count(compared)} agree (checked ${ago(finishedAt, now)})`;
  if (missing > 0) yield `${count(missing)} no longer shown by Salesforce`;
}

const UNITS = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
  ['second', 1],
] as const;

function ago(at: string, now: string): string {
  const seconds = Math.max(0, Math.round((Date.parse(now) - Date.parse(at)) / 1000));
  const [unit, size] = UNITS.find(([, length]) => seconds >= length) ?? ['second', 1];
  const count = Math.floor(seconds / size);
  return `${count} ${unit}${count === 1 ? '' : 's'} ago`;
}
