import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { AppTask } from './support/app-tasks.ts';
import { lineOf } from './support/line.ts';
import { expectClean, LOOKS } from './support/looks.ts';
import { turnsOf } from './support/turns.ts';
import { startWebStack, type WebStack, type Window } from './support/web-stack.ts';

/** WCAG 2.2 AA as far as a machine can tell, on every page and state; no sideways scrolling on a phone. */
const HEIGHT = 900;

let web: WebStack;
let window: Window;
let imported: AppTask;
let own: AppTask;

beforeAll(async () => {
  web = await startWebStack({ worker: false });
  const { mara } = web;
  await mara.call('PUT', '/api/v1/sync/settings', { mode: 'on', importWindow: 'all_open' });
  const { userId } = await mara.call<{ userId: string }>('GET', '/api/v1/me');
  const turn = await turnsOf(web.stack, userId);
  await turn();
  const found = await mara.call<{ tasks: AppTask[] }>('GET', '/api/v1/tasks?view=all&limit=500');
  const differs = ({ sync }: AppTask) => sync.salesforceStatus === 'In Progress';
  imported = found.tasks.find(differs) ?? fail('no imported task is in progress');
  const dueDate = new Intl.DateTimeFormat('sv-SE').format(new Date());
  own = await mara.call('POST', '/api/v1/tasks', {
    name: 'Walk the warehouse with the new scanner',
    dueDate,
    priority: 'high',
    type: 'call',
    details: 'Hall 2 first',
    campaign: { name: 'Autumn', day: 3, step: 1 },
  });
});
afterAll(() => web?.close());
afterEach(() => window?.context.close());

function fail(why: string): never {
  throw new Error(why);
}

describe.each(LOOKS)('$colorScheme, $language, $width px', ({ colorScheme, language, width }) => {
  async function open(path: string, ready: string): Promise<Page> {
    await window.app.open(path);
    await window.app.page.locator(ready).first().waitFor();
    return window.app.page;
  }

  async function openWindow(): Promise<void> {
    window = await web.window({
      colorScheme,
      viewport: { width, height: HEIGHT },
      hasTouch: width < 500,
      reducedMotion: 'reduce',
    });
    await window.context.addInitScript(
      (chosen) => localStorage.setItem('tandem-language', chosen),
      language,
    );
  }

  it('before the door', async () => {
    await openWindow();
    await window.context.clearCookies();
    await expectClean(await open('/sign-in', 'form'), 'sign in');
    const page = await open('/sign-up', 'form');
    await expectClean(page, 'sign up');
    await page.locator('[type=submit]').click();
    await page.locator('[aria-invalid=true]').first().waitFor();
    await expectClean(page, 'sign up with mistakes');
  });

  it('Command Center', async () => {
    await openWindow();
    let page = await open('/', '[role=row][aria-selected]');
    await expectClean(page, 'the list');
    await page.keyboard.press('c');
    await page.locator('form input').first().waitFor();
    await page.keyboard.press('Enter');
    await page.locator('[aria-invalid=true]').first().waitFor();
    await expectClean(page, 'add task, with a mistake');
    await page.keyboard.press('Escape');
    await page.locator('[role=row][aria-selected]').first().focus();
    await page.keyboard.press('d');
    await page.locator('[data-date]').first().waitFor();
    await expectClean(page, 'choosing a date');
    await page.keyboard.press('Escape');
    await page.locator('[role=row][aria-selected]').first().focus();
    await page.keyboard.press('x');
    await page.getByRole('toolbar').waitFor();
    await expectClean(page, 'one selected');
    await page.keyboard.press('p');
    await page.getByRole('status').getByRole('button').first().waitFor();
    await expectClean(page, 'a notice with undo');
    await page.keyboard.press('?');
    await page.getByRole('dialog').waitFor();
    await expectClean(page, 'help sheet');

    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox').fill('d');
    await page.getByRole('option').first().waitFor();
    await expectClean(page, 'palette');
    await page.keyboard.press('Escape');

    page = await open('/?view=all_open&type=call&sync=sending', '[role=row][aria-selected]');
    await page.getByRole('button', { name: /^(Save view|保存视图)$/ }).click();
    await page.getByRole('textbox', { name: /^(Name of the view|视图名称)$/ }).waitFor();
    await expectClean(page, 'filters, and a view being named');
    if (width > 500) {
      await page.getByRole('button', { name: /^(Columns|列)$/ }).click();
      await page.getByRole('dialog').getByRole('checkbox').first().waitFor();
      await expectClean(page, 'choosing columns');
    }

    page = await open('/?view=trash', 'main p');
    await expectClean(page, 'empty list');
    page = await open('/?view=range&from=2026-11-24&to=2026-11-20', '[type=date]');
    await expectClean(page, 'a range that runs backwards');
  });

  it('the panel', async () => {
    await openWindow();
    let page = await open(`/?task=${imported.id}`, 'aside table');
    await expectClean(page, 'panel of an imported task');
    page = await open(`/?task=${own.id}`, 'aside ol');
    const details = page.locator('aside textarea').nth(1);
    await details.fill('d'.repeat(32_001));
    await details.blur();
    await page.locator('aside [aria-invalid=true]').waitFor();
    await expectClean(page, 'panel with a mistake');
  });

  it('Settings', async () => {
    await openWindow();
    await expectClean(await open('/settings/salesforce', 'form table'), 'Salesforce');
    const page = await open('/settings/activity-details', '#template');
    await expectClean(page, 'Activity details');
    await page.locator('#template').fill('{{nobody_knows}}');
    await page.locator('#template[aria-invalid=true]').waitFor();
    await expectClean(page, 'Activity details with a mistake');
    await expectClean(await open('/nowhere', 'main h1'), 'not found');
    // Before the switch-on, with a preview that the next choice makes stale.
    await web.mara.call('PUT', '/api/v1/sync/settings', { mode: 'off' });
    await open('/settings/salesforce', 'form');
    await expectClean(page, 'Salesforce, sync off');
    await page.locator('[name=mode]').nth(1).check();
    await page.getByRole('button', { name: /^(Preview|预览)$/ }).click();
    await page.locator('form h3').first().waitFor();
    await expectClean(page, 'Salesforce, preview');
    await page.locator('[name=window]').nth(2).check({ force: true });
    await expectClean(page, 'Salesforce, stale preview');
    await web.mara.call('PUT', '/api/v1/sync/settings', { mode: 'on' });
  });
});

