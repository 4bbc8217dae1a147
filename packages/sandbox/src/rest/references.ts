const REFERENCE = /@\{([^}]+)\}/g;

/** A reference to nothing; the subrequest that makes it is not carried out. */
export class UnknownReference extends Error {
  constructor(path: string) {
    super(`Invalid reference specified. No value for ${path} found`);
    this.name = 'UnknownReference';
  }
}

/** `@{ref.id}` and `@{ref.records[0].Id}` in any text of the value, replaced by what that answer holds. */
export function resolveReferences(value: unknown, results: ReadonlyMap<string, unknown>): unknown {
  if (typeof value === 'string') {
    return value.replace(REFERENCE, (_all, path: string) => String(lookUp(path, results)));
  }
  if (Array.isArray(value)) return value.map((item) => resolveReferences(item, results));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, resolveReferences(item, results)]),
  );
}

function lookUp(path: string, results: ReadonlyMap<string, unknown>): unknown {
  const [name = '', ...steps] = path.split(/[.[\]]+/).filter((step) => step !== '');
  let at: unknown = results.get(name);
  for (const step of steps) {
    at = typeof at === 'object' && at !== null ? (at as Record<string, unknown>)[step] : undefined;
  }
  if (at === undefined || at === null || typeof at === 'object') throw new UnknownReference(path);
  return at;
}
