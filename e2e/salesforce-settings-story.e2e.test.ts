import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { expectClean, LOOKS } from './support/looks.ts';
import { shot } from './support/shots.ts';
import { MARA, SALESFORCE_PASSWORD, TOMAS } from './support/stack.ts';
import { type Turn, turnsOf } from './support/turns.ts';
import { startWebStack, type WebStack, type Window } from './support/web-stack.ts';

/**
 * Settings → Salesforce from Save to goodbye, in one window that stays open: the import and its numbers, off and on
 * again, what an admin sets, disconnecting, and another sign-in. Sync is driven turn by turn, so that a half-done
 * import can be looked at for as long as it takes.
 */

/** A page of Salesforce's answers; of the tasks made here, that many and some more are open. */
const PAGE = 2_000;
const TASKS = 2_600;

interface Settings {
  readonly mode: string;
  readonly priorityMap: Readonly<Record<string, string>>;
  readonly apiShare: number;
}
interface Status {
  readonly state: string;
  readonly import: { state: string; found: number; imported: number; skipped: number } | null;
  readonly apiUsage: { max: number };
  readonly apiBudget: { allowance: number };
}

let web: WebStack;
let window: Window;
let page: Page;
let turn: Turn;

beforeAll(async () => {
  web = await startWebStack({ worker: false });
  await web.stack.control('POST', 'seed', { kind: 'bulk', count: TASKS });
  const { userId } = await web.mara.call<{ userId: string }>('GET', '/api/v1/me');
  turn = await turnsOf(web.stack, userId);
  window = await web.window({ reducedMotion: 'reduce' });
  page = window.app.page;
});
afterAll(async () => {
  await window?.context.close();
  await web?.close();
});

const settings = () => web.mara.call<Settings>('GET', '/api/v1/sync/settings');
const status = () => web.mara.call<Status>('GET', '/api/v1/sync/status');
const bar = () => page.getByRole('progressbar', { name: 'Import progress' });
const number = (value: number) => value.toLocaleString('en');

async function save(): Promise<void> {
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.getByText('Saved.', { exact: true }).waitFor();
}

/** The same state in each scheme, language and width. */
async function inEveryLook(state: string, reach: (page: Page) => Promise<unknown>): Promise<void> {
  for (const look of LOOKS) {
    const other = await web.window(look.window);
    await other.context.addInitScript(
      (chosen) => localStorage.setItem('tandem-language', chosen),
      look.language,
    );
    await other.app.open('/settings/salesforce');
    await reach(other.app.page);
    const name = `${state}-${look.colorScheme}-${look.language}-${look.width}`;
    await expectClean(other.app.page, name);
    await shot(other.app.page, name, state !== 'disconnect');
    await other.context.close();
  }
}

it('B6.3 Save counts first, and then shows how far it is, also to who leaves and comes back', async () => {
  await window.app.open('/settings/salesforce');
  await page.getByRole('radio', { name: 'Sync tasks with Salesforce' }).check();
  await page.getByRole('radio', { name: 'All open tasks' }).check({ force: true });
  await save();
  await page.getByText('Counting…').first().waitFor();
  expect(await bar().getAttribute('aria-valuetext')).toBe('Counting…');
  expect(await bar().getAttribute('aria-valuenow')).toBeNull();

  // The second page of the answer does not come, for as long as the fault lasts.
  const match = { path: '/query/01g' };
  await web.stack.control('POST', 'faults', { kind: 'status', status: 503, match, times: null });
  await turn();
  const half = (await status()).import;
  expect(half).toMatchObject({ state: 'running' });
  const { found = 0, imported = 0, skipped = 0 } = half ?? {};
  const met = imported + skipped;
  expect(met).toBeGreaterThan(0);
  expect(found).toBeGreaterThan(PAGE);
  const expectHalf = async () => {
    await expect.poll(() => bar().getAttribute('aria-valuenow')).toBe(String(met));
    expect(await bar().getAttribute('aria-valuemax')).toBe(String(found));
    await page.getByText(`${number(found)} found`).waitFor();
    await page.getByText(`${number(imported)} in`, { exact: true }).waitFor();
    await page.getByText(`${number(found - met)} to go`).waitFor();
  };
  await expectHalf();
  await page.getByRole('link', { name: 'Command Center' }).first().click();
  await page.getByRole('heading', { name: 'Command Center' }).waitFor();
  await page.goBack();
  await expectHalf();
  await page.reload();
  await expectHalf();
});

it('B6.3 the progress is clear to axe in every look', () =>
  inEveryLook('progress', (one) => one.getByRole('progressbar').waitFor()));

it('B6.3 the numbers go up to the end, and the end says them', async () => {
  await web.stack.control('DELETE', 'faults');
  await turn();
  const done = (await status()).import;
  expect(done).toMatchObject({ state: 'done' });
  expect((done?.imported ?? 0) + (done?.skipped ?? 0)).toBe(done?.found);
  await page
    .getByText(`Done: ${number(done?.imported ?? 0)} in, ${done?.skipped} left out`)
    .waitFor();
  expect(await bar().count()).toBe(0);
  await inEveryLook('done', (one) => one.locator('[role=status] a[href="/"]').waitFor());
});

