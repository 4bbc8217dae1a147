import type { DatabaseLine, DatabasePoint } from './database-proxy.ts';
import { type FaultKind, nameOf, type Place, type Scene } from './faults.ts';
import type { Exchange, SalesforcePoint, Verdict } from './salesforce-proxy.ts';
import type { Program, Stack } from './stack.ts';
import { NotInTime, signal, until } from './waiting.ts';

/** How long a line stays silent: several turns of the others. */
const OUTAGE_MS = 4_000;
/** The lease of 20 s, the sweep that finds it, and a busy machine. */
const LEASE_PASSES_MS_MAX = 45_000;

interface Armed {
  readonly kind: FaultKind;
  /** Lets so many pass at its place first. */
  skip: number;
  readonly told: (name: string) => void;
}

/** Holds the faults that were asked for, and strikes when something passes the place they are meant for. */
export class Arsenal {
  /** By name of the fault. */
  readonly struck = new Map<string, number>();
  readonly #stack: Stack;
  #armed: Armed[] = [];
  #background: Promise<void>[] = [];
  #frozen = false;
  /** Fires when the next write reaches the org, or faults stop. */
  #next = signal();

  constructor(stack: Stack) {
    this.#stack = stack;
    const { server, workers, salesforceProxy } = stack;
    for (const worker of workers) {
      worker.database.at = (point, line) => this.#database('worker database', worker, point, line);
    }
    server.database.at = (point, line) => this.#database('server database', server, point, line);
    salesforceProxy.at = (point, exchange) => this.#salesforce(point, exchange);
  }

  async arm(kind: FaultKind, skip: number, told: (name: string) => void): Promise<void> {
    if (kind.place.line !== 'org') {
      this.#armed.push({ kind, skip, told });
      return;
    }
    this.#count({ kind, skip, told });
    await kind.strike(this.#scene(this.#stack.server, null));
  }

  /** Faults stop: what was not met is dropped, what was broken is mended, who was stopped goes on. */
  async calm(): Promise<void> {
    this.#armed = [];
    this.#next.fire();
    await this.#stack.org.control('DELETE', 'faults');
    await Promise.all(this.#background);
    this.#background = [];
    this.#heal();
    await this.#stack.whole();
  }

  async #database(
    line: Place['line'],
    victim: Program,
    point: DatabasePoint,
    database: DatabaseLine,
  ): Promise<void> {
    const armed = this.#take(line, point);
    if (armed !== null) await armed.kind.strike(this.#scene(victim, database));
  }

  async #salesforce(point: SalesforcePoint, exchange: Exchange): Promise<Verdict> {
    if (point === 'request') {
      this.#next.fire();
      this.#next = signal();
    }
    const armed = this.#take('salesforce', point);
    if (armed === null) return {};
    const victim = await this.#holder(exchange);
    return armed.kind.strike(this.#scene(victim, null));
  }

  #take(line: Place['line'], point: string): Armed | null {
    const index = this.#armed.findIndex(
      ({ kind }) =>
        kind.place.line === line &&
        kind.place.point === point &&
        // One stopped worker at a time: somebody has to take its lease.
        !(this.#frozen && kind.what.startsWith('stop')) &&
        !(this.#stack.database.killsLeft === 0 && kind.what === 'kill PostgreSQL'),
    );
    const armed = this.#armed[index];
    if (armed === undefined) return null;
    armed.skip -= 1;
    if (armed.skip >= 0) return null;
    this.#armed.splice(index, 1);
    this.#count(armed);
    return armed;
  }

  #count({ kind, told }: Armed): void {
    const name = nameOf(kind);
    this.struck.set(name, (this.struck.get(name) ?? 0) + 1);
    told(name);
  }

  #scene(victim: Program, database: DatabaseLine | null): Scene {
    return {
      stack: this.#stack,
      victim,
      database,
      late: () => this.#next.fired,
      freeze: (program) => this.#freeze(program),
      healLater: () => {
        this.#background.push(pauseFor(OUTAGE_MS).then(() => this.#heal()));
      },
    };
  }

  #heal(): void {
    const { server, workers, salesforceProxy } = this.#stack;
    for (const { database } of [server, ...workers]) database.heal();
    salesforceProxy.heal();
  }

  /** Whose request it is: the org knows the token's user, the database who holds that user's lease. */
  async #holder({ tokenEnding }: Exchange): Promise<Program> {
    const { org, database, workers } = this.#stack;
    const { access } = await org.control<{ access: { ending: string; username: string }[] }>(
      'GET',
      'tokens',
    );
    const username = access.find(({ ending }) => ending === tokenEnding)?.username;
    const rows = await database.rows<{ holder: string | null }>(
      'select lease_holder as holder from tandem.connections where username = $1',
      [username],
    );
    const pid = Number(rows[0]?.holder?.split('-')[0]);
    const holder = workers.find(({ child }) => child.pid === pid) ?? workers[0];
    if (holder === undefined) throw new Error('There are no workers.');
    return holder;
  }

  async #freeze({ child }: Program): Promise<void> {
    this.#frozen = true;
    const { database } = this.#stack;
    const thaw = child.freeze();
    const held = await leasesOf(database, child.pid);
    const passed = until(
      'another worker has the lease of the stopped one',
      async () => {
        const now = await database.rows<Lease>(LEASES);
        const isOld = ({ id, token }: Lease) =>
          held.some((one) => one.id === id && one.token === token);
        return now.some(isOld) ? null : true;
      },
      LEASE_PASSES_MS_MAX,
    );
    this.#background.push(
      passed
        .then(
          () => {},
          (error: unknown) => {
            // The other one was killed meanwhile: nobody took over, and nothing is proven either way.
            if (!(error instanceof NotInTime)) throw error;
          },
        )
        .finally(() => {
          thaw();
          this.#frozen = false;
        }),
    );
  }
}

interface Lease {
  readonly id: string;
  readonly holder: string | null;
  readonly token: number;
}

const LEASES =
  'select connection_id as id, lease_holder as holder, lease_token::float8 as token from tandem.connections';

async function leasesOf(database: Stack['database'], pid: number): Promise<Lease[]> {
  const leases = await database.rows<Lease>(LEASES);
  return leases.filter(({ holder }) => holder?.startsWith(`${pid}-`));
}

function pauseFor(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
