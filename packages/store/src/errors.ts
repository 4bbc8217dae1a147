/**
 * A value the database's rules refuse, thrown so that nothing of the request is stored. `field` is the
 * name the outside contract uses, so that a server can answer `invalid_input` with it.
 */
export class InvalidValue extends Error {
  override name = 'InvalidValue';
  readonly code = 'invalid_value';
  readonly field: string;

  constructor(field: string, message: string) {
    super(message);
    this.field = field;
  }
}

/**
 * The lease has passed to another worker; nothing was written (I9). `sync` has a class of the same name
 * that this package may not import; the two are told by `name`, never by `instanceof`.
 */
export class LeaseLost extends Error {
  override name = 'LeaseLost';
}

/**
 * PostgreSQL cannot hold a value of what was written; nothing was written. `sync` has a class of the same
 * name; the two are told by `name`, as above.
 */
export class ValueRefused extends Error {
  override name = 'ValueRefused';
}

/**
 * Turns what PostgreSQL says of one value into ValueRefused, so that the row can be looked for (L3). Classes
 * of SQLSTATE: 22 data exception (a NUL or half a surrogate pair in a text, a date outside the calendar), 23
 * a broken constraint, 54 a value larger than a page or an index takes. A lost connection, a deadlock or a
 * full disk is none of these.
 */
export function asValueRefused(error: unknown): unknown {
  if (!(error instanceof Error) || !('code' in error)) return error;
  return typeof error.code === 'string' && /^(22|23|54)[0-9A-Z]{3}$/.test(error.code)
    ? new ValueRefused(error.message, { cause: error })
    : error;
}
