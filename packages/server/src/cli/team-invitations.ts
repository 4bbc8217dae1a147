import type { CreatedInvitation, Invitation } from '@tandem/api';
import type { Command } from 'commander';
import type { Cli } from './cli.ts';
import { paging, readPages } from './pages.ts';
import { addRemote, text } from './remote.ts';
import { roleOf } from './roles.ts';

const LIST_USUAL = 200;
const ID = '5d2c7e1a-9b3f-4c6d-8e0a-7f1b2c3d4e06';

/** Links for one person each, good for seven days; an admin's. */
export function addInvitations(team: Command, cli: Cli): void {
  addRemote(team, cli, {
    name: 'invite <role>',
    about: 'Make an invitation as admin, manager or rep; its link is shown this once.',
    options: [text('--email <address>', 'only this address can use it; it is sent there too')],
    examples: ['tandem team invite rep --email bo@aldermoor.example', 'tandem team invite manager'],
    run: async ({ client, url, args: [role = ''], options: { email } }) => {
      const only = email === undefined ? {} : { email: String(email) };
      const made = await client.createInvitation({ body: { role: roleOf(role), ...only } });
      const link = new URL(`/join#${made.token}`, url).href;
      return {
        json: { ...made, link },
        lines: [...mailLines(made), 'Its link, shown this once:', link],
      };
    },
  });
  addRemote(team, cli, {
    name: 'invitations',
    about: 'Invitations that nobody took yet.',
    options: paging(LIST_USUAL),
    examples: ['tandem team invitations'],
    run: async ({ client, options, progress }) => {
      const { items, nextCursor, more } = await readPages({
        options,
        countUsual: LIST_USUAL,
        pageMax: LIST_USUAL,
        read: (query) => client.listInvitations({ query }),
        itemsOf: (page) => page.invitations,
        progress,
      });
      const lines = items.length === 0 ? ['None.'] : items.map(invitationLine);
      return { json: { invitations: items, nextCursor }, lines: [...lines, ...more] };
    },
  });
  addRemote(team, cli, {
    name: 'revoke <id>',
    about: 'Revoke an invitation; its link is dead at once.',
    examples: [`tandem team revoke ${ID}`],
    run: async ({ client, args: [id = ''] }) => {
      await client.revokeInvitation({ params: { id } });
      return { json: { id, revoked: true }, lines: [`Revoked ${id}.`] };
    },
  });
}

function mailLines({ email, mailed, mailFault }: CreatedInvitation): string[] {
  if (email === null) return [];
  if (mailed) return [`Sent to ${email}.`];
  return [
    mailFault === null ? 'No mail is sent from here.' : `The mail was not taken: ${mailFault}`,
  ];
}

function invitationLine({ id, role, email, invitedBy, expiresAt }: Invitation): string {
  return `${id}  ${role}  ${email ?? 'anybody'}  by ${invitedBy}, until ${expiresAt}`;
}
