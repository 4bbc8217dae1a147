import type { Locator, Page } from 'playwright-core';

/** More stops than any page here has. */
const TABS_MAX = 80;

/** Goes on with Tab until the keyboard is there: what Tab never reaches, nobody without a mouse reaches. */
export async function tabTo(page: Page, place: Locator): Promise<void> {
  await place.waitFor();
  for (let tabs = 0; tabs < TABS_MAX; tabs += 1) {
    if (await place.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab does not lead to ${place}.`);
}
