import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { lineOf, newGate } from './support/line.ts';
import { startWebStack, type WebStack, type Window } from './support/web-stack.ts';

/** B9.1: views of one's own, when answers come late and filters go one by one. */

let web: WebStack;
let window: Window;
let page: Page;
let viewId: string;
beforeAll(async () => {
  web = await startWebStack({ worker: false });
  const dueDate = new Intl.DateTimeFormat('sv-SE').format(new Date());
  for (const [name, type] of [
    ['Ring the lift company', 'call'],
    ['Write to the lift company', 'email'],
  ])
    await web.mara.call('POST', '/api/v1/tasks', { name, type, dueDate });
});
afterAll(() => web?.close());
beforeEach(async () => {
  const body = { name: 'Calls', query: { view: 'today_and_tomorrow', type: 'call' } };
  ({ id: viewId } = await web.mara.call<{ id: string }>('POST', '/api/v1/views', body));
  window = await web.window();
  page = window.app.page;
});
afterEach(async () => {
  await window?.context.close();
  const { views } = await web.mara.call<{ views: { id: string }[] }>('GET', '/api/v1/views');
  for (const { id } of views) await web.mara.call('DELETE', `/api/v1/views/${id}`);
});

it('B9.1 the last filter of a saved view can be taken away, and does not come back', async () => {
  await window.app.open(`/?saved=${viewId}`);
  await page.waitForURL(/type=call/);
  await page.getByRole('button', { name: 'Remove the filter Call' }).click();
  await window.app.row('Write to the lift company').waitFor();
  await page.getByText('Filters changed').waitFor({ state: 'attached' });
  expect(await page.getByRole('button', { name: 'Remove the filter Call' }).count()).toBe(0);
});

it('B9.1 who has gone to another page is not called back when the answer to a deleted view comes', async () => {
  const views = await lineOf(page, '**/api/v1/views/*');
  const { open: answer, opened: answered } = newGate();
  await window.app.open(`/?saved=${viewId}`);
  await page.waitForURL(/type=call/);
  views.take((route) => answered.then(() => route.continue()));
  await page.getByRole('button', { name: 'Actions for the view “Calls”' }).click();
  await page.getByRole('menuitem', { name: 'Delete view' }).click();
  await page.getByRole('link', { name: 'History' }).click();
  await page.getByRole('heading', { name: 'History' }).waitFor();
  answer();
  await page.getByText('Deleted the view “Calls”.').waitFor();
  // Whatever the answer set off has had its turn.
  await page.evaluate(() => new Promise((resolve) => requestIdleCallback(resolve)));
  expect(new URL(page.url()).pathname).toBe('/history');
});
