import { deleteLogOf, describeChange } from './commits.ts';
import { type JournalLine, packRow } from './journal.ts';
import type { Commit, Ctx } from './org.ts';
import type { OrgState } from './state.ts';

/** All writing goes through here: what a transaction changed is written down, then told to followers. */
export class Transactions {
  readonly #state: OrgState;
  readonly #now: () => number;
  readonly #append: (line: JournalLine) => void;
  readonly #listeners = new Set<(commit: Commit) => void>();
  #depth = 0;
  #at: number | null = null;

  constructor(state: OrgState, now: () => number, append: (line: JournalLine) => void) {
    this.#state = state;
    this.#now = now;
    this.#append = append;
  }

  /** Everything `work` changes becomes visible together, or not at all. Nests. */
  run<T>(ctx: Ctx, work: () => { readonly keep: boolean; readonly value: T }): T {
    const savepoint = this.#state.savepoint();
    this.#depth += 1;
    let keep = false;
    try {
      const outcome = work();
      keep = outcome.keep;
      return outcome.value;
    } finally {
      this.#depth -= 1;
      if (!keep) this.#state.rollbackTo(savepoint);
      if (this.#depth === 0) this.#commit(ctx);
    }
  }

  /** The stamp for rows written now: the org's time, unless a held transaction brings its own. */
  stamp(): number {
    return this.#at ?? this.#now();
  }

  /** Rows written in `work` carry this earlier time. */
  atStamp<T>(at: number, work: () => T): T {
    this.#at = at;
    try {
      return work();
    } finally {
      this.#at = null;
    }
  }

  onCommit(listener: (commit: Commit) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #commit(ctx: Ctx): void {
    const changes = this.#state.takeChanges().map(describeChange);
    if (changes.length === 0) return;
    const at = this.#now();
    const log = deleteLogOf(changes, at);
    this.#state.deleteLog.push(...log);
    this.#state.commitNumber += 1;
    const number = this.#state.commitNumber;
    this.#append({
      t: 'commit',
      n: number,
      put: changes.flatMap(({ object, after }) =>
        after === null ? [] : [[object, packRow(after)]],
      ),
      drop: changes.flatMap(({ object, id, after }) => (after === null ? [[object, id]] : [])),
      log,
      serials: { ...this.#state.serials },
    });
    for (const listener of this.#listeners) this.#tell(listener, { number, at, ctx, changes });
  }

  /** The commit is done: a follower that fails must not look like a failure of the writer. */
  #tell(listener: (commit: Commit) => void, commit: Commit): void {
    try {
      listener(commit);
    } catch (error) {
      queueMicrotask(() => {
        throw error;
      });
    }
  }
}
