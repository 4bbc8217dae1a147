import { ConfigError, type Environment } from './config-error.ts';

/** Small readers; each failure is one sentence: the variable, what was given, what is expected. */

const PORT_MAX = 65_535;

/** Unset and empty are the same, because compose files and shells produce empty strings. */
export function readOptional(env: Environment, name: string): string | null {
  const value = env[name]?.trim();
  return value === undefined || value === '' ? null : value;
}

export function readPort(env: Environment, name: string, fallback: number, orElse = ''): number {
  const text = readOptional(env, name);
  if (text === null) return fallback;
  const port = Number(text);
  if (!/^\d{1,5}$/.test(text) || port > PORT_MAX) {
    throw new ConfigError(
      name,
      `${name} is "${text}", but it must be a port number from 0 to ${PORT_MAX}${orElse}.`,
    );
  }
  return port;
}

/** The value is never repeated: addresses carry passwords. */
export function readUrl(
  env: Environment,
  name: string,
  protocols: readonly string[],
): string | null {
  const text = readOptional(env, name);
  if (text === null) return null;
  const wanted = protocols.map((protocol) => `${protocol}//`).join(' or ');
  if (!URL.canParse(text)) {
    throw new ConfigError(name, `${name} is not an address; it must begin with ${wanted}.`);
  }
  const { protocol } = new URL(text);
  if (!protocols.includes(protocol)) {
    throw new ConfigError(
      name,
      `${name} begins with "${protocol}", but it must begin with ${wanted}.`,
    );
  }
  return text;
}

/** What a program proves itself with in a header. Never repeated: it is a secret. */
export function readToken(env: Environment, name: string, lengthMin: number): string | null {
  const text = readOptional(env, name);
  if (text !== null && (text.length < lengthMin || !/^[!-~]+$/.test(text))) {
    throw new ConfigError(
      name,
      `${name} must have at least ${lengthMin} characters, ASCII without spaces, for example from "openssl rand -hex 32".`,
    );
  }
  return text;
}

/** Off unless it says "allow"; anything else is a mistake rather than a no. */
export function readAllow(env: Environment, name: string): boolean {
  const text = readOptional(env, name);
  if (text === null) return false;
  if (text !== 'allow') {
    throw new ConfigError(name, `${name} is "${text}", but it must be "allow" or unset.`);
  }
  return true;
}
