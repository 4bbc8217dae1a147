import type { BrowserContextOptions, Page } from 'playwright-core';
import { expect } from 'vitest';
import { violationsOf } from './axe.ts';

const HEIGHT = 900;

const look = (colorScheme: 'light' | 'dark', language: 'en' | 'zh-CN', width: number) => ({
  colorScheme,
  language,
  width,
  window: {
    colorScheme,
    viewport: { width, height: HEIGHT },
    hasTouch: width < 500,
    reducedMotion: 'reduce',
  } satisfies BrowserContextOptions,
});

/** Any two of scheme, language and width meet once. */
export const LOOKS = [
  look('light', 'en', 1440),
  look('dark', 'zh-CN', 1440),
  look('dark', 'en', 390),
  look('light', 'zh-CN', 390),
] as const;

/** No violation, and nothing to scroll sideways. */
export async function expectClean(page: Page, state: string): Promise<void> {
  // What floats in is measured when it has arrived. What leaves the page meanwhile breaks its own off.
  await page.evaluate(async () => {
    await Promise.allSettled(document.getAnimations().map((one) => one.finished));
  });
  const violations = await violationsOf(page);
  const said = violations.map(({ id, nodes }) => ({
    rule: id,
    at: nodes.map(({ target, failureSummary }) => `${target.join(' ')}: ${failureSummary}`),
  }));
  expect.soft(said, state).toEqual([]);
  const tooWide = await page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    return scrollWidth - clientWidth;
  });
  expect.soft(tooWide, `${state}: pixels to scroll sideways`).toBeLessThanOrEqual(0);
}
