import type { Option } from 'commander';
import { type Options, text, whole } from './remote.ts';

/** Whoever asks for more goes on with --cursor; a terminal and a pipe stay usable. */
const ITEMS_MAX = 10_000;
/** A filtered page may be empty and have a next one, so requests are counted too. */
const REQUESTS_MAX = 200;

export function paging(countUsual: number): Option[] {
  return [
    whole('--limit <count>', `how many at most (${countUsual})`, 1, ITEMS_MAX),
    text('--cursor <cursor>', 'go on where the answer before ended'),
  ];
}

interface Pages<Page extends { readonly nextCursor: string | null }, Item> {
  readonly options: Options;
  readonly countUsual: number;
  /** The most that one request may ask for. */
  readonly pageMax: number;
  readonly read: (page: { limit: number; cursor?: string }) => Promise<Page>;
  readonly itemsOf: (page: Page) => readonly Item[];
  readonly progress: (line: string) => void;
}

/** Page after page, up to --limit; where there is more, `nextCursor` says where to go on. */
export async function readPages<Page extends { readonly nextCursor: string | null }, Item>({
  options,
  countUsual,
  pageMax,
  read,
  itemsOf,
  progress,
}: Pages<Page, Item>): Promise<{ items: Item[]; nextCursor: string | null; more: string[] }> {
  const wanted = Number(options.limit ?? countUsual);
  const items: Item[] = [];
  let cursor = options.cursor === undefined ? null : String(options.cursor);
  for (let request = 0; request < REQUESTS_MAX; request += 1) {
    const limit = Math.min(pageMax, wanted - items.length);
    const page = await read({ limit, ...(cursor === null ? {} : { cursor }) });
    items.push(...itemsOf(page));
    cursor = page.nextCursor;
    if (cursor === null || items.length >= wanted) break;
    progress(`${items.length} so far`);
  }
  const more = cursor === null ? [] : [`There are more: --cursor ${cursor}, or a larger --limit.`];
  return { items, nextCursor: cursor, more };
}
