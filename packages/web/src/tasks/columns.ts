/** The columns after the name: chosen, ordered and sized by each person, kept in this browser (B9.2). */

export const COLUMN_IDS = [
  'person',
  'related',
  'owner',
  'salesforceStatus',
  'updated',
  'due',
  'priority',
  'sync',
] as const;
export type ColumnId = (typeof COLUMN_IDS)[number];

export interface Column {
  readonly id: ColumnId;
  readonly shown: boolean;
  /** Pixels. */
  readonly width: number;
}

interface Spec {
  readonly shown: boolean;
  readonly width: number;
  readonly min: number;
}

const SPECS: Readonly<Record<ColumnId, Spec>> = {
  person: { shown: true, width: 150, min: 80 },
  related: { shown: true, width: 170, min: 80 },
  owner: { shown: false, width: 140, min: 80 },
  salesforceStatus: { shown: false, width: 130, min: 80 },
  updated: { shown: false, width: 120, min: 80 },
  due: { shown: true, width: 100, min: 84 },
  priority: { shown: true, width: 32, min: 28 },
  sync: { shown: true, width: 136, min: 32 },
};
export const WIDTH_MAX = 480;
export const minWidth = (id: ColumnId): number => SPECS[id].min;

export const DEFAULT_COLUMNS: readonly Column[] = COLUMN_IDS.map((id) => ({
  id,
  shown: SPECS[id].shown,
  width: SPECS[id].width,
}));

/** What was kept, whoever wrote it: unknown columns go, new ones come at their default place's end. */
export function readColumns(kept: unknown): readonly Column[] {
  if (!Array.isArray(kept)) return DEFAULT_COLUMNS;
  const known = new Map<ColumnId, Column>();
  for (const entry of kept as readonly Partial<Column>[]) {
    const id = COLUMN_IDS.find((one) => one === entry?.id);
    if (id === undefined || known.has(id)) continue;
    const width = typeof entry.width === 'number' ? entry.width : Number.NaN;
    known.set(id, {
      id,
      shown: typeof entry.shown === 'boolean' ? entry.shown : SPECS[id].shown,
      width: clampWidth(id, width),
    });
  }
  return [...known.values(), ...DEFAULT_COLUMNS.filter(({ id }) => !known.has(id))];
}

export function clampWidth(id: ColumnId, width: number): number {
  if (!Number.isFinite(width)) return SPECS[id].width;
  return Math.round(Math.min(Math.max(width, SPECS[id].min), WIDTH_MAX));
}

export function resizeColumn(
  columns: readonly Column[],
  id: ColumnId,
  width: number,
): readonly Column[] {
  return columns.map((one) => (one.id === id ? { ...one, width: clampWidth(id, width) } : one));
}

export function showColumn(
  columns: readonly Column[],
  id: ColumnId,
  shown: boolean,
): readonly Column[] {
  return columns.map((one) => (one.id === id ? { ...one, shown } : one));
}

/** `id` takes the place of `at`, and the others move up. */
export function moveColumn(
  columns: readonly Column[],
  id: ColumnId,
  at: ColumnId,
): readonly Column[] {
  const from = columns.findIndex((one) => one.id === id);
  const to = columns.findIndex((one) => one.id === at);
  const [moved] = columns.slice(from, from + 1);
  if (moved === undefined || to === -1 || from === to) return columns;
  const rest = columns.filter((one) => one.id !== id);
  return [...rest.slice(0, to), moved, ...rest.slice(to)];
}

/** Check, type and a little air beside the name. */
const FIXED_PX = 86;
const SELECT_PX = 22;
/** A name that is narrower is no name any more. */
const NAME_MIN_PX = 240;
const PHONE_MAX_PX = 620;
const PHONE_COLUMNS: readonly ColumnId[] = ['due', 'priority', 'sync'];
/** What goes first when there is too little room. */
const LEAST_FIRST: readonly ColumnId[] = [
  'updated',
  'salesforceStatus',
  'owner',
  'related',
  'person',
  'priority',
];
const GLYPH_PX = 32;
const WORD_MIN_PX = 84;

export interface Layout {
  readonly columns: readonly Column[];
  /** The value of `grid-template-columns`. */
  readonly template: string;
  readonly phone: boolean;
  /** Whether the sync state has room for its word beside the glyph. */
  readonly syncWord: boolean;
}

/** Of the chosen columns those for which `width` has room. */
export function layoutOf(chosen: readonly Column[], width: number): Layout {
  const phone = width <= PHONE_MAX_PX;
  let columns = chosen.filter(({ id, shown }) => shown && (!phone || PHONE_COLUMNS.includes(id)));
  if (phone) {
    const cells = columns.map(({ id }) =>
      id === 'due' ? 'auto' : id === 'sync' ? '28px' : '22px',
    );
    const template = ['0', '34px', '26px', 'minmax(0, 1fr)', ...cells].join(' ');
    return { columns, template, phone, syncWord: false };
  }
  const room = width - FIXED_PX - SELECT_PX - NAME_MIN_PX;
  const needed = () => columns.reduce((sum, column) => sum + column.width, 0);
  if (needed() > room) {
    columns = columns.map((one) => (one.id === 'sync' ? { ...one, width: GLYPH_PX } : one));
  }
  for (const id of LEAST_FIRST) {
    if (needed() <= room) break;
    columns = columns.filter((one) => one.id !== id);
  }
  const cells = columns.map((column) => `${column.width}px`);
  return {
    columns,
    template: [`${SELECT_PX}px`, '32px', '26px', 'minmax(0, 1fr)', ...cells].join(' '),
    phone,
    syncWord: columns.some(({ id, width: px }) => id === 'sync' && px >= WORD_MIN_PX),
  };
}