it('B9.2 the story begins with the keyboard alone: sign in, add, edit, complete, delete, undo', async () => {
  window = await web.window();
  await window.context.clearCookies();
  const { app } = window;
  const { page } = app;
  const { keyboard } = page;
  const readings = await lineOf(page, /\/api\/v1\/tasks\?/);
  await app.open('/');
  await page.getByLabel('E-mail').waitFor();
  await keyboard.type(web.mara.email);
  await keyboard.press('Tab');
  await keyboard.type(web.mara.password);
  await keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Command Center' }).waitFor();

  await keyboard.press('c');
  await expect.poll(() => focused(page)).toBe('Name of the new task');
  await keyboard.type('Water the plants in hall 3');
  await keyboard.press('Enter');
  // With the answer the keys mean the new row, which a reading of the list may show before.
  await page.getByText('Added “Water the plants in hall 3”.').waitFor();
  await app.row('Water the plants in hall 3').waitFor();
  await keyboard.press('Escape');

  await keyboard.press('e');
  await expect.poll(() => focused(page)).toBe('Name');
  await keyboard.press('End');
  await keyboard.type(', twice');
  await keyboard.press('Enter');
  const row = app.row('Water the plants in hall 3, twice');
  await row.waitFor();
  await page.getByText('Changed “Water the plants in hall 3, twice”.').waitFor();

  // What is complete leaves with the next reading, and the keys then mean the row after it: none is answered.
  readings.take(() => new Promise(() => undefined));
  await keyboard.press('Space');
  await row.getByRole('button', { name: /^Reopen/ }).waitFor();
  await page.getByText('Completed “Water the plants in hall 3, twice”.').waitFor();
  await keyboard.press('#');
  await page.getByText('Moved “Water the plants in hall 3, twice” to Trash.').waitFor();
  await row.waitFor({ state: 'detached' });
  readings.letGo();
  await keyboard.press('z');
  await page.getByText('Undone.').waitFor();
  await keyboard.press('z');
  await row.getByRole('button', { name: /^Complete/ }).waitFor();

  // The page shows it before the server has it.
  const address = '/api/v1/tasks?view=today&text=Water%20the%20plants';
  const found = async () => (await web.mara.call<{ tasks: AppTask[] }>('GET', address)).tasks;
  await expect
    .poll(found)
    .toMatchObject([
      { name: 'Water the plants in hall 3, twice', status: 'open', trashedAt: null },
    ]);
});

/** What a screen reader calls the focused field. */
function focused(page: Page): Promise<string | null> {
  return page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? null);
}
