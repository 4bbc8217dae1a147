/**
 * What the log may say of a fault: its name, its code and where it was thrown, never its message. Messages of PostgreSQL
 * and of other systems repeat the values they would not take (B12.2).
 */
export function faultFacts(error: unknown): {
  readonly fault: string;
  readonly code?: string;
  readonly at: readonly string[];
} {
  if (!(error instanceof Error)) return { fault: typeof error, at: [] };
  const code = 'code' in error ? String(error.code) : '';
  return {
    fault: error.name,
    ...(CODE.test(code) ? { code } : {}),
    at: placesIn(error),
  };
}

/** An SQLSTATE, or a system's word such as ECONNREFUSED. */
const CODE = /^[A-Z0-9_]{1,40}$/;
const PLACES_MAX = 6;

/** The message is cut off first: lines of it may look like places. */
function placesIn({ stack = '', message }: Error): readonly string[] {
  const at = stack.indexOf(message);
  return (at < 0 ? '' : stack.slice(at + message.length))
    .split('\n')
    .filter((line) => line.startsWith('    at '))
    .slice(0, PLACES_MAX)
    .map((line) => line.trim());
}
