import type { StoredTokens, TokenVault } from '../src/tokens.ts';

/** Keeps tokens in memory. Its lock lets callers in one after the other, as the database's lock does. */
export function memoryVault(initial: StoredTokens) {
  let stored = initial;
  let queue: Promise<unknown> = Promise.resolve();
  const vault: TokenVault = {
    read: async () => stored,
    locked(work) {
      const turn = queue.then(() =>
        work(stored, async (tokens) => {
          stored = tokens;
        }),
      );
      queue = turn.catch(() => undefined);
      return turn;
    },
  };
  return { vault, stored: () => stored };
}
