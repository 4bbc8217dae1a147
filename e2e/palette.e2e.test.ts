import type { Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { type AppTask, allTasks } from './support/app-tasks.ts';
import { startWebStack, type WebStack, type Window } from './support/web-stack.ts';

/** The palette: everything by its name, in a real browser. */

let web: WebStack;
let window: Window;
let page: Page;
beforeAll(async () => {
  web = await startWebStack({ worker: false });
});
afterAll(() => web?.close());
beforeEach(async () => {
  window = await web.window();
  page = window.app.page;
});
afterEach(() => window?.context.close());

const DAY_MS = 86_400_000;
const dayIn = (days: number) =>
  new Intl.DateTimeFormat('sv-SE').format(new Date(Date.now() + days * DAY_MS));
const TOMORROW = dayIn(1);

const make = (name: string) =>
  web.mara.call<AppTask>('POST', '/api/v1/tasks', { name, dueDate: dayIn(0) });
const row = (name: string): Locator => window.app.row(name);
const press = (key: string) => page.keyboard.press(key);
const dueIsStored = ({ id }: AppTask, day: string) =>
  expect
    .poll(async () => (await web.mara.call<AppTask>('GET', `/api/v1/tasks/${id}`)).dueDate)
    .toBe(day);

/** The panel and other pages have choices that are comboboxes too. */
const field = () => page.locator('input[role=combobox]');
const first = () => page.getByRole('option', { selected: true });

it('B9.2 acts on the task the keyboard is on, finds tasks and pages, and adds, by keyboard alone', async () => {
  const task = await make('Palette: send the offer');
  await window.app.open('/');
  await row(task.name).focus();
  // Typed on at once, also while the palette is still on its way.
  await press('Control+k');
  await page.keyboard.type('due tom');
  await expect.poll(() => first().textContent()).toMatch(/^Due: Tomorrow/);
  await press('Enter');
  await page.getByText(`Changed the date of “${task.name}”.`).waitFor();
  await dueIsStored(task, TOMORROW);

  await press('Control+k');
  await page.keyboard.type('in 3 days');
  await press('Enter');
  await dueIsStored(task, dayIn(3));

  await press('Control+k');
  await page.keyboard.type('Palette: send');
  await page
    .getByRole('option', { name: new RegExp(task.name) })
    .first()
    .click();
  await page.getByRole('complementary', { name: 'Task' }).waitFor();
  expect(page.url()).toContain(task.id);
  await press('Escape');

  await press('Control+k');
  await page.keyboard.type('Walk hall two tomorrow');
  await page.getByRole('option', { name: /^Add “Walk hall two”/ }).waitFor();
  await press('ArrowUp');
  await press('Enter');
  await row('Walk hall two').waitFor();
  const made = (await allTasks(web.mara)).find(({ name }) => name === 'Walk hall two');
  expect(made?.dueDate).toBe(TOMORROW);

  await press('Control+k');
  await page.keyboard.type('health');
  await press('Enter');
  await page.waitForURL(/\/health$/);
  await press('Control+k');
  await page.keyboard.type('overdue');
  await press('Enter');
  await page.waitForURL(/view=overdue/);
});

it('B9.2 the palette leads to every page, by its name in English', async () => {
  await window.app.open('/health');
  await page.getByRole('heading', { name: 'Health' }).waitFor();
  for (const [typed, path] of [
    ['command center', '/'],
    ['notices', '/notices'],
    ['history', '/history'],
    ['diagnostics', '/diagnostics'],
    ['health', '/health'],
    ['settings salesforce', '/settings/salesforce'],
    ['settings activity details', '/settings/activity-details'],
    ['settings reminders', '/settings/reminders'],
    ['settings programs', '/settings/programs'],
    ['settings team', '/settings/team'],
    ['settings audit', '/settings/audit'],
    ['settings account', '/settings/account'],
  ] as const) {
    await press('Control+k');
    await field().waitFor();
    await page.keyboard.type(typed);
    await press('Enter');
    await page.waitForURL((url) => url.pathname === path);
    await field().waitFor({ state: 'detached' });
  }
});

it('B9.2 speaks Chinese, takes English words there too, and gives the keyboard back', async () => {
  const task = await make('面板：发报价');
  await window.context.addInitScript(() => localStorage.setItem('tandem-language', 'zh-CN'));
  await window.app.open('/');
  await row(task.name).focus();
  await press('Control+k');
  await field().waitFor();
  await page.keyboard.type('明天');
  await expect.poll(() => first().textContent()).toMatch(/^到期：/);
  await press('Escape');
  await field().waitFor({ state: 'detached' });
  await page.locator('[role=row]:focus').filter({ hasText: task.name }).waitFor();
  await press('Control+k');
  await page.keyboard.type('no date');
  await expect.poll(() => first().textContent()).toMatch(/无日期/);
});

/** What the palette offers for what is typed, as soon as it does. */
async function choose(typed: string, option: RegExp): Promise<void> {
  await press('Control+k');
  await page.keyboard.type(typed);
  await page.getByRole('option', { name: option }).first().click();
  await field().waitFor({ state: 'detached' });
}
const stored = ({ id }: AppTask) => web.mara.call<AppTask>('GET', `/api/v1/tasks/${id}`);

it('B9.2 a task added in the palette leaves the keys to the row they were on', async () => {
  const task = await make('Palette: has the keys');
  await window.app.open('/');
  await row(task.name).focus();
  await choose('Thought of in between today', /^Add “Thought of in between”/);
  await row('Thought of in between').waitFor();
  await press('Space');
  await page.getByText(`Completed “${task.name}”.`).waitFor();
});

it('B9.2 the keys mean the task that was found and opened, and none where the list does not show it', async () => {
  const [before, found] = [await make('Palette: before'), await make('Palette: rhinoceros')];
  const far = await make('Palette: hippopotamus');
  await web.mara.call('PATCH', `/api/v1/tasks/${far.id}`, { dueDate: dayIn(40) });
  await window.app.open('/');
  await row(before.name).focus();
  await choose('hippopotamus', /^Palette: hippopotamus/);
  await page.getByRole('complementary', { name: 'Task' }).waitFor();
  await press('#');
  await press('z');
  await page.getByText('There is nothing to undo.').waitFor();
  await row(before.name).focus();
  await choose('rhinoceros', /^Palette: rhinoceros/);
  await page.waitForURL((url) => url.href.includes(found.id));
  await press('#');
  await page.getByText(`Moved “${found.name}” to Trash.`).waitFor();
  expect((await stored(before)).trashedAt).toBeNull();
});

it('B9.2 acts on the task as the list in sight shows it, not as another list once read it', async () => {
  const task = await make('Palette: moved by others');
  await window.app.open('/?view=today');
  await row(task.name).waitFor();
  await choose('all open', /^All open/);
  await page.waitForURL(/view=all_open/);
  await row(task.name).waitFor();
  await web.mara.call('PATCH', `/api/v1/tasks/${task.id}`, { dueDate: dayIn(5) });
  const isToday = row(task.name).getByRole('button', { name: 'Due date: Today' });
  await isToday.waitFor({ state: 'detached' });
  await row(task.name).focus();
  await choose('due today', /^Due: Today/);
  await dueIsStored(task, dayIn(0));
});

it('B9.2 offers what can be done to a task as it is shown while its change waits for the network', async () => {
  const task = await make('Palette: completed offline');
  await window.app.open('/');
  await row(task.name).focus();
  await press('Control+k');
  await page.getByRole('option', { name: /^Complete Space/ }).waitFor();
  await press('Escape');
  await field().waitFor({ state: 'detached' });
  await window.context.setOffline(true);
  await press('Space');
  await row(task.name)
    .getByRole('button', { name: /^Reopen/ })
    .waitFor();
  await press('Control+k');
  await page.getByRole('option', { name: /^Reopen Space/ }).waitFor();
});

it('B9.2 what was found for the first letters is not opened by Enter after more of them', async () => {
  const hit = await make('Rhubarb cake');
  await window.app.open('/');
  await row(hit.name).focus();
  await press('Control+k');
  await page.keyboard.type('Rhubarb');
  await page.getByRole('option', { name: /^Rhubarb cake/ }).waitFor();
  await page.keyboard.type(' soup tomorrow');
  await press('Enter');
  await page.getByText('Added “Rhubarb soup”.').waitFor();
});
