import { AUDIT_ACTIONS, type AuditAction, type AuditEntry } from '@tandem/api';
import type { Command, Option } from 'commander';
import type { Cli } from './cli.ts';
import { csvSaid } from './csv-said.ts';
import { paging, readPages } from './pages.ts';
import { addRemote, choice, type RemoteCall, text } from './remote.ts';
import { userIdOf } from './who.ts';

const LIST_USUAL = 50;
/** The contract's own bound of a page. */
const PAGE_MAX = 200;

const FILTERS: readonly Option[] = [
  choice('--action <action>', 'what was done', AUDIT_ACTIONS),
  text('--who <who>', 'by whom: me, an e-mail address, or a user id'),
  text('--from <moment>', 'from then on, like 2026-11-24T00:00:00Z'),
  text('--to <moment>', 'before then'),
];

/** Who did what to settings, team and access (B12.4); an admin's. */
export function addAudit(program: Command, cli: Cli): void {
  const audit = program
    .command('audit')
    .description('Who did what to settings, team and access; for admins.');
  addRemote(audit, cli, {
    name: 'list',
    about: 'Who did what, newest first; kept for 400 days.',
    options: [...FILTERS, ...paging(LIST_USUAL)],
    examples: [
      'tandem audit list',
      'tandem audit list --action role_changed --from 2026-11-01T00:00:00Z',
    ],
    run: async (call) => {
      const { client, options, progress } = call;
      const filter = await filterOf(call);
      const { items, nextCursor, more } = await readPages({
        options,
        countUsual: LIST_USUAL,
        pageMax: PAGE_MAX,
        read: (page) => client.listAudit({ query: { ...filter, ...page } }),
        itemsOf: (page) => page.entries,
        progress,
      });
      return { json: { entries: items, nextCursor }, lines: [...items.map(entryLine), ...more] };
    },
  });
  addRemote(audit, cli, {
    name: 'export',
    about: 'The audit log as CSV, to the screen or into a new file.',
    options: [...FILTERS, text('--out <file>', 'write here instead of to the screen')],
    examples: ['tandem audit export --out audit.csv'],
    run: async (call) => {
      call.progress('Exporting');
      const query = await filterOf(call);
      return csvSaid(await call.client.exportAudit({ query }), call.options.out);
    },
  });
}

async function filterOf({ client, options: { action, who, from, to } }: RemoteCall) {
  return {
    ...(action === undefined ? {} : { action: action as AuditAction }),
    ...(who === undefined ? {} : { actorId: await userIdOf(client, String(who)) }),
    ...(from === undefined ? {} : { from: String(from) }),
    ...(to === undefined ? {} : { to: String(to) }),
  };
}

function entryLine({
  at,
  actorName,
  actorId,
  action,
  targetName,
  targetId,
  data,
}: AuditEntry): string {
  const target = targetName ?? targetId ?? '';
  const facts = Object.keys(data).length === 0 ? '' : `  ${JSON.stringify(data)}`;
  return `${at}  ${actorName ?? actorId ?? '–'}  ${action}  ${target}${facts}`;
}
