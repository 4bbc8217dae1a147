import { PROBLEMS, type Problem, type ProblemCode } from '@tandem/api';

export interface FieldError {
  readonly field: string;
  readonly message: string;
}

/**
 * The one way to say no: thrown anywhere on the way to an answer, it becomes a problem document
 * (RFC 9457). `detail` is for a person and never holds what somebody else may not see.
 */
export class Refusal extends Error {
  override name = 'Refusal';
  readonly code: ProblemCode;
  readonly errors: readonly FieldError[] | undefined;
  /** What Fastify and the rate limiter look at. */
  readonly statusCode: number;

  constructor(code: ProblemCode, detail?: string, errors?: readonly FieldError[]) {
    super(detail ?? PROBLEMS[code].title);
    this.code = code;
    this.errors = errors;
    this.statusCode = PROBLEMS[code].status;
  }

  toProblem(): Problem {
    const { status, title } = PROBLEMS[this.code];
    return {
      type: `https://tandem.example/errors#${this.code}`,
      title,
      status,
      code: this.code,
      detail: this.message,
      ...(this.errors === undefined ? {} : { errors: [...this.errors] }),
    };
  }
}

/** Several fields may be wrong at once; the detail repeats the first, for people who read only that. */
export function invalidInput(errors: readonly FieldError[]): Refusal {
  const [first] = errors;
  const detail = first === undefined ? undefined : `${first.field}: ${first.message}.`;
  return new Refusal('invalid_input', detail, errors);
}

export function invalidField(field: string, message: string): Refusal {
  return invalidInput([{ field, message }]);
}
