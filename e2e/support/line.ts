import type { Page, Route } from 'playwright-core';

/** What becomes of a request in place of its own way. */
type Instead = (route: Route) => Promise<void>;

/** A hand on the line between a page and the server; at first it lets everything through. */
export interface Line {
  take(instead: Instead): void;
  letGo(): void;
}

/**
 * Laid before the page is opened. A page that is open hears of `route` later than the test that waits for it, so
 * that a key pressed next may go first; and after `unroute` a request may stay without an answer.
 */
export async function lineOf(page: Page, url: string | RegExp): Promise<Line> {
  let hand: Instead | null = null;
  await page.route(url, (route) => (hand ? hand(route) : route.continue()));
  return {
    take(instead) {
      hand = instead;
    },
    letGo() {
      hand = null;
    },
  };
}

/** What waits for `opened` goes on when the test says `open`. */
export function newGate(): { readonly open: () => void; readonly opened: Promise<void> } {
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { open: () => open(), opened };
}
