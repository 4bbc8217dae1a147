import type { Exchange } from './salesforce-proxy.ts';
import type { Program, Stack } from './stack.ts';
import { until } from './waiting.ts';

/** The lease of 20 s, the sweep that finds it, and a busy machine. */
const LEASE_PASSES_MS_MAX = 60_000;

interface Lease {
  readonly id: string;
  readonly holder: string | null;
  readonly token: number;
}

/** Whose request it is: the org knows the token's user, the database who holds that user's lease. */
export async function holderOf(stack: Stack, { tokenEnding }: Exchange): Promise<Program> {
  const { access } = await stack.org.control<{ access: { ending: string; username: string }[] }>(
    'GET',
    'tokens',
  );
  const username = access.find(({ ending }) => ending === tokenEnding)?.username;
  const rows = await stack.database.rows<{ holder: string | null }>(
    'select lease_holder as holder from tandem.connections where username = $1',
    [username],
  );
  const pid = Number(rows[0]?.holder?.split('-')[0]);
  const holder = stack.workers.find(({ child }) => child.pid === pid) ?? stack.workers[0];
  if (holder === undefined) throw new Error('There are no workers.');
  return holder;
}

/** Settles when somebody else holds what this process holds now. */
export async function leasePasses({ database }: Stack, pid: number): Promise<() => Promise<void>> {
  const held = (await database.rows<Lease>(LEASES)).filter(({ holder }) =>
    holder?.startsWith(`${pid}-`),
  );
  const isOld = ({ id, token }: Lease) => held.some((one) => one.id === id && one.token === token);
  return async () => {
    await until(
      'another worker has the lease of the stopped one',
      async () => ((await database.rows<Lease>(LEASES)).some(isOld) ? null : true),
      LEASE_PASSES_MS_MAX,
    );
  };
}

const LEASES =
  'select connection_id as id, lease_holder as holder, lease_token::float8 as token from tandem.connections';
