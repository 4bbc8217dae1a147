import type { TaskVersion } from './database.ts';
import type { OrgChange } from './org-process.ts';

/** One thing that happened to one task, on either side, as the witnesses saw it. */
export type Happening =
  | {
      readonly kind: 'write';
      readonly field: TokenField;
      readonly from: string;
      readonly to: string;
    }
  | { readonly kind: 'birth' | 'death' | 'revival' };

export type Witnessed = Happening & {
  readonly atMs: number;
  readonly side: 'app' | 'sf';
  /** Task id or record id. */
  readonly holder: string;
  readonly by: 'user' | 'engine';
};

/** Fields whose every value is written once in the world of one task; '' is no value. */
export const TOKEN_FIELDS = ['details', 'dueDate'] as const;
export type TokenField = (typeof TOKEN_FIELDS)[number];

export type Row = Readonly<Record<string, unknown>>;

const COLUMNS = {
  app: { details: 'details', dueDate: 'due_date' },
  sf: { details: 'Description', dueDate: 'ActivityDate' },
} as const;

export function tokenOf(side: 'app' | 'sf', field: TokenField, row: Row | null): string {
  return textOf(row?.[COLUMNS[side][field]]);
}

export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

export function isDead(side: 'app' | 'sf', row: Row | null): boolean {
  return side === 'app' ? textOf(row?.trashed_at) !== '' : row?.IsDeleted === true;
}

export function inApp({ atMs, writer, before, after }: TaskVersion): Witnessed[] {
  // People write through the server; only the engine runs in a worker.
  const by = writer.startsWith('worker') ? 'engine' : 'user';
  const holder = textOf((after ?? before)?.task_id);
  return happenings('app', before, after).map((one) => ({ ...one, atMs, side: 'app', holder, by }));
}

export function inSalesforce({ atMs, byTandem, before, after }: OrgChange): Witnessed[] {
  const by = byTandem ? 'engine' : 'user';
  const holder = textOf((after ?? before)?.Id);
  return happenings('sf', before, after).map((one) => ({ ...one, atMs, side: 'sf', holder, by }));
}

function happenings(side: 'app' | 'sf', before: Row | null, after: Row | null): Happening[] {
  const writes: Happening[] = TOKEN_FIELDS.map((field) => ({
    kind: 'write' as const,
    field,
    from: tokenOf(side, field, before),
    to: tokenOf(side, field, after),
  })).filter(({ from, to }) => from !== to);
  if (before === null) return [{ kind: 'birth' }, ...writes];
  const [was, is] = [isDead(side, before), isDead(side, after)];
  if (was === is) return writes;
  return [...writes, { kind: is ? 'death' : 'revival' }];
}
