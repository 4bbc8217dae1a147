import type { Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { AppTask } from './support/app-tasks.ts';
import { expectClean, LOOKS } from './support/looks.ts';
import { refusedTasks } from './support/refused-tasks.ts';
import { type Turn, turnsOf } from './support/turns.ts';
import { startWebStack, type WebStack, type Window } from './support/web-stack.ts';

/** B11.1 to B11.3 as a person meets them: what did not get through, whose move it is, and the way out. */

const SUNDAYS = 'Due dates are never on Sundays';
const HIDDEN = 'Unable to create/update fields: Description.';

let web: WebStack;
let turn: Turn;
let window: Window;
let page: Page;

beforeAll(async () => {
  web = await startWebStack({ worker: false });
  const { mara } = web;
  await mara.call('PUT', '/api/v1/sync/settings', { mode: 'on', importWindow: '24h' });
  const { userId } = await mara.call<{ userId: string }>('GET', '/api/v1/me');
  turn = await turnsOf(web.stack, userId);
  await turn();
  // What the demo org has left out is another test's.
  await mara.call('POST', '/api/v1/sync/problems/bulk', {
    action: 'ignore',
    kind: 'skipped',
    cause: 'series',
  });
});
afterAll(() => web?.close());
beforeEach(async () => {
  window = await web.window();
  page = window.app.page;
});
afterEach(() => window?.context.close());

const card = (sentence: string): Locator => page.getByRole('article').filter({ hasText: sentence });
const badge = (name: RegExp) => page.getByRole('navigation').getByRole('link', { name });
const taskOf = (id: string) => web.mara.call<AppTask>('GET', `/api/v1/tasks/${id}`);

describe('Diagnostics', () => {
  it('B11.3 an empty one is a small pleasure, and the rail shows no count', async () => {
    await window.app.open('/diagnostics');
    await page.getByRole('heading', { name: 'Everything gets through' }).waitFor();
    expect(await badge(/^Diagnostics$/).count()).toBe(1);
  });

  it('B11.1 B11.3 says each cause once, with class, whose move, Salesforce’s words and the tasks beneath', async () => {
    await window.app.open('/diagnostics');
    await page.getByRole('heading', { name: 'Everything gets through' }).waitFor();
    await refusedTasks(web, turn, 'Ring the buyer', [
      ...Array.from({ length: 4 }, () => ({
        code: 'FIELD_CUSTOM_VALIDATION_EXCEPTION',
        message: SUNDAYS,
      })),
      { code: 'INVALID_FIELD_FOR_INSERT_UPDATE', message: HIDDEN },
    ]);
    // Nobody pressed anything: the page heard of it.
    const rule = card('A validation rule in Salesforce did not accept this.');
    await rule.getByText('4 tasks').waitFor();
    await badge(/^Diagnostics, 5 wait for you$/).waitFor();
    await rule.getByText('Access or validation').waitFor();
    await rule.getByText('FIELD_CUSTOM_VALIDATION_EXCEPTION').waitFor();
    expect(await rule.getByText(SUNDAYS).count()).toBe(0);
    await rule.getByRole('button', { name: /^Show the tasks/ }).click();
    await rule.getByText(SUNDAYS).first().waitFor();
    expect(await rule.getByRole('link', { name: /^Ring the buyer/ }).count()).toBe(4);
    const hidden = card('Your Salesforce user may not write one of the fields.');
    await hidden.getByText(HIDDEN).waitFor();
    await hidden.getByRole('link', { name: 'See what Tandem may do' }).waitFor();
  });

  it('B11.3 "Ignore" takes a task off, undo brings it back, and ignored ones stay within reach', async () => {
    await window.app.open('/diagnostics');
    const rule = card('A validation rule in Salesforce did not accept this.');
    await rule.getByRole('button', { name: /^Show the tasks/ }).click();
    await rule
      .getByRole('button', { name: /^Ignore: Ring the buyer/ })
      .first()
      .click();
    const undo = page.getByRole('button', { name: 'Undo' });
    // It stays under the pointer.
    await undo.hover();
    await rule.getByText('3 tasks').waitFor();
    await undo.click();
    await rule.getByText('4 tasks').waitFor();
    await rule.getByRole('button', { name: /^Ignore all/ }).click();
    await page.getByText('4 tasks are off the list').waitFor();
    await rule.waitFor({ state: 'detached' });
    await page.getByRole('button', { name: /^Show \d+ ignored tasks$/ }).click();
    await page
      .getByRole('button', { name: /^Put back: Ring the buyer/ })
      .first()
      .click();
    await rule.getByText('1 task', { exact: true }).waitFor();
    const { problems } = await web.mara.call<{ problems: { id: string }[] }>(
      'GET',
      '/api/v1/sync/problems?ignored=true&kind=parked',
    );
    const ids = problems.map(({ id }) => id);
    await web.mara.call('POST', '/api/v1/sync/problems/bulk', { action: 'put_back', ids });
    await rule.getByText('4 tasks').waitFor();
  });

  it('B11.3 exports what it shows', async () => {
    await window.app.open('/diagnostics');
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'Download as CSV' }).click(),
    ]);
    expect(download.suggestedFilename()).toMatch(/^tandem-problems-\d{4}-\d{2}-\d{2}\.csv$/);
    const csv = await (await window.context.request.get(download.url())).text();
    expect(csv.match(/A validation rule in Salesforce did not accept this\./g)).toHaveLength(4);
    expect(csv).toContain(SUNDAYS);
  });

  it('B11.3 leads from a task to its page', async () => {
    await window.app.open('/diagnostics');
    const hidden = card('Your Salesforce user may not write one of the fields.');
    await hidden.getByRole('link', { name: /^Ring the buyer/ }).click();
    await page.getByRole('heading', { name: 'Both sides' }).waitFor();
    await page.getByText(HIDDEN).first().waitFor();
  });

  it('Settings → Salesforce only counts, and points here', async () => {
    await window.app.open('/settings/salesforce');
    await page.getByText('5 tasks are held up or were left out.').waitFor();
    await page.getByRole('link', { name: 'Open Diagnostics' }).click();
    await page.getByRole('heading', { name: 'Diagnostics', exact: true }).waitFor();
  });
});

