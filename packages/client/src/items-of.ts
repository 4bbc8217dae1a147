/** What every list answers with: its items under one name, and where to go on. */
interface Page {
  readonly nextCursor: string | null;
}

type ItemsIn<P> = {
  [K in keyof P]: P[K] extends readonly (infer Item)[] ? Item : never;
}[keyof P];

/**
 * All items of a list, page after page, as they are asked for:
 *
 *     for await (const task of itemsOf((cursor) => client.listTasks({ query: { view: 'all', ...cursor } })))
 */
export async function* itemsOf<P extends Page>(
  read: (next: { readonly cursor?: string }) => Promise<P>,
): AsyncGenerator<ItemsIn<P>> {
  let cursor: string | null = null;
  do {
    const page: P = await read(cursor === null ? {} : { cursor });
    for (const value of Object.values(page)) {
      if (Array.isArray(value)) yield* value as ItemsIn<P>[];
    }
    cursor = page.nextCursor;
  } while (cursor !== null);
}