it('B6.1 switched off nothing crosses; switched on again it goes on where it stopped', async () => {
  await page.getByRole('radio', { name: 'Do not sync to Salesforce tasks' }).check();
  await page.getByText(/Saving stops sync\. Nothing is deleted/).waitFor();
  await save();
  expect((await settings()).mode).toBe('off');
  const jsforce = await web.stack.jsforce(MARA);
  await jsforce.sobject('Task').create({ Subject: 'Made while it was off', Status: 'Not Started' });
  await turn({ pollNow: true });
  const text = encodeURIComponent('Made while it was off');
  const here = () =>
    web.mara.call<{ tasks: unknown[] }>('GET', `/api/v1/tasks?view=all&text=${text}`);
  expect((await here()).tasks).toEqual([]);

  await page.getByRole('radio', { name: 'Sync tasks with Salesforce' }).check();
  await save();
  expect((await settings()).mode).toBe('on');
  await turn({ pollNow: true });
  expect((await here()).tasks).toHaveLength(1);
});

it('B4.1 B11.7 an admin says what Low means, and how much of the calls is used', async () => {
  await page.getByLabel('Low in Salesforce is here').selectOption('Normal');
  await page.getByLabel('Part of the org’s calls, in percent').fill('40');
  await page.getByText('Not saved yet.').waitFor();
  await save();
  expect(await settings()).toMatchObject({ priorityMap: { Low: 'normal' }, apiShare: 40 });
  const { apiUsage, apiBudget } = await status();
  expect(apiBudget.allowance).toBe(Math.floor(0.4 * apiUsage.max));
  const allowance = number(apiBudget.allowance);
  await page.getByText(new RegExp(`of its ${allowance} calls a day`)).waitFor();
  await page.getByText(/At the present pace it (comes|would come) to [\d,]+ a day/).waitFor();
  await page.reload();
  await page.getByLabel('Low in Salesforce is here').waitFor();
  expect(await page.getByLabel('Low in Salesforce is here').inputValue()).toBe('normal');
  expect(await page.getByLabel('Part of the org’s calls, in percent').inputValue()).toBe('40');
});

it('B7.1 disconnecting is asked, can be left by the keyboard, and keeps everything', async () => {
  await inEveryLook('disconnect', async (one) => {
    await one.getByRole('button', { name: /^(Disconnect|断开连接)$/ }).click();
    await one.getByRole('dialog').waitFor();
  });
  const tasks = (await web.mara.call<{ allOpen: number }>('GET', '/api/v1/tasks/counts')).allOpen;
  const ask = page.getByRole('button', { name: 'Disconnect', exact: true });
  await ask.focus();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Disconnect Salesforce?' });
  await dialog.getByText(/Nothing is deleted on either side/).waitFor();
  const keep = dialog.getByRole('button', { name: 'Keep connected' });
  await expect.poll(() => keep.evaluate((one) => one === document.activeElement)).toBe(true);
  await page.keyboard.press('Enter');
  await dialog.waitFor({ state: 'detached' });
  await page.getByText(`You are Mara Lindqvist (${MARA})`).waitFor();

  await ask.click();
  await dialog.getByRole('button', { name: 'Disconnect', exact: true }).click();
  await page.getByText(new RegExp(`^Disconnected. You were ${MARA}`)).waitFor();
  expect(
    await web.mara.call<{ state: string }>('GET', '/api/v1/salesforce/connection'),
  ).toMatchObject({ state: 'disconnected' });
  const after = await web.mara.call<{ allOpen: number }>('GET', '/api/v1/tasks/counts');
  expect(after.allOpen).toBe(tasks);
});

it('B7.1 B7.3 connected again, sync can go on; another org begins at Salesforce’s own sign-in', async () => {
  const logIn = async (username: string) => {
    await page.locator('#username').fill(username);
    await page.locator('#password').fill(SALESFORCE_PASSWORD);
    await page.locator('[name=Login]').click();
  };
  await page.getByRole('button', { name: 'Connect Salesforce' }).click();
  await logIn(MARA);
  await page.getByText(`You are Mara Lindqvist (${MARA})`).waitFor();
  expect(await settings()).toMatchObject({ mode: 'off', apiShare: 40 });
  await page.getByRole('radio', { name: 'Sync tasks with Salesforce' }).check();
  await save();
  expect((await settings()).mode).toBe('on');

  // Salesforce knows this browser by now, and asks all the same.
  await page.getByRole('button', { name: 'Use another org' }).click();
  await logIn(TOMAS);
  await page.getByRole('button', { name: /Allow/ }).click();
  // Salesforce's question names him as well, without an org, and stays until Tandem has its answer.
  await page.getByText(`(${TOMAS}) in`).waitFor();
  expect(
    await web.mara.call<{ username: string }>('GET', '/api/v1/salesforce/connection'),
  ).toMatchObject({ state: 'connected', username: TOMAS });
});
