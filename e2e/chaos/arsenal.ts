import type { DatabaseLine, DatabasePoint } from './database-proxy.ts';
import { type FaultKind, nameOf, type Place, type Scene } from './faults.ts';
import { holderOf, leasePasses } from './leases.ts';
import type { Exchange, SalesforcePoint, Verdict } from './salesforce-proxy.ts';
import type { Program, Stack } from './stack.ts';
import { NotInTime, signal } from './waiting.ts';

/** How long a line stays silent: several turns of the others. */
const OUTAGE_MS = 4_000;

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
    const victim = await holderOf(this.#stack, exchange);
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

  async #freeze({ child }: Program): Promise<void> {
    this.#frozen = true;
    const thaw = child.freeze();
    const passed = await leasePasses(this.#stack, child.pid);
    const over = passed()
      .catch((error: unknown) => {
        // The other one was killed meanwhile: nobody took over, and nothing is proven either way.
        if (!(error instanceof NotInTime)) throw error;
      })
      .finally(() => {
        thaw();
        this.#frozen = false;
      });
    this.#background.push(over);
  }
}

function pauseFor(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