describe.each(LOOKS)('Diagnostics, $colorScheme, $language, $width px', (look) => {
  it('has no fault a machine can find, folded out', async () => {
    await window.context.close();
    window = await web.window(look.window);
    await window.context.addInitScript(
      (language) => localStorage.setItem('tandem-language', language),
      look.language,
    );
    page = window.app.page;
    await window.app.open('/diagnostics');
    await page.locator('article button[aria-expanded=false]').first().click();
    // The other cause shows its task from the beginning.
    await page.getByText(SUNDAYS).first().waitFor();
    await expectClean(page, 'Diagnostics');
  });
});

describe('with the keyboard alone', () => {
  it('B11.3 a cause folds out, and its tasks are tried again', async () => {
    await window.app.open('/diagnostics');
    const rule = card('A validation rule in Salesforce did not accept this.');
    await rule.waitFor();
    const parked = await web.mara.call<{ problems: { taskId: string }[] }>(
      'GET',
      '/api/v1/sync/problems?kind=parked',
    );
    await tabTo(/^Retry all: A validation rule/);
    // The fold is two steps further.
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await rule.getByText(SUNDAYS).first().waitFor();
    await page.keyboard.press('Shift+Tab');
    await page.keyboard.press('Shift+Tab');
    await page.keyboard.press('Enter');
    await page.getByText('Trying 4 tasks again.').waitFor();
    await turn();
    await rule.waitFor({ state: 'detached' });
    await badge(/^Diagnostics, 1 waits for you$/).waitFor();
    await tabTo(/^Retry all: Your Salesforce user may not write/);
    await page.keyboard.press('Enter');
    await page.getByText('Trying 1 task again.').waitFor();
    await turn();
    await page.getByRole('heading', { name: 'Everything gets through' }).waitFor();
    for (const { taskId } of parked.problems) {
      expect((await taskOf(taskId)).sync.state).toBe('in_step');
    }
  });

  async function tabTo(name: RegExp): Promise<void> {
    for (let presses = 0; presses < 60; presses += 1) {
      await page.keyboard.press('Tab');
      const label = await page.evaluate(() => document.activeElement?.getAttribute('aria-label'));
      if (name.test(label ?? '')) return;
    }
    throw new Error(`No way to ${name} by Tab.`);
  }
});
