/** Reading JSON whose shape is Salesforce's word only. */
export type JsonObject = Readonly<Record<string, unknown>>;

export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
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
