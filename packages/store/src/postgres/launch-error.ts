/** Why the embedded PostgreSQL could not be started. `code` is stable; the message tells what to do next. */
export class PostgresLaunchError extends Error {
  readonly code: LaunchErrorCode;

  constructor(code: LaunchErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'PostgresLaunchError';
    this.code = code;
  }
}

export type LaunchErrorCode =
  | 'no_binaries'
  | 'cannot_run_as_root'
  | 'data_belongs_to_another_user'
  | 'data_in_use'
  | 'port_in_use'
  | 'init_failed'
  | 'start_failed'
  | 'data_damaged'
  | 'wrong_version'
  | 'not_our_server'
  | 'wrong_password';
