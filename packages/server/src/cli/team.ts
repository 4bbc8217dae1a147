import type { Member } from '@tandem/api';
import type { Command } from 'commander';
import type { Cli } from './cli.ts';
import { paging, readPages } from './pages.ts';
import { addRemote } from './remote.ts';
import { ROLES, roleOf } from './roles.ts';
import { addInvitations } from './team-invitations.ts';
import { userIdOf } from './who.ts';

const LIST_USUAL = 1_000;
/** The contract's own bound of a page. */
const PAGE_MAX = 200;

/** Who belongs to the workspace, and as what (B12.1). */
export function addTeam(program: Command, cli: Cli): void {
  const team = program.command('team').description('The people of your workspace.');
  addRemote(team, cli, {
    name: 'members',
    about: 'The people of your workspace, former ones too.',
    options: paging(LIST_USUAL),
    examples: ['tandem team members', "tandem team members --json | jq -r '.members[].email'"],
    run: async ({ client, options, progress }) => {
      const { items, nextCursor, more } = await readPages({
        options,
        countUsual: LIST_USUAL,
        pageMax: PAGE_MAX,
        read: (query) => client.listMembers({ query }),
        itemsOf: (page) => page.members,
        progress,
      });
      return { json: { members: items, nextCursor }, lines: [...items.map(memberLine), ...more] };
    },
  });
  addRemote(team, cli, {
    name: 'role <who> <role>',
    about: `Change somebody's role: ${ROLES.join(', ')}; for admins.`,
    examples: ['tandem team role bo@aldermoor.example manager'],
    run: async ({ client, args: [who = '', word = ''] }) => {
      const role = roleOf(word);
      const params = { id: await userIdOf(client, who) };
      const member = await client.patchMember({ params, body: { role } });
      return { json: member, lines: [memberLine(member)] };
    },
  });
  addRemote(team, cli, {
    name: 'remove <who>',
    about:
      'Remove somebody: sessions and tokens end at once, sync freezes, tasks stay; for admins.',
    examples: ['tandem team remove bo@aldermoor.example'],
    run: async ({ client, args: [who = ''] }) => {
      const id = await userIdOf(client, who);
      await client.removeMember({ params: { id } });
      return {
        json: { id, removed: true },
        lines: ['Removed. Open tasks: "tandem team reassign" gives them to somebody else.'],
      };
    },
  });
  addRemote(team, cli, {
    name: 'reassign <from> <to>',
    about: 'Give all open tasks of somebody, or of a former member, to somebody else.',
    examples: ['tandem team reassign bo@aldermoor.example mara@aldermoor.example'],
    run: async ({ client, args: [from = '', to = ''], progress }) => {
      const params = { id: await userIdOf(client, from) };
      const toUserId = await userIdOf(client, to);
      progress('Reassigning');
      const done = await client.reassignTasks({ params, body: { toUserId } });
      return { json: done, lines: [`Reassigned: ${done.reassigned}.`] };
    },
  });
  addRemote(team, cli, {
    name: 'rename <name>',
    about: 'Name the workspace; for admins.',
    examples: ['tandem team rename Aldermoor'],
    run: async ({ client, args: [name = ''] }) => {
      const workspace = await client.patchWorkspace({ body: { name } });
      return { json: workspace, lines: [`It is called ${workspace.name}.`] };
    },
  });
  addInvitations(team, cli);
}

function memberLine({
  userId,
  name,
  email,
  role,
  removedAt,
  connection,
  openTasks,
}: Member): string {
  const facts = [
    removedAt === null ? role : `removed ${removedAt}`,
    connection === null ? null : `Salesforce ${connection}`,
    openTasks === null ? null : `${openTasks} open`,
  ];
  return `${userId}  ${name} <${email}>  ${facts.filter((fact) => fact !== null).join(', ')}`;
}
