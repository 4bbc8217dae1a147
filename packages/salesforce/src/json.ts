/** Reading JSON whose shape is Salesforce's word only. */
export type JsonObject = Readonly<Record<string, unknown>>;

/**
 * Text that PostgreSQL cannot hold (U+0000, half a surrogate pair) becomes U+FFFD, the character for
 * "unreadable here": one such record would otherwise stop its whole page. Both sides of every later
 * comparison read it so; it is never written back unless a person edits that very field.
 */
export function parseJson(text: string): unknown {
  try {
    return ESCAPED_UNSTORABLE.test(text) ? JSON.parse(text, storable) : JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** In JSON both can only come as escapes. A paired surrogate matches too, and is left alone below. */
const ESCAPED_UNSTORABLE = /\\u(?:0000|d[89a-f])/i;

function storable(_key: string, value: unknown): unknown {
  return typeof value === 'string' ? value.replace(/[\0\p{Surrogate}]/gu, '\ufffd') : value;
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function textOr<T>(value: unknown, otherwise: T): string | T {
  return typeof value === 'string' ? value : otherwise;
}

export function texts(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}

/** Every item read, or null if one of them cannot be. */
export function readAll<T>(
  value: unknown,
  read: (item: unknown, index: number) => T | null,
): T[] | null {
  if (!Array.isArray(value)) return null;
  const items: T[] = [];
  for (const [index, raw] of value.entries()) {
    const item = read(raw, index);
    if (item === null) return null;
    items.push(item);
  }
  return items;
}
