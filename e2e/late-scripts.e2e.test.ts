import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, it } from 'vitest';
import { type Line, lineOf } from './support/line.ts';
import { startWebStack, type WebStack, type Window } from './support/web-stack.ts';

/** B9.2: a script that is asked for late may not come. What it was for stays shut, and everything else works on. */

const NAME = 'Waits for a script';

let web: WebStack;
let window: Window;
let page: Page;
let line: Line;
beforeAll(async () => {
  web = await startWebStack({ worker: false });
  const dueDate = new Intl.DateTimeFormat('sv-SE').format(new Date());
  await web.mara.call('POST', '/api/v1/tasks', { name: NAME, dueDate });
});
afterAll(() => web?.close());
beforeEach(async () => {
  window = await web.window();
  page = window.app.page;
  line = await lineOf(page, /\/assets\/(palette|help-sheet|date-popover|task-panel|range-fields)-/);
});
afterEach(() => window?.context.close());

const LATE = [
  ['the palette', 'Control+k', () => page.getByRole('combobox')],
  ['the sheet of keys', '?', () => page.getByRole('dialog')],
  ['the days', 'd', () => page.getByLabel('Type a date')],
  ['the panel', 'Enter', () => page.getByRole('complementary', { name: 'Task' })],
  ['the range', '9', () => page.getByLabel('From')],
] as const;

it.each(LATE)(
  'B9.2 %s: said when its script does not come, the page hears its keys, and loaded again it opens',
  async (_, key, opened) => {
    line.take((route) => route.abort('connectionfailed'));
    await window.app.open('/');
    const row = window.app.row(NAME);
    await row.focus();
    await page.keyboard.press(key);
    const notice = page.getByRole('alert').getByText(/could not be loaded/);
    await notice.waitFor();
    await page.getByRole('heading', { name: 'Command Center' }).waitFor();
    await page.keyboard.press('/');
    await page.locator('#search-tasks:focus').waitFor();
    line.letGo();
    const again = notice.locator('..').getByRole('button', { name: 'Load the page again' });
    await Promise.all([page.waitForEvent('load'), again.click()]);
    await page.getByRole('link', { name: /^Today & tomorrow/ }).click();
    await row.focus();
    await page.keyboard.press(key);
    await opened().waitFor();
  },
);
