import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { AppTask } from './support/app-tasks.ts';
import { shot } from './support/shots.ts';
import { turnsOf } from './support/turns.ts';
import { startWebStack, type WebStack, type Window } from './support/web-stack.ts';

/** WCAG 1.4.10: at 320 px, which is 1280 px at 400 %, nothing has to be scrolled both ways to be read. */

const WIDTH = 320;
const HEIGHT = 640;
/** Lower than this a part is a strip, such as the tabs: it goes sideways only. */
const STRIP_PX = 80;

const BEFORE_THE_DOOR = ['/sign-in', '/sign-up', '/forgot-password', '/reset-password#x', '/join'];
const PAGES = [
  '/',
  '/history',
  '/diagnostics',
  '/health',
  '/notices',
  '/settings/salesforce',
  '/settings/activity-details',
  '/settings/reminders',
  '/settings/programs',
  '/settings/team',
  '/settings/account',
  '/settings/audit',
  '/nowhere',
];

let web: WebStack;
let window: Window;
let page: Page;
let task: AppTask;

beforeAll(async () => {
  web = await startWebStack({ worker: false });
  await web.mara.call('PUT', '/api/v1/sync/settings', { mode: 'on', importWindow: 'all_open' });
  const { userId } = await web.mara.call<{ userId: string }>('GET', '/api/v1/me');
  await (await turnsOf(web.stack, userId))();
  const { tasks } = await web.mara.call<{ tasks: AppTask[] }>('GET', '/api/v1/tasks?view=all');
  const linked = tasks.find(({ sync }) => sync.salesforceStatus === 'In Progress');
  if (linked === undefined) throw new Error('no imported task is in progress');
  task = linked;
  window = await web.window({
    viewport: { width: WIDTH, height: HEIGHT },
    hasTouch: true,
    reducedMotion: 'reduce',
  });
  page = window.app.page;
});
afterAll(async () => {
  await window?.context.close();
  await web?.close();
});

/** The page itself, and what scrolls within it: both may go down, not sideways as well. */
function sideways(): Promise<readonly string[]> {
  return page.evaluate((strip) => {
    const isScroller = (element: Element) => {
      const { overflowX, overflowY } = getComputedStyle(element);
      const scrolls = (overflow: string) => overflow === 'auto' || overflow === 'scroll';
      return scrolls(overflowX) && scrolls(overflowY) && element.clientHeight > strip;
    };
    const inner = [...document.querySelectorAll('body *')].filter(isScroller);
    return [document.documentElement, ...inner]
      .filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth)
      .map((element) => {
        const wide = [...element.querySelectorAll('*')].find(
          (one) => one.getBoundingClientRect().right > innerWidth + 1,
        );
        return `${element.tagName}.${element.className}: ${wide?.outerHTML.slice(0, 160)}`;
      });
  }, STRIP_PX);
}

async function expectNarrow(path: string): Promise<void> {
  await window.app.open(path);
  await page.locator('h1').first().waitFor();
  await page.waitForLoadState('networkidle');
  expect.soft(await sideways(), path).toEqual([]);
  await shot(page, `narrow${path.replaceAll(/\W/g, '-')}`);
}

it.each(PAGES)('WCAG 1.4.10 %s reads in one column of 320 px', (path) => expectNarrow(path));

it('B9.2 WCAG 1.4.10 a task, its panel, the composer and the date fit into 320 px', async () => {
  await expectNarrow(`/tasks/${task.id}`);
  await window.app.open(`/?task=${task.id}`);
  await page.locator('aside table').waitFor();
  expect.soft(await sideways(), 'the panel').toEqual([]);
  await shot(page, 'narrow-panel');
  await window.app.open('/?view=all_open');
  await page.locator('[role=row][aria-selected]').first().waitFor();
  await page.keyboard.press('c');
  await page.locator('form input').first().waitFor();
  expect.soft(await sideways(), 'the composer').toEqual([]);
  await shot(page, 'narrow-composer');
  await page.keyboard.press('Escape');
  await page.locator('[role=row][aria-selected]').first().focus();
  await page.keyboard.press('d');
  await page.locator('[data-date]').first().waitFor();
  expect.soft(await sideways(), 'the date').toEqual([]);
  // As high as there is room, however low the screen is; the rest scrolls within.
  const box = await page.getByRole('dialog').boundingBox();
  expect.soft((box?.y ?? 0) + (box?.height ?? HEIGHT)).toBeLessThanOrEqual(HEIGHT);
  await shot(page, 'narrow-date');
});

it.each(BEFORE_THE_DOOR)('WCAG 1.4.10 before the door %s reads in one column', async (path) => {
  await window.context.clearCookies();
  await expectNarrow(path);
});
