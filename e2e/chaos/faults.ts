import type { DatabaseLine, DatabasePoint } from './database-proxy.ts';
import type { SalesforcePoint, Verdict } from './salesforce-proxy.ts';
import type { Program, Stack } from './stack.ts';

/** Where a fault strikes: on which line, and at which point of what passes there. */
export type Place =
  | { readonly line: 'salesforce'; readonly point: SalesforcePoint }
  | { readonly line: 'worker database' | 'server database'; readonly point: DatabasePoint }
  /** Told to the org, which does it by itself. */
  | { readonly line: 'org'; readonly point: 'at once' };

/** What a fault finds when it strikes. */
export interface Scene {
  readonly stack: Stack;
  /** The process at the Tandem end of the line. */
  readonly victim: Program;
  readonly database: DatabaseLine | null;
  /** Settles when the request may land after all: another one has, or faults have stopped. */
  readonly late: () => Promise<void>;
  /** Stops the victim until its leases have passed on. */
  readonly freeze: (victim: Program) => Promise<void>;
  /** The line is restored after an outage of some seconds. */
  readonly healLater: () => void;
}

export interface FaultKind {
  readonly what: string;
  readonly place: Place;
  readonly strike: (scene: Scene) => Promise<Verdict>;
}

const GO_ON: Verdict = {};

/** The process is gone before its line can say another word. */
async function killVictim({ victim, database }: Scene): Promise<Verdict> {
  await victim.child.kill();
  database?.cut();
  return { caller: 'cut' };
}

async function killPostgres({ stack, database }: Scene): Promise<Verdict> {
  stack.database.kill();
  database?.cut();
  return GO_ON;
}

async function freezeVictim({ freeze, victim }: Scene): Promise<Verdict> {
  await freeze(victim);
  return GO_ON;
}

async function cutLine({ database }: Scene): Promise<Verdict> {
  database?.cut();
  return { caller: 'cut' };
}

async function silenceLine({ database, healLater }: Scene): Promise<Verdict> {
  database?.freeze();
  healLater();
  return { caller: 'silence' };
}

const onSalesforce = (
  what: string,
  points: readonly SalesforcePoint[],
  strike: FaultKind['strike'],
): FaultKind[] =>
  points.map((point) => ({ what, place: { line: 'salesforce', point } as const, strike }));

const onDatabase = (
  line: 'worker database' | 'server database',
  what: string,
  points: readonly DatabasePoint[],
  strike: FaultKind['strike'],
): FaultKind[] => points.map((point) => ({ what, place: { line, point } as const, strike }));

const inOrg = (what: string, name: string, body: object): FaultKind => ({
  what,
  place: { line: 'org', point: 'at once' },
  async strike({ stack }) {
    await stack.org.control('POST', name, body);
    return GO_ON;
  },
});

/** Tandem writes through composite only; other programs of the org do not. */
const WRITES = { match: { path: '/composite' } };
const READS = { match: { path: '/queryAll' } };

export const FAULT_KINDS: readonly FaultKind[] = [
  ...onSalesforce('kill worker', ['request', 'effect', 'reply', 'poll'], killVictim),
  ...onSalesforce('kill worker, its request lands late', ['request'], async (scene) => ({
    ...(await killVictim(scene)),
    org: { hold: scene.late() },
  })),
  ...onSalesforce('stop worker past its lease', ['request', 'effect'], freezeVictim),
  ...onSalesforce('cut line, nothing arrives', ['request'], async () => ({
    caller: 'cut',
    org: 'never',
  })),
  ...onSalesforce('cut line, request lands late', ['request'], async ({ late }) => ({
    caller: 'cut',
    org: { hold: late() },
  })),
  ...onSalesforce('cut line', ['effect', 'poll'], cutLine),
  ...onSalesforce('silence on the line', ['effect'], silenceLine),
  ...onSalesforce('kill PostgreSQL', ['request', 'effect'], killPostgres),

  ...onDatabase(
    'worker database',
    'kill worker',
    ['lease.after', 'write.after', 'commit.before', 'commit.after', 'commit.told'],
    killVictim,
  ),
  ...onDatabase(
    'worker database',
    'stop worker past its lease',
    ['lease.after', 'commit.told'],
    freezeVictim,
  ),
  ...onDatabase(
    'worker database',
    'kill PostgreSQL',
    ['write.after', 'commit.before', 'commit.after'],
    killPostgres,
  ),
  ...onDatabase(
    'worker database',
    'cut line',
    ['lease.after', 'commit.before', 'commit.after', 'notice.before'],
    cutLine,
  ),
  ...onDatabase(
    'worker database',
    'silence on the line',
    ['commit.before', 'commit.after'],
    silenceLine,
  ),

  ...onDatabase(
    'server database',
    'kill server',
    ['write.after', 'commit.before', 'commit.after', 'commit.told'],
    killVictim,
  ),
  ...onDatabase(
    'server database',
    'kill PostgreSQL',
    ['commit.before', 'commit.after'],
    killPostgres,
  ),
  ...onDatabase('server database', 'cut line', ['commit.before', 'commit.after'], cutLine),
  ...onDatabase('server database', 'silence on the line', ['commit.after'], silenceLine),

  inOrg('reply lost', 'faults', { kind: 'reply_lost', ...WRITES }),
  inOrg('write refused with 503', 'faults', { kind: 'status', status: 503, ...WRITES }),
  inOrg('read refused with 503', 'faults', { kind: 'status', status: 503, times: 3, ...READS }),
  inOrg('row locked', 'faults', {
    kind: 'status',
    status: 400,
    errorCode: 'UNABLE_TO_LOCK_ROW',
    message: 'unable to obtain exclusive access to this record',
    ...WRITES,
  }),
  inOrg('slow write', 'faults', { kind: 'latency', ms: 2_000, ...WRITES }),
  inOrg('sessions end', 'tokens', { action: 'expire', clientId: 'tandem-local' }),
];

export function nameOf({ what, place }: FaultKind): string {
  return `${what} · ${place.line}, ${place.point}`;
}
