import { BrokenInvariant, type Instant, type Parked, type PlanInvariant } from '@tandem/engine';
import { isPoison } from './poison.ts';
import type { LinkedTask, SyncTx } from './ports.ts';
import type { Run } from './run.ts';

/**
 * How many links are planned in one transaction. A batch that cannot be decided or stored is tried again
 * with half as many, down to the one link that is the cause: that one is parked, and the batches grow again
 * (L3, I11).
 */
export class BatchSize {
  readonly #max: number;
  #size: number;

  constructor(max: number) {
    this.#max = max;
    this.#size = max;
  }

  get size(): number {
    return this.#size;
  }

  /** Runs one batch; null when it failed and has to be run again, smaller or without its poison. */
  async run<T>(
    run: Run,
    batch: () => Promise<T>,
    next: (tx: SyncTx) => Promise<readonly LinkedTask[]>,
  ): Promise<T | null> {
    try {
      const result = await batch();
      this.#size = Math.min(this.#size * 2, this.#max);
      return result;
    } catch (error) {
      if (!isPoison(error)) throw error;
      if (this.#size > 1) {
        this.#size = Math.ceil(this.#size / 2);
        return null;
      }
      await run.transact(async (tx) => park(run, tx, (await next(tx))[0], error));
      return null;
    }
  }
}

async function park(
  run: Run,
  tx: SyncTx,
  linked: LinkedTask | undefined,
  error: unknown,
): Promise<void> {
  if (linked === undefined) return;
  const { link } = linked;
  if (error instanceof BrokenInvariant) return tx.saveLinks([broken(run, link, error.invariant)]);
  run.ports.log.warn('sync.poison_link', { linkId: link.id });
  return tx.saveLinks([unreadable(link, run.now())]);
}

/** H1 */
export function broken(run: Run, link: LinkedTask['link'], invariant: PlanInvariant) {
  run.ports.log.warn('sync.broken_invariant', { linkId: link.id, invariant });
  return aside(link, run.now(), 'BROKEN_INVARIANT', invariant);
}

export function unreadable(link: LinkedTask['link'], at: Instant) {
  return aside(link, at, 'UNREADABLE_RECORD', '');
}

/** The link keeps what was last known of both sides and waits, visibly, for a change of either. */
function aside(
  link: LinkedTask['link'],
  at: Instant,
  code: 'UNREADABLE_RECORD' | 'BROKEN_INVARIANT',
  message: string,
) {
  const isNews = link.parked?.code !== code;
  const parked: Parked = {
    code,
    message,
    fields: [],
    since: isNews ? at : (link.parked?.since ?? at),
    retryAt: null,
    attempts: 1,
  };
  const news = {
    kind: 'refused',
    field: null,
    side: 'engine',
    from: null,
    to: null,
    rule: code === 'UNREADABLE_RECORD' ? 'L3' : 'H1',
    data: { code, message },
  } as const;
  return {
    link: { ...link, parked },
    dirty: false,
    task: { kind: 'none' },
    journal: isNews ? [news] : [],
  } as const;
}
