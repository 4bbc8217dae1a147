/** The database is restarting, or the network to it is: what was asked may be asked again soon. */
export function isAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = 'code' in error ? String(error.code) : '';
  return AWAY_CODES.has(code) || AWAY_WORDS.test(error.message) || isAway(error.cause);
}

const AWAY_CODES = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  '57P01',
  '57P02',
  '57P03',
  '53300',
]);
/** What the driver says without a code when the connection breaks under a statement. */
const AWAY_WORDS =
  /^Connection terminated|^Client has encountered a connection error|timeout exceeded when trying to connect/;
