import type { SalesforceId } from '@tandem/engine';
import type { ChangeHint, HintBatch, TurnWish } from './event-ports.ts';
import { HINTS_MAX } from './read-hinted.ts';

/**
 * Folds what events name between two turns, so that a burst is one call. More than one call can read is left to a
 * poll, which reads ten times as many in one; so is an overflow, which names nothing. Echoes of our own writes wait
 * for the next call: they cost none by themselves (E2).
 */
export class HintBuffer {
  readonly #urgent = new Set<SalesforceId>();
  readonly #echoes = new Set<SalesforceId>();
  #poll = false;
  #place: Uint8Array | null = null;

  add(batch: HintBatch, concerns: (hint: ChangeHint) => boolean): void {
    for (const hint of batch.hints) {
      if (hint.kind === 'overflow') this.#poll = true;
      else if (concerns(hint)) {
        const into = hint.isOwn && hint.kind === 'change' ? this.#echoes : this.#urgent;
        for (const id of hint.ids) into.add(id);
      }
    }
    if (this.#urgent.size > HINTS_MAX) this.#poll = true;
    if (this.#poll) this.#urgent.clear();
    // Beyond one call they are left to the polls, as before there were events.
    if (this.#echoes.size > HINTS_MAX) this.#echoes.clear();
    if (batch.place !== null) this.#place = batch.place;
  }

  /** Something is missing that nobody can name. */
  wantPoll(): void {
    this.#poll = true;
  }

  get isUrgent(): boolean {
    return this.#poll || this.#urgent.size > 0;
  }

  get hasEchoes(): boolean {
    return this.#echoes.size > 0;
  }

  /** How far a listener may go on from once what was taken is worked on. */
  get place(): Uint8Array | null {
    return this.#place;
  }

  /** What to do now; null: nothing. */
  take(): TurnWish | null {
    const ids = [...this.#urgent, ...this.#echoes].slice(0, HINTS_MAX);
    const wish: TurnWish | null = this.#poll
      ? { kind: 'poll' }
      : ids.length > 0
        ? { kind: 'read', ids: [...new Set(ids)] }
        : null;
    this.#poll = false;
    this.#urgent.clear();
    this.#echoes.clear();
    return wish;
  }
}

/**
 * Whether a hint can concern anybody here. Only serves to spare calls: what is left out wrongly, because an event
 * lied or said too little, is found by the next poll (R2).
 */
export function mayConcern(
  hint: ChangeHint,
  linked: ReadonlySet<SalesforceId>,
  owners: ReadonlySet<SalesforceId>,
): boolean {
  if (hint.ids.some((id) => linked.has(id))) return true;
  if (hint.ownerId !== null) return owners.has(hint.ownerId);
  return hint.mayBeNew;
}
