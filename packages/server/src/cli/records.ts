import type { Task } from '@tandem/api';
import type { TandemClient } from '@tandem/client';
import { UsedWrongly } from './remote.ts';

/** A person or related record, on the command line: `Contact:0035e00000AbCdEAAV:Signe Osterly`. */

type RecordRef = NonNullable<Task['person']>;

const WRITTEN = /^([A-Za-z]\w*):([A-Za-z0-9]{18}):(.+)$/s;
/** Of what was found, as many as help to choose. */
const SHOWN_MAX = 10;

export function written({ type, id, name }: RecordRef): string {
  return `${type}:${id}:${name}`;
}

/** As written, or looked for in Salesforce by name; `none` takes it away. */
export async function recordOf(
  client: TandemClient,
  kind: 'person' | 'related',
  given: string,
): Promise<RecordRef | null> {
  if (given === 'none') return null;
  const [, type, id, name] = WRITTEN.exec(given) ?? [];
  if (type !== undefined && id !== undefined && name !== undefined) return { type, id, name };
  const { records } = await client.searchRecords({ query: { q: given, kind } });
  const [found, ...others] = records.length > 1 ? exact(records, given) : records;
  if (found === undefined) {
    throw new Error(`Salesforce shows no ${WORDS[kind]} for "${given}"; nothing was changed.`);
  }
  if (others.length === 0) return found;
  const shown = records.slice(0, SHOWN_MAX).map((one) => `  --${kind} "${written(one)}"`);
  throw new UsedWrongly([`"${given}" is several in Salesforce. Say which:`, ...shown].join('\n'));
}

const WORDS = { person: 'contact or lead', related: 'record' } as const;

/** The one of exactly that name, if only one has it. */
function exact(records: readonly RecordRef[], name: string): readonly RecordRef[] {
  const same = records.filter((one) => one.name.toLowerCase() === name.trim().toLowerCase());
  return same.length === 1 ? same : records;
}
