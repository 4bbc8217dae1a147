import type { Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { VIEWS } from '../packages/web/src/tasks/list-search.ts';
import { expectClean, LOOKS } from './support/looks.ts';
import { shot } from './support/shots.ts';
import { startWebStack, type WebStack, type Window } from './support/web-stack.ts';

/** B9.1: how much is overdue is in sight whatever the list shows, on a phone too. */

let web: WebStack;
let window: Window;

beforeAll(async () => {
  web = await startWebStack({ worker: false });
  const { mara } = web;
  await mara.call('POST', '/api/v1/tasks', { name: 'Long overdue', dueDate: '2026-01-05' });
  await mara.call('POST', '/api/v1/views', { name: 'Calls of the week', query: { type: 'call' } });
});
afterAll(() => web?.close());
afterEach(() => window?.context.close());

/** Inside the window, and nothing over it: what is at both its ends is the tab itself. */
function isInSight(tab: Locator): Promise<boolean> {
  return tab.evaluate((element) => {
    const { left, right, top, bottom } = element.getBoundingClientRect();
    const seen = (x: number) => element.contains(document.elementFromPoint(x, (top + bottom) / 2));
    return left >= 0 && right <= innerWidth && seen(left + 12) && seen(right - 12);
  });
}

/** Nothing can be read through it: where another tab passes beneath, its ground is closed. */
function isAlone(tab: Locator): Promise<boolean> {
  return tab.evaluate((element) => {
    const { left, right } = element.getBoundingClientRect();
    const others = [...(element.parentElement?.children ?? [])].filter((one) => one !== element);
    const beneath = others.some((other) => {
      const box = other.getBoundingClientRect();
      return box.right > left + 1 && box.left < right - 1;
    });
    return !beneath || getComputedStyle(element, '::before').opacity === '1';
  });
}

async function openList(look: (typeof LOOKS)[number]): Promise<Page> {
  window = await web.window(look.window);
  await window.context.addInitScript(
    (chosen) => localStorage.setItem('tandem-language', chosen),
    look.language,
  );
  await window.app.open('/');
  const { page } = window.app;
  await tabsOf(page).nth(VIEWS.length).waitFor();
  return page;
}

const tabsOf = (page: Page) => page.locator('nav:has([data-pinned]) a');

describe.each(LOOKS)('$colorScheme, $language, $width px', (look) => {
  it('B9.1 the number of overdue tasks stays in sight in every view, and so does the view chosen', async () => {
    const page = await openList(look);
    const tabs = tabsOf(page);
    const overdue = page.locator('[data-pinned]');
    await expect.poll(() => overdue.textContent()).toMatch(/^(Overdue|已逾期)1$/);
    // The views everybody has, and one's own at the far end.
    for (let index = 0; index <= VIEWS.length; index += 1) {
      const tab = tabs.nth(index);
      await tab.click();
      const name = await tab.textContent();
      await expect
        .poll(() => tab.getAttribute('aria-current'), { message: `${name}` })
        .toBe('page');
      await expect.poll(() => isInSight(tab), { message: `${name} itself` }).toBe(true);
      expect(await isInSight(overdue), `overdue, in ${name}`).toBe(true);
      await expect
        .poll(() => isAlone(overdue), { message: `under overdue, in ${name}` })
        .toBe(true);
    }
    await expectClean(page, 'the last view');
    await shot(page, `tabs-${look.colorScheme}-${look.language}-${look.width}`);
  });
});

it('B9.1 on a phone the keyboard reaches no tab that is covered', async () => {
  const page = await openList(LOOKS[2]);
  const tabs = tabsOf(page);
  await tabs.last().focus();
  for (let index = VIEWS.length; index >= 0; index -= 1) {
    const tab = tabs.nth(index);
    expect(await tab.evaluate((element) => element === document.activeElement)).toBe(true);
    await expect.poll(() => isInSight(tab), { message: `tab ${index}` }).toBe(true);
    await page.keyboard.press('Shift+Tab');
  }
});
