import { FIRST_VERSION, LAST_VERSION } from './meta.ts';

export interface Target {
  /** Null for `/services/data` itself. */
  readonly version: string | null;
  readonly segments: readonly string[];
  readonly query: URLSearchParams;
}

/** The parts of a `/services/data/…` URL; null when it is none, or of a version never served. */
export function readUrl(url: string): Target | null {
  const mark = url.indexOf('?');
  const path = mark < 0 ? url : url.slice(0, mark);
  const query = new URLSearchParams(mark < 0 ? '' : url.slice(mark + 1));
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '') continue;
    const decoded = decode(part);
    if (decoded === null) return null;
    parts.push(decoded);
  }
  if (parts[0] !== 'services' || parts[1] !== 'data') return null;
  const name = parts[2];
  if (name === undefined) return { version: null, segments: [], query };
  const version = /^v(\d+)\.0$/.exec(name)?.[1];
  if (version === undefined) return null;
  if (Number(version) < FIRST_VERSION || Number(version) > LAST_VERSION) return null;
  return { version: `${version}.0`, segments: parts.slice(3), query };
}

function decode(part: string): string | null {
  try {
    return decodeURIComponent(part);
  } catch {
    return null;
  }
}
