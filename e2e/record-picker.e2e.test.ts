import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { AppTask } from './support/app-tasks.ts';
import { tabTo } from './support/keyboard.ts';
import { expectClean, LOOKS } from './support/looks.ts';
import { MARA } from './support/stack.ts';
import { type Turn, turnsOf } from './support/turns.ts';
import { startWebStack, type WebStack, type Window } from './support/web-stack.ts';

/** Person and related record are picked by searching Salesforce, by keyboard alone, and arrive there. */

let web: WebStack;
let window: Window;
let page: Page;
let task: AppTask;
let turn: Turn;

beforeAll(async () => {
  web = await startWebStack({ worker: false });
  const { mara } = web;
  await mara.call('PUT', '/api/v1/sync/settings', { mode: 'on' });
  const { userId } = await mara.call<{ userId: string }>('GET', '/api/v1/me');
  turn = await turnsOf(web.stack, userId);
  await turn();
  const dueDate = new Intl.DateTimeFormat('sv-SE').format(new Date());
  task = await mara.call('POST', '/api/v1/tasks', { name: 'Agree on the freezer', dueDate });
  await turn();
});
afterAll(() => web?.close());
afterEach(() => window?.context.close());

const FIELDS = {
  en: { person: 'Person', results: 'Search results' },
  'zh-CN': { person: '联系人', results: '搜索结果' },
} as const;
const stored = () => web.mara.call<AppTask>('GET', `/api/v1/tasks/${task.id}`);
const field = (label: string) => page.getByLabel(label, { exact: true });
const results = (name = 'Search results') => page.getByRole('list', { name }).getByRole('button');

async function open(language: 'en' | 'zh-CN', options: object = {}): Promise<void> {
  window = await web.window(options);
  page = window.app.page;
  await window.context.addInitScript(
    (chosen) => localStorage.setItem('tandem-language', chosen),
    language,
  );
  await window.app.open(`/tasks/${task.id}`);
}

/** Types, goes down into the list and takes the first; the keyboard stays with the field. */
async function pick(
  label: string,
  text: string,
  by: 'typing' | 'pressing',
): Promise<string | null> {
  await tabTo(page, field(label));
  if (by === 'pressing') await page.keyboard.press('Enter');
  await page.locator('input:focus').waitFor();
  await page.keyboard.type(text);
  await results().first().waitFor();
  await page.keyboard.press('ArrowDown');
  const name = await page.locator('li > button:focus').textContent();
  await page.keyboard.press('Enter');
  await results().first().waitFor({ state: 'detached' });
  await expect
    .poll(() => field(label).evaluate((one) => one === document.activeElement && one.textContent))
    .toBe(name);
  return name;
}

/** What the org has after the next turn. */
async function record() {
  await turn();
  const { sync } = await stored();
  const org = await web.stack.jsforce(MARA);
  return org.sobject('Task').retrieve(sync.salesforceId ?? '');
}

it('B1.1 B8.1 a person and a record are found, changed and removed by keyboard, here and in Salesforce', async () => {
  await open('en');
  expect(await pick('Person', 'kofi', 'typing')).toContain('Kofi Adenbrook');
  await pick('Related to', 'osterly', 'typing');
  await expect.poll(async () => (await stored()).related?.name).toBeTruthy();
  const { person, related } = await stored();
  expect(person).toMatchObject({ name: 'Kofi Adenbrook', type: 'Contact' });
  expect(await record()).toMatchObject({ WhoId: person?.id, WhatId: related?.id });

  await page.keyboard.press('Shift+Tab');
  await pick('Person', 'wies', 'pressing');
  await expect.poll(async () => (await stored()).person?.id).not.toBe(person?.id);
  const another = (await stored()).person;
  expect(await record()).toMatchObject({ WhoId: another?.id, WhatId: related?.id });

  for (const { name } of [another, related].filter((one) => one !== null)) {
    await tabTo(page, page.getByRole('button', { name: `Remove: ${name}` }));
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: `Remove: ${name}` }).waitFor({ state: 'detached' });
  }
  await expect.poll(async () => (await stored()).related).toBeNull();
  expect(await record()).toMatchObject({ WhoId: null, WhatId: null });
});

it('B1.1 a search that is left by Esc, and one that finds nothing, change nothing and say so', async () => {
  await open('en');
  await tabTo(page, field('Person'));
  await page.keyboard.type('zzzz');
  await page.getByText('Salesforce knows nobody and nothing by this name.').waitFor();
  await page.keyboard.press('Escape');
  await page.getByText('Salesforce knows nobody and nothing by this name.').waitFor({
    state: 'detached',
  });
  expect((await stored()).person).toBeNull();
});

it('B1.1 letters typed without a pause are one question to Salesforce, and Enter waits for its answer', async () => {
  await open('en');
  const asked: (string | null)[] = [];
  page.on('request', (request) => {
    const { pathname, searchParams } = new URL(request.url());
    if (pathname.endsWith('/salesforce/search')) asked.push(searchParams.get('q'));
  });
  await tabTo(page, field('Person'));
  // Time stands still while the letters come, however slow the machine.
  await page.clock.install();
  await page.clock.pauseAt(Date.now() + 60_000);
  await page.keyboard.type('kofi adenb');
  await page.keyboard.press('Enter');
  await page.getByText('Searching…').waitFor();
  expect(asked).toEqual([]);
  await page.clock.resume();
  await results().first().waitFor();
  expect(asked).toEqual(['kofi adenb']);
  expect((await stored()).person).toBeNull();
  await page.keyboard.press('Escape');
});

describe.each(LOOKS)('$colorScheme, $language, $width px', (look) => {
  it('B1.1 the open list of results has no fault a machine can find', async () => {
    await open(look.language, look.window);
    const { person, results: name } = FIELDS[look.language];
    await field(person).fill('ad');
    await results(name).first().waitFor();
    await expectClean(page, 'results');
    await field(person).fill('a');
    await results(name).first().waitFor({ state: 'detached' });
    await expectClean(page, 'too short');
  });
});
