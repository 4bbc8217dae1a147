import type { Connection, SalesforceAccess } from '@tandem/api';
import type { Command } from 'commander';
import type { Cli } from './cli.ts';
import { addRemote } from './remote.ts';

/** The Salesforce account behind it. Connecting itself needs a browser: Salesforce asks there. */
export function addSyncConnection(sync: Command, cli: Cli): void {
  addRemote(sync, cli, {
    name: 'connection',
    about: 'Your Salesforce account as Tandem knows it.',
    examples: ['tandem sync connection', 'tandem sync connection --json | jq -r .orgId'],
    run: async ({ client, url }) => {
      const connection = await client.getConnection();
      return { json: connection, lines: connectionLines(connection, url) };
    },
  });
  addRemote(sync, cli, {
    name: 'access',
    about: 'What Tandem may do in Salesforce, asked now; exit code 1 where something is missing.',
    examples: ['tandem sync access'],
    run: async ({ client, progress }) => {
      progress('Asking Salesforce');
      const access = await client.salesforceAccess();
      if (access.permissions.some(({ granted }) => !granted)) cli.exitCode = 1;
      return { json: access, lines: access.permissions.map(permissionLine) };
    },
  });
  addRemote(sync, cli, {
    name: 'disconnect',
    about: 'Disconnect your Salesforce account; links and history stay (B7.1).',
    examples: ['tandem sync disconnect'],
    run: async ({ client }) => {
      await client.disconnect();
      return {
        json: { disconnected: true },
        lines: ['Disconnected. Nothing was deleted on either side.'],
      };
    },
  });
}

function connectionLines(
  { state, displayName, username, orgName, orgId, instanceUrl, creationKeyField }: Connection,
  url: string,
): string[] {
  const who = username === null ? '' : `: ${displayName ?? username} (${username})`;
  const where = orgId === null ? [] : [`Org: ${orgName ?? ''} ${orgId}  ${instanceUrl ?? ''}`];
  const key =
    creationKeyField === false ? ['The org has no key field; see docs/OPERATING.md.'] : [];
  const connect =
    state === 'connected' ? [] : [`To connect, open ${url}/settings/salesforce in a browser.`];
  return [`${state}${who}`, ...where, ...key, ...connect];
}

const PERMISSIONS = {
  api: 'use the API',
  task_read: 'read tasks',
  task_create: 'create tasks',
  task_edit: 'edit tasks',
  task_delete: 'delete tasks',
  field_read: 'read the field',
  field_edit: 'edit the field',
} as const;

function permissionLine({ name, field, granted }: SalesforceAccess['permissions'][number]): string {
  const what = [PERMISSIONS[name], field].filter((part) => part !== null).join(' ');
  return granted
    ? `yes  ${what}`
    : `NO   ${what}: a Salesforce admin can allow it for your profile.`;
}
