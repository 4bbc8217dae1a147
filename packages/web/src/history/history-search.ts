/** Filters of the history page live in its address, so that a link shows what its sender saw. */
export interface HistorySearch {
  readonly kind?: 'conflicts' | 'deletions' | 'refusals' | 'edits';
  readonly side?: 'app' | 'sf' | 'engine';
  readonly owner?: 'all';
  readonly text?: string;
}

export const KINDS = ['conflicts', 'deletions', 'refusals', 'edits'] as const;
export const SIDES = ['app', 'sf', 'engine'] as const;
const TEXT_MAX = 200;

/** What the address does not say right is left out: a mistyped link still shows something. */
export function readHistorySearch(search: Record<string, unknown>): HistorySearch {
  const kind = KINDS.find((each) => each === search.kind);
  const side = SIDES.find((each) => each === search.side);
  // The router reads a text like `2026` as a number.
  const text = search.text === undefined ? '' : String(search.text).slice(0, TEXT_MAX);
  return {
    ...(kind ? { kind } : {}),
    ...(side ? { side } : {}),
    ...(search.owner === 'all' ? { owner: 'all' } : {}),
    ...(text.trim() ? { text } : {}),
  };
}
