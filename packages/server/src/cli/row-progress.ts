import { performance } from 'node:perf_hooks';
import type { OnRows } from '../backup/format.ts';
import type { Cli } from './cli.ts';

/** A person sees it move; a terminal far away is not flooded. */
const REDRAW_MS = 100;

/**
 * One line on standard error that counts, for people who watch a terminal; programs and files get nothing
 * of it. `end` takes the line away again.
 */
export function rowProgress(cli: Pick<Cli, 'err'>, doing: string): { onRows: OnRows; end(): void } {
  const live = 'isTTY' in cli.err && cli.err.isTTY === true;
  let drawnAt = Number.NEGATIVE_INFINITY;
  return {
    onRows(rows, table) {
      const now = performance.now();
      if (!live || now - drawnAt < REDRAW_MS) return;
      drawnAt = now;
      cli.err.write(`\r\u001b[2K${doing}: ${rows.toLocaleString('en')} rows, now ${table}`);
    },
    end() {
      if (drawnAt !== Number.NEGATIVE_INFINITY) cli.err.write('\r\u001b[2K');
    },
  };
}
