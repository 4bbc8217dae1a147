/**
 * The keyboard of the Command Center, once: what each key does, whether that changes something, and its words on
 * the help sheet. The list acts by it, the sheet shows it, the palette names the keys by it.
 */
interface Row {
  readonly group: 'go' | 'do' | 'days' | 'list';
  readonly text: string;
  /** Changes something, or begins to: out of reach among the tasks of somebody else (B12.5). */
  readonly writes?: true;
  /** What is done, and by which keys, as the browser names them; the sheet shows the first. */
  readonly keys: readonly (readonly [does: string, ...keys: string[]])[];
}

const TABLE = [
  { group: 'go', text: 'keys.palette', keys: [['palette', 'Mod+k']] },
  {
    group: 'go',
    text: 'tasks.shortcuts.move',
    keys: [
      ['next', 'j', 'ArrowDown'],
      ['previous', 'k', 'ArrowUp'],
    ],
  },
  {
    group: 'go',
    text: 'keys.firstLast',
    keys: [
      ['first', 'Home'],
      ['last', 'End'],
    ],
  },
  {
    group: 'go',
    text: 'tasks.shortcuts.open',
    keys: [
      ['open', 'Enter'],
      ['open', 'o'],
    ],
  },
  { group: 'go', text: 'tasks.shortcuts.search', keys: [['search', '/']] },
  {
    group: 'go',
    text: 'keys.views',
    keys: [['view', '1', '2', '3', '4', '5', '6', '7', '8', '9']],
  },
  { group: 'go', text: 'tasks.shortcuts.escape', keys: [['escape', 'Escape']] },

  { group: 'do', text: 'tasks.shortcuts.create', writes: true, keys: [['create', 'c']] },
  { group: 'do', text: 'tasks.shortcuts.complete', writes: true, keys: [['complete', ' ']] },
  { group: 'do', text: 'tasks.shortcuts.edit', writes: true, keys: [['edit', 'e']] },
  { group: 'do', text: 'tasks.shortcuts.priority', writes: true, keys: [['priority', 'p']] },
  { group: 'do', text: 'keys.assign', writes: true, keys: [['assign', 'a']] },
  { group: 'do', text: 'keys.salesforce', keys: [['salesforce', 's']] },
  { group: 'do', text: 'keys.copyLink', keys: [['copyLink', 'l']] },
  { group: 'do', text: 'tasks.shortcuts.delete', writes: true, keys: [['delete', '#', 'Delete']] },
  { group: 'do', text: 'tasks.shortcuts.undo', writes: true, keys: [['undo', 'z']] },

  { group: 'days', text: 'tasks.shortcuts.date', writes: true, keys: [['date', 'd']] },
  { group: 'days', text: 'keys.today', writes: true, keys: [['today', 't']] },
  { group: 'days', text: 'keys.tomorrow', writes: true, keys: [['tomorrow', 'm']] },
  { group: 'days', text: 'keys.nextWeek', writes: true, keys: [['nextWeek', 'w']] },
  { group: 'days', text: 'keys.noDate', writes: true, keys: [['noDate', 'n']] },
  {
    group: 'days',
    text: 'keys.dayEarlier',
    writes: true,
    keys: [
      ['dayEarlier', '['],
      ['dayLater', ']'],
    ],
  },

  { group: 'list', text: 'tasks.shortcuts.select', writes: true, keys: [['select', 'x']] },
  {
    group: 'list',
    text: 'keys.selectMany',
    keys: [
      ['next', 'J'],
      ['previous', 'K'],
    ],
  },
  { group: 'list', text: 'keys.selectAll', keys: [['selectAll', 'Mod+a']] },
  { group: 'list', text: 'tasks.shortcuts.overdue', keys: [['overdue', 'v']] },
  { group: 'list', text: 'tasks.shortcuts.help', keys: [['help', '?']] },
] as const satisfies readonly Row[];

export const GROUPS = ['go', 'do', 'days', 'list'] as const;

/** Everything a key can do. */
export type Does = (typeof TABLE)[number]['keys'][number][0];

export interface KeyRow extends Row {
  readonly text: (typeof TABLE)[number]['text'];
  readonly keys: readonly (readonly [does: Does, ...keys: string[]])[];
}

export const ROWS: readonly KeyRow[] = TABLE;

const BY_KEY: ReadonlyMap<string, { readonly does: Does; readonly writes: boolean }> = new Map(
  ROWS.flatMap((row) =>
    row.keys.flatMap(([does, ...keys]) =>
      keys.map((key) => [key, { does, writes: row.writes === true }] as const),
    ),
  ),
);

type Press = Pick<KeyboardEvent, 'key' | 'metaKey' | 'ctrlKey' | 'altKey' | 'shiftKey'>;

/** Undefined: the key means nothing here. With Ctrl or ⌘, Caps Lock makes no difference, and Shift makes another key. */
export function meaningOf(press: Press) {
  if (press.altKey) return undefined;
  if (!press.metaKey && !press.ctrlKey) return BY_KEY.get(press.key);
  return press.shiftKey ? undefined : BY_KEY.get(`Mod+${press.key.toLowerCase()}`);
}

/** What is printed on the key that does this, for those who learn it in the palette. */
export function keyFor(does: Does): string {
  const key = ROWS.flatMap((row) => row.keys).find(([one]) => one === does)?.[1] ?? '';
  return printed(key, '');
}

/** As the sheet shows them; of many in a row the first and the last. */
export function shownKeys(row: KeyRow, mod: string): readonly string[] {
  return row.keys.flatMap(([does, ...keys]) => {
    const shown = does === 'view' ? [keys[0] ?? '', '…', keys.at(-1) ?? ''] : keys.slice(0, 1);
    return shown.map((key) => printed(key, mod));
  });
}

function printed(key: string, mod: string): string {
  if (key.startsWith('Mod+')) return `${mod} ${key.slice(4).toUpperCase()}`;
  if (key === ' ') return 'Space';
  if (key === 'Escape') return 'Esc';
  return /^[A-Z]$/.test(key) ? `⇧ ${key.toLowerCase()}` : key;
}
