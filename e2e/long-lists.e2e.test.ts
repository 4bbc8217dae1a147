import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { lineOf, newGate } from './support/line.ts';
import { expectClean } from './support/looks.ts';
import { startWebStack, type WebStack, type Window } from './support/web-stack.ts';

/** B9.1: where more is due than a first page holds, what the page says is true before all of it was read. */

const MANY = 250;
const DAY_MS = 86_400_000;
const dayIn = (days: number) =>
  new Intl.DateTimeFormat('sv-SE').format(new Date(Date.now() + days * DAY_MS));

let web: WebStack;
let window: Window;
let page: Page;
beforeAll(async () => {
  web = await startWebStack({ worker: false });
  const lines = (name: string, days: number, count: number) =>
    Array.from({ length: count }, (_, index) => `${name} ${index},${dayIn(days)}`);
  const all = [...lines('Late', -3, MANY), ...lines('Now', 0, MANY), ...lines('Soon', 1, 3)];
  const csv = ['name,dueDate', ...all].join('\r\n');
  await web.mara.call('POST', '/api/v1/tasks/import', { csv });
});
afterAll(() => web?.close());
beforeEach(async () => {
  window = await web.window();
  page = window.app.page;
  await window.app.open('/');
  await page
    .getByRole('row')
    .filter({ hasText: /Now \d/ })
    .first()
    .waitFor();
});
afterEach(() => window?.context.close());

const heading = (name: string, count: number) =>
  page.getByRole('gridcell').filter({ hasText: new RegExp(`^${name}.*${count}$`) });
const nothing = () => page.getByText('Nothing is due tomorrow.');
const unfold = () => page.getByRole('button', { name: `Overdue ${MANY}` }).click();

it('B9.1 a day of which nothing was read yet is not called empty, and has its number', async () => {
  const { open: release, opened: released } = newGate();
  await page.route(/\/tasks\?.*cursor=/, async (route) => {
    await released;
    await route.continue();
  });
  await heading('Today', MANY).waitFor();
  // The first key takes the keyboard into the list.
  await page.keyboard.press('Home');
  await page.keyboard.press('End');
  await heading('Tomorrow', 3).waitFor();
  expect(await nothing().count()).toBe(0);
  release();
  await expect
    .poll(async () => {
      await page.keyboard.press('End');
      return window.app.row('Soon').count();
    })
    .toBe(3);
  expect(await nothing().count()).toBe(0);
});

it('B9.4 B9.1 what changed elsewhere is shown, and the next page after it, to who scrolls on meanwhile', async () => {
  const { open: release, opened: released } = newGate();
  const first = /\/tasks\?.*limit=200/;
  await heading('Today', MANY).waitFor();
  await page.route(first, async (route) => {
    await released;
    await route.continue();
  });
  const again = page.waitForRequest(first);
  const found = await web.mara.call<{ tasks: { id: string }[] }>(
    'GET',
    '/api/v1/tasks?view=today&limit=1',
  );
  await web.mara.call('PATCH', `/api/v1/tasks/${found.tasks[0]?.id}`, { name: 'Now seven' });
  await again;
  await page.keyboard.press('Home');
  await page.keyboard.press('End');
  await heading('Tomorrow', 3).waitFor();
  release();
  const showsAt = async (key: string, name: string) => {
    await page.keyboard.press(key);
    return window.app.row(name).count();
  };
  await expect.poll(() => showsAt('End', 'Soon')).toBe(3);
  await expect.poll(() => showsAt('Home', 'Now seven')).toBe(1);
});

it('B9.1 who scrolls through what is overdue reaches all of it before today', async () => {
  await unfold();
  await page
    .getByRole('row')
    .filter({ hasText: /Late \d/ })
    .first()
    .waitFor();
  const more = page.waitForResponse(/view=overdue.*cursor=|cursor=.*view=overdue/);
  await page.mouse.move(700, 500);
  await page.mouse.wheel(0, 7_000);
  await more;
  // The last of them, and the heading after it, with no line between. A turn of the wheel may go past both.
  const beforeToday = async () => {
    const rows = await page.getByRole('row').allTextContents();
    const at = rows.findIndex((text) => /^Today/.test(text));
    const before = rows[at - 1] ?? '';
    const isPast = at !== -1 || !rows.some((text) => /Late \d/.test(text));
    if (!/Late \d/.test(before)) await page.mouse.wheel(0, isPast ? -200 : 400);
    return before;
  };
  await expect.poll(beforeToday).toMatch(/Late \d/);
  expect(await page.getByText('overdue tasks are shown').count()).toBe(0);
});

it('B9.2 all that is listed is selected, what is overdue beyond its first page too', async () => {
  await unfold();
  await page.keyboard.press('Control+a');
  await page.getByText(`${2 * MANY + 3} selected`).waitFor();
});

it('B9.2 what is taken out of the selection while the rest is read stays out of it', async () => {
  const rest = await lineOf(page, /\/tasks\?.*cursor=/);
  const { open: release, opened: released } = newGate();
  rest.take((route) => released.then(() => route.continue()));
  await window.app.open('/?view=today');
  const first = page
    .getByRole('row')
    .filter({ hasText: /Now \d/ })
    .first();
  await first.waitFor();
  await page.keyboard.press('Control+a');
  await first.getByRole('checkbox').uncheck();
  release();
  await page.getByText(`${MANY - 1} selected`, { exact: true }).waitFor();
});

it('B9.2 what is overdue and cannot be read is said in its place, and read on a second try', async () => {
  const line = await lineOf(page, /\/tasks\?.*view=overdue/);
  await window.app.open('/');
  line.take((route) => route.abort('connectionrefused'));
  await unfold();
  const fault = page.getByRole('row').filter({ hasText: 'Not all overdue tasks could be loaded.' });
  await fault.waitFor();
  await expectClean(page, 'overdue could not be read');
  line.letGo();
  await fault.getByRole('button', { name: 'Try again' }).click();
  await page
    .getByRole('row')
    .filter({ hasText: /Late \d/ })
    .first()
    .waitFor();
  await fault.waitFor({ state: 'detached' });
});
