import type { NewTask } from '@tandem/api';
import { ApiProblem } from '../api/client.ts';

/**
 * Each task that is added is a request of its own, also one of the same name while the first is under way.
 * Only where the answer was lost, the very same task tried again is the same request: it may be there already.
 */
export class AddKeys {
  readonly #unanswered = new Map<string, string>();

  take(task: NewTask): string {
    const what = JSON.stringify(task);
    const key = this.#unanswered.get(what) ?? crypto.randomUUID();
    this.#unanswered.delete(what);
    return key;
  }

  failed(task: NewTask, key: string, fault: unknown): void {
    // What is no answer of the server's broke off on its way.
    const answered = fault instanceof ApiProblem && fault.code !== 'unreachable';
    if (!answered) this.#unanswered.set(JSON.stringify(task), key);
  }
}
