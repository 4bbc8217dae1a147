import { mkdirSync } from 'node:fs';
import type { Browser, BrowserContext } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { type AppTask, allTasks } from './support/app-tasks.ts';
import { launchBrowser } from './support/browser.ts';
import { tabTo } from './support/keyboard.ts';
import { AppPages } from './support/pages.ts';
import { MARA, SALESFORCE_PASSWORD, type Stack, startStack } from './support/stack.ts';

/** From the sign-in to a task in Salesforce without touching a mouse. */

let stack: Stack;
let browser: Browser;
let context: BrowserContext;
let app: AppPages;

beforeAll(async () => {
  stack = await startStack({ worker: true, web: true });
  browser = await launchBrowser();
  context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'en-GB' });
  app = new AppPages(await context.newPage(), stack.server.url);
});
afterEach(async ({ task }) => {
  if (task.result?.state !== 'fail') return;
  mkdirSync('test-results', { recursive: true });
  await app.page.screenshot({ path: 'test-results/keyboard-story.png' });
});
afterAll(async () => {
  await browser?.close();
  await stack?.close();
});

it('B6.1 B8.1 B9.2 the story by keyboard alone: sign in, connect, allow, choose, save, add, in step', async () => {
  const person = await stack.person(MARA, 'Mara Lindqvist');
  const { page } = app;
  const { keyboard } = page;
  const button = (name: string) => page.getByRole('button', { name, exact: true });

  await app.open('/');
  await tabTo(page, page.getByLabel('E-mail'));
  await keyboard.type(MARA);
  await tabTo(page, page.getByLabel('Password', { exact: true }));
  await keyboard.type(person.password);
  await keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Command Center' }).waitFor();

  await tabTo(page, page.getByRole('link', { name: 'Settings' }).first());
  await keyboard.press('Enter');
  await tabTo(page, button('Connect Salesforce'));
  await keyboard.press('Enter');
  await tabTo(page, page.locator('#username'));
  await keyboard.type(MARA);
  await tabTo(page, page.locator('#password'));
  await keyboard.type(SALESFORCE_PASSWORD);
  await keyboard.press('Enter');
  await tabTo(page, page.getByRole('button', { name: 'Allow' }));
  await keyboard.press('Enter');
  await page.getByText('Connected. Now choose what Tandem should do.').waitFor();

  const off = page.locator('[name=mode]').first();
  await tabTo(page, off);
  await keyboard.press('ArrowDown');
  const on = page.getByRole('radio', { name: 'Sync tasks with Salesforce' });
  await expect.poll(() => on.isChecked()).toBe(true);
  await tabTo(page, button('Save'));
  await keyboard.press('Enter');
  await page.getByText(/^Done: \d+ in/).waitFor();

  await keyboard.press('Control+k');
  await keyboard.type('today & tomorrow');
  await page.getByRole('option', { selected: true, name: /^Today & tomorrow/ }).waitFor();
  await keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Command Center' }).waitFor();
  await keyboard.press('c');
  await page.locator('input:focus[aria-label="Name of the new task"]').waitFor();
  await keyboard.type('Ring the harbour office today');
  await keyboard.press('Enter');
  await app.inStep('Ring the harbour office');

  const sent = (await allTasks(person)).find(({ name }) => name === 'Ring the harbour office');
  expect(sent?.sync.state).toBe('in_step' satisfies AppTask['sync']['state']);
  const org = await stack.jsforce(MARA);
  const record = await org.sobject('Task').retrieve(sent?.sync.salesforceId ?? '');
  expect(record).toMatchObject({ Subject: 'Ring the harbour office', Status: 'Not Started' });
});
