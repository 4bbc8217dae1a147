/** What a transaction has changed, gathered so that it is told once (see events/event.ts). */
export class Touched {
  readonly taskIds = new Set<string>();
  /** Owners before and after. */
  readonly people = new Set<string>();
  /** People whose connection's own state changed. */
  readonly syncOf = new Set<string>();
  /** Connections that took over a link with something to plan. */
  readonly otherConnections = new Set<string>();
}
