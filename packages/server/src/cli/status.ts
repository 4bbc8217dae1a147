import type { Command } from 'commander';
import { withClient } from '../backup/with-client.ts';
import { readRunning, withDatabase } from '../running.ts';
import { type Cli, say, sayJson } from './cli.ts';

interface Row {
  readonly workspace: string;
  readonly members: number;
  readonly tasks: number;
  readonly connections: number;
  readonly syncing: number;
  readonly needSignIn: number;
  readonly unsent: number;
  readonly lastPollAt: string | null;
}

export function addStatus(program: Command, cli: Cli): void {
  program
    .command('status')
    .description('Workspaces, connections and what is not sent yet, in numbers.')
    .option('--json', 'print JSON')
    .action((options: { json?: boolean }) => {
      const config = cli.config();
      return withDatabase(config, async (databaseUrl) => {
        const running = readRunning(config.dataDir);
        await withClient(databaseUrl, async (client) => {
          const { rows: workspaces } = await client.query<Row>(STATUS);
          const url = running?.url ?? null;
          if (options.json) return sayJson(cli, { url, workspaces });
          say(cli, url === null ? 'No server runs on this data folder.' : `Running at ${url}.`);
          for (const row of workspaces) say(cli, sentence(row));
        });
      });
    });
}

const STATUS = `
  select w.name as workspace,
    (select count(*)::int from tandem.members m where m.workspace_id = w.workspace_id) as members,
    (select count(*)::int from tandem.tasks t
      where t.workspace_id = w.workspace_id and t.trashed_at is null) as tasks,
    (select count(*)::int from tandem.connections c
      where c.workspace_id = w.workspace_id and c.connected) as connections,
    (select count(*)::int from tandem.connections c
      where c.workspace_id = w.workspace_id and c.status = 'on') as syncing,
    (select count(*)::int from tandem.connections c
      where c.workspace_id = w.workspace_id and c.status = 'needs_sign_in') as "needSignIn",
    (select count(*)::int from tandem.links l
      where l.workspace_id = w.workspace_id and l.dirty_since is not null) as unsent,
    (select to_char(max(c.last_poll_at) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') from tandem.connections c
      where c.workspace_id = w.workspace_id) as "lastPollAt"
  from tandem.workspaces w
  order by w.name`;

function sentence(row: Row): string {
  const needs = row.needSignIn === 0 ? '' : `, ${row.needSignIn} must sign in to Salesforce again`;
  const polled = row.lastPollAt === null ? 'never polled' : `last poll ${row.lastPollAt}`;
  return `${row.workspace}: ${row.members} people, ${row.tasks} tasks, ${row.connections} Salesforce accounts, ${row.syncing} syncing${needs}, ${row.unsent} changes to send, ${polled}.`;
}
