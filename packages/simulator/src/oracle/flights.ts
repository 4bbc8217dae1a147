import type { Intent, SalesforceId, SalesforcePatch, SalesforceTask } from '@tandem/engine';

/** One row of one write request on its way, as the world knows it. */
export interface Flight {
  readonly requestId: string;
  readonly linkId: string;
  readonly taskId: string;
  readonly kind: Intent['kind'];
  readonly recordId: SalesforceId | null;
  readonly creationKey: string;
  /** `ifUnmodifiedSince`; null in the bulk lane and for deletes. */
  readonly guard: string | null;
  /** What the link's observation said when the request left. */
  readonly known: SalesforceTask | null;
  /** Virtual time at which it left. */
  readonly leftAt: number;
  /** What it writes, by Salesforce's field names. */
  readonly body: SalesforcePatch;
  /** The process that sent it. */
  readonly sender: object;
  /** Of the lease it was sent under. */
  readonly token: number;
  /** `travelling`: it may still reach Salesforce. */
  state: 'travelling' | 'lost' | 'arrived';
  /** Some answer was handed to the sender, be it "unknown". */
  answered: boolean;
  /** A real answer was handed over. */
  told: boolean;
  /** The turn that sent it committed what the answer meant: a later one of the same process has forgotten it. */
  stored: boolean;
}

export interface Birth {
  readonly body: SalesforcePatch;
  /** Salesforce said yes or no, and the engine stored it. */
  readonly isSettled: boolean;
}

/** All requests that left, by the intent that was committed for them. */
export class Flights {
  readonly #byRequest = new Map<string, Flight>();

  add(flight: Flight): void {
    this.#byRequest.set(flight.requestId, flight);
  }

  get(requestId: string): Flight | undefined {
    return this.#byRequest.get(requestId);
  }

  /** A backup does not know what became of them. */
  forgetDeletions(): void {
    for (const flight of this.#byRequest.values())
      if (flight.kind === 'delete') flight.stored = false;
  }

  /** What was sent to give birth to this task's record, but for one request. */
  birthsOf(taskId: string, except: string | null): readonly Birth[] {
    return [...this.#byRequest.values()].flatMap((flight) =>
      flight.kind === 'create' && flight.taskId === taskId && flight.requestId !== except
        ? [{ body: flight.body, isSettled: flight.told && flight.stored }]
        : [],
    );
  }

  /** Unanswered requests of one link by one process (I11). */
  openOf(linkId: string, sender: object): readonly Flight[] {
    return [...this.#byRequest.values()].filter(
      (flight) => flight.linkId === linkId && flight.sender === sender && !flight.answered,
    );
  }
}
