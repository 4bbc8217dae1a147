/** What went wrong at start, as a sentence that names what to change. */
export function explain(error, config) {
  const code = error?.code ?? '';
  if (code === 'EADDRINUSE') {
    const variable = error.port === config.sandboxPort ? 'TANDEM_SANDBOX_PORT' : 'TANDEM_PORT';
    return `Port ${error.port} is taken by another program. Stop it, or set ${variable} to a free port.`;
  }
  if (code === 'EACCES' && error.port !== undefined)
    return `Port ${error.port} may not be used by an ordinary program. Set TANDEM_PORT to one above 1023.`;
  if (code === 'EACCES' || code === 'EROFS' || code === 'EPERM')
    return `${error.path ?? config.dataDir} cannot be written. Set TANDEM_DATA_DIR to a folder of your own.`;
  if (
    ['ECONNREFUSED', 'ENOTFOUND', 'ETIMEDOUT', 'EHOSTUNREACH'].includes(code) &&
    config.databaseUrl !== null
  )
    return `The PostgreSQL server of TANDEM_DATABASE_URL does not answer (${code}).`;
  if (['28P01', '28000', '3D000'].includes(code) && config.databaseUrl !== null)
    return `The PostgreSQL server of TANDEM_DATABASE_URL refuses us: ${error.message}.`;
  return error instanceof Error ? error.message : String(error);
}
