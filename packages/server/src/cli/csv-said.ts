import { writeFileSync } from 'node:fs';
import type { Options, Said } from './remote.ts';

/** To the screen, or into a file that is not there yet: never over one that is. */
export function csvSaid(csv: string, out: Options[string]): Said {
  if (typeof out !== 'string') return { json: { csv }, lines: [csv.trimEnd()] };
  writeFileSync(out, csv, { flag: 'wx', mode: 0o600 });
  return { json: { file: out, bytes: Buffer.byteLength(csv) }, lines: [`Wrote ${out}.`] };
}
