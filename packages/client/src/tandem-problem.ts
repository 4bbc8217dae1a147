import type { Problem, ProblemCode } from '@tandem/api';

/** What the server refused, or `unreachable` where none answered. Decide by `code`; the message is for people. */
export class TandemProblem extends Error {
  override name = 'TandemProblem';
  readonly code: ProblemCode | 'unreachable';
  readonly status: number;
  /** What to do about it, in words for people; null where the answer did not say. */
  readonly next: string | null;
  /** Which fields are to blame. */
  readonly errors: readonly { readonly field: string; readonly message: string }[];

  constructor(problem: Pick<Problem, 'detail' | 'status' | 'errors' | 'next'> & { code: string }) {
    super(problem.detail);
    this.code = problem.code as ProblemCode | 'unreachable';
    this.status = problem.status;
    this.next = problem.next ?? null;
    this.errors = problem.errors ?? [];
  }
}

/** A proxy in between answers without our words. */
export async function problemOf(response: Response): Promise<TandemProblem> {
  const said = (await response.json().catch(() => ({}))) as Partial<Problem>;
  return new TandemProblem({
    code: said.code ?? (response.status >= 500 ? 'not_ready' : 'not_found'),
    detail: said.detail ?? `The server answered with status ${response.status}.`,
    status: response.status,
    ...(said.errors === undefined ? {} : { errors: said.errors }),
    ...(said.next === undefined ? {} : { next: said.next }),
  });
}
