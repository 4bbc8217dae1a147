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
