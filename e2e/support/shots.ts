import type { Page } from 'playwright-core';

/** A picture to look at, where `TANDEM_SHOTS` names a folder; the whole of a page that scrolls inside its frame. */
export async function shot(page: Page, name: string, whole = false): Promise<void> {
  const folder = process.env.TANDEM_SHOTS;
  if (!folder) return;
  const size = page.viewportSize();
  if (whole && size) await page.setViewportSize({ width: size.width, height: 2_000 });
  await page.screenshot({ path: `${folder}/${name}.png` });
  if (whole && size) await page.setViewportSize(size);
}
