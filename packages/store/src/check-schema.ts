import manifest from '../schema-manifest.json' with { type: 'json' };
import type { Database } from './database.ts';
import { introspectSchema, type SchemaManifest } from './introspect-schema.ts';

export type SchemaCheck =
  | { readonly ok: true }
  | { readonly ok: false; readonly differences: readonly string[] };

/** Whether a live database is what this version's migrations make: nothing missing, nothing bent by hand. */
export async function checkSchema(db: Database): Promise<SchemaCheck> {
  const differences = differencesBetween(manifest, await introspectSchema(db));
  return differences.length === 0 ? { ok: true } : { ok: false, differences };
}

/** One sentence per difference, in the order of names; one for a table that is missing altogether. */
export function differencesBetween(expected: SchemaManifest, found: SchemaManifest): string[] {
  const should = lines(expected);
  const is = lines(found);
  const gone = Object.keys(expected).filter((table) => !(table in found));
  for (const place of should.keys()) if (gone.includes(tableOf(place))) should.delete(place);
  for (const table of gone) should.set(`The table ${table}`, '');
  const places = [...new Set([...should.keys(), ...is.keys()])].sort();
  return places.flatMap((place) => {
    const [want, have] = [should.get(place), is.get(place)];
    if (want === have) return [];
    if (have === undefined) return [`${place} is missing.`];
    if (want === undefined) return [`${place} should not be there.`];
    return [`${place} is "${have}" and should be "${want}".`];
  });
}

/** A place begins with its table. */
function tableOf(place: string): string {
  return place.split(' ', 1)[0] ?? '';
}

function lines(manifest: SchemaManifest): Map<string, string> {
  return new Map(
    Object.entries(manifest).flatMap(([table, parts]) =>
      Object.entries(parts).flatMap(([part, definitions]) =>
        Object.entries<string>(definitions).map(
          ([name, definition]) => [`${table} ${part} ${name}`, definition] as const,
        ),
      ),
    ),
  );
}
