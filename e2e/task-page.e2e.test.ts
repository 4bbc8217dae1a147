import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { AppTask } from './support/app-tasks.ts';
import { expectClean, LOOKS } from './support/looks.ts';
import { refusedTasks } from './support/refused-tasks.ts';
import { MARA } from './support/stack.ts';
import { type Turn, turnsOf } from './support/turns.ts';
import { startWebStack, type WebStack, type Window } from './support/web-stack.ts';

/** One task as a page, and the history of all of them (B10.2, B11.4). */

let web: WebStack;
let turn: Turn;
let window: Window;
let page: Page;
let apart: AppTask;
let disputed: AppTask;
let thrown: AppTask;

beforeAll(async () => {
  web = await startWebStack({ worker: false });
  const { mara } = web;
  await mara.call('PUT', '/api/v1/sync/settings', {
    mode: 'on',
    importWindow: 'all_open',
    // Who was later is another test's: here it is the value of Salesforce that is kept.
    conflictRule: 'salesforce',
  });
  const { userId } = await mara.call<{ userId: string }>('GET', '/api/v1/me');
  turn = await turnsOf(web.stack, userId);
  await turn();
  const found = await mara.call<{ tasks: AppTask[] }>('GET', '/api/v1/tasks?view=all&limit=500');
  const inProgress = found.tasks.find(({ sync }) => sync.salesforceStatus === 'In Progress');
  if (inProgress === undefined) throw new Error('no imported task is in progress');
  apart = inProgress;
  disputed = await mara.call('POST', '/api/v1/tasks', {
    name: 'Send the offer for quinces',
    dueDate: '2031-12-01',
    details: 'Ask first.',
  });
  await turn();
  await mara.call('PATCH', at(disputed), { dueDate: '2031-12-04' });
  const org = await web.stack.jsforce(MARA);
  const { sync } = await mara.call<AppTask>('GET', at(disputed));
  await org.sobject('Task').update({ Id: sync.salesforceId ?? '', ActivityDate: '2031-12-09' });
  // Salesforce's edit may be of the same second as the record itself: seen first, it is a conflict and no late overwrite.
  await turn({ pollNow: true });
  thrown = await mara.call('POST', '/api/v1/tasks', { name: 'Book the room for the review' });
  await mara.call('DELETE', at(thrown));
});
afterAll(() => web?.close());
beforeEach(async () => {
  window = await web.window();
  page = window.app.page;
});
afterEach(() => window?.context.close());

const at = ({ id }: { id: string }) => `/api/v1/tasks/${id}`;
const open = ({ id }: { id: string }) => window.app.open(`/tasks/${id}`);
const byReason = (tasks: readonly AppTask[], reason: RegExp) =>
  tasks.find(({ sync }) => reason.test(sync.reason ?? '')) ?? expect.fail(`no ${reason}`);
const row = (name: string) =>
  page.getByRole('table', { name: 'Both sides' }).getByRole('row').filter({ hasText: name });

describe('the page of a task', () => {
  it('B11.4 B3.2 shows both sides next to each other, and marks what is kept apart', async () => {
    await open(apart);
    await row('Status').getByText('In Progress', { exact: true }).waitFor();
    await row('Status').getByText('Kept apart').waitFor();
    await row('Status').getByText('This status is not mapped.').waitFor();
    expect(
      await row('Priority')
        .getByText(/Kept apart|Differs|On its way/)
        .count(),
    ).toBe(0);
    const link = page.getByRole('link', { name: 'Open in Salesforce' }).first();
    expect(await link.getAttribute('href')).toContain(apart.sync.salesforceId ?? '');
    await page.getByText('Stamp of the system').waitFor();
  });

  it('an edit here is on its way until Salesforce has it', async () => {
    await open(apart);
    await page.getByLabel('Details', { exact: true }).fill('Hall 2 first');
    await page.getByLabel('Details', { exact: true }).blur();
    await row('Details').getByText('On its way').waitFor();
    await turn();
    await row('Details').getByText('On its way').waitFor({ state: 'detached' });
    expect(await row('Details').getByText('Hall 2 first').count()).toBe(2);
  });

  it('B11.4 a rule says what it means, on hover, on focus and to a screen reader', async () => {
    await open(disputed);
    // It grows above the history, and would move the rule away from under the pointer.
    await page.getByRole('table', { name: 'Both sides' }).waitFor();
    const rule = page.getByRole('button', { name: /^Rule B10\.2: Where both/ }).first();
    const tip = page.locator('body > span', { hasText: 'the later edit wins' });
    await rule.focus();
    await tip.waitFor();
    await page.keyboard.press('Escape');
    await tip.waitFor({ state: 'detached' });
    await rule.hover();
    await tip.waitFor();
  });

  it('B10.2 names both values of a conflict, and one press brings the lost one back', async () => {
    await open(disputed);
    await page.getByText('Salesforce’s “9 Dec 2031” was kept.').waitFor();
    await page.getByRole('button', { name: 'Bring “4 Dec 2031” back' }).click();
    await page.getByText('You brought the due date back: “4 Dec 2031”.').waitFor();
    await turn();
    const { sync } = await web.mara.call<AppTask>('GET', at(disputed));
    const org = await web.stack.jsforce(MARA);
    const record = await org.sobject('Task').retrieve(sync.salesforceId ?? '');
    expect(record.ActivityDate).toBe('2031-12-04');
  });

  it('B11.4 a task in Trash says so, and its deletion is taken back from its history', async () => {
    await open(thrown);
    await page.getByText(/^In Trash since/).waitFor();
    expect(await page.getByLabel('Details', { exact: true }).isDisabled()).toBe(true);
    await page.getByRole('button', { name: 'Restore the task' }).click();
    await page.getByText(/^In Trash since/).waitFor({ state: 'detached' });
    expect((await web.mara.call<AppTask>('GET', at(thrown))).trashedAt).toBeNull();
    await web.mara.call('DELETE', at(thrown));
  });

  it('B11.1 a task Salesforce refused says whose move it is, and goes at "Retry" once it may', async () => {
    const tasks = await refusedTasks(web, turn, 'Order more quinces', [
      { code: 'FIELD_CUSTOM_VALIDATION_EXCEPTION', message: 'Never on Sundays' },
      { code: 'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST', message: 'bad value: Normal' },
    ]);
    const [refused, mapless] = [byReason(tasks, /VALIDATION/), byReason(tasks, /PICKLIST/)];
    await window.app.open(`/?view=no_date&task=${mapless.id}`);
    const panel = page.getByRole('complementary', { name: 'Task' });
    await panel.getByText('Your move, as an admin.').waitFor();
    await panel.getByRole('button', { name: 'Retry' }).waitFor();
    const map = panel.getByRole('link', { name: 'Correct the map' });
    expect(await map.getAttribute('href')).toBe('/settings/salesforce');

    await open(refused);
    await page.getByText('Needs you').first().waitFor();
    await page.getByText('Your move.', { exact: true }).waitFor();
    await page.getByText(/^since /).waitFor();
    await page.getByRole('link', { name: 'Open Diagnostics' }).waitFor();
    await expectClean(page, 'a task that was refused');
    await page.getByRole('button', { name: 'Retry' }).click();
    await page.getByText('Trying 1 task again.').waitFor();
    await page.getByText('Trying now').waitFor();
    expect(await page.getByRole('button', { name: 'Retry' }).count()).toBe(0);
    await turn();
    await page.getByText('In step').first().waitFor();
    expect((await web.mara.call<AppTask>('GET', at(refused))).sync.state).toBe('in_step');
  });

  it('B9.3 a task that waits for Salesforce says since when, and when Tandem tries again', async () => {
    const [waiting] = await refusedTasks(web, turn, 'Ask about medlars', [
      { code: 'UNABLE_TO_LOCK_ROW', message: 'unable to obtain exclusive access' },
    ]);
    await open(waiting ?? expect.fail('no task'));
    await page.getByText('Waiting for Salesforce').first().waitFor();
    await page.getByText(/^since /).waitFor();
    await page.getByText(/Next try /).waitFor();
    await page.getByRole('button', { name: 'Retry' }).waitFor();
  });

  it('what is not there, or not for the reader, says so and leads away', async () => {
    for (const id of ['00000000-0000-4000-8000-000000000000', 'mistyped']) {
      await open({ id });
      await page.getByRole('heading', { name: 'There is no such task here' }).waitFor();
    }
    await page.getByRole('main').getByRole('link', { name: 'Command Center' }).click();
    await page.getByRole('heading', { name: 'Command Center' }).waitFor();
  });

  it('opens from the panel beside the list', async () => {
    await window.app.open(`/?view=all_open&task=${disputed.id}`);
    await page.getByRole('link', { name: 'Open as a page' }).click();
    await page.getByRole('table', { name: 'Both sides' }).waitFor();
    expect(new URL(page.url()).pathname).toBe(`/tasks/${disputed.id}`);
  });
});

describe('History', () => {
  // `check` looks at once: a choice stands before its address does.
  const choose = (name: string) => page.getByRole('radio', { name }).check();
  const where = (side: 'all' | 'sf') =>
    page.getByLabel('Where', { exact: true }).selectOption(side);

  it('B11.4 tells of all tasks, and is narrowed by kind, side and name in its address', async () => {
    await window.app.open('/history');
    await page.getByText('You made this task.').first().waitFor();
    await choose('Conflicts');
    await page.getByText('Both sides changed the due date.').waitFor();
    expect(await page.getByText('You made this task.').count()).toBe(0);
    expect(new URL(page.url()).search).toContain('kind=conflicts');
    await choose('Deletions');
    await page.getByText('You deleted it. It is in Trash.').first().waitFor();
    await choose('Everything');
    await where('sf');
    await page.getByText('Came from Salesforce.').first().waitFor();
    await where('all');
    await page.getByLabel('Task name').fill('quince');
    await page.waitForURL(/text=quince/);
    await page.getByText('Came from Salesforce.').first().waitFor({ state: 'detached' });
    await page.getByRole('link', { name: disputed.name }).first().click();
    await page.getByRole('table', { name: 'Both sides' }).waitFor();
  });

  it('B11.4 a filter chosen while a name is typed keeps both', async () => {
    await window.app.open('/history');
    await page.getByText('You made this task.').first().waitFor();
    await page.getByLabel('Task name').fill('quince');
    await choose('Conflicts');
    await page.waitForURL(
      ({ searchParams: said }) => said.get('text') === 'quince' && said.get('kind') === 'conflicts',
    );
    expect(await page.getByRole('radio', { name: 'Conflicts' }).isChecked()).toBe(true);
    expect(await page.getByLabel('Task name').inputValue()).toBe('quince');
  });

  it('B11.4 a change by somebody else appears without a reload', async () => {
    await window.app.open('/history');
    await page.getByText('You made this task.').first().waitFor();
    await web.mara.call('POST', '/api/v1/tasks', { name: 'Appears by itself' });
    await page.getByRole('link', { name: 'Appears by itself' }).waitFor();
  });
});

describe.each(LOOKS)('$colorScheme, $language, $width px', (look) => {
  it('neither page has a fault a machine can find', async () => {
    await window.context.close();
    window = await web.window(look.window);
    await window.context.addInitScript(
      (language) => localStorage.setItem('tandem-language', language),
      look.language,
    );
    page = window.app.page;
    for (const task of [apart, disputed, thrown]) {
      await open(task);
      await page.locator('ol li').first().waitFor();
      await expectClean(page, task.name);
    }
    await window.app.open('/history');
    await page.locator('ol li').first().waitFor();
    await expectClean(page, 'History');
    await window.app.open('/history?kind=conflicts&text=nothing-like-this');
    await page.locator('main p').nth(1).waitFor();
    await expectClean(page, 'History without a line');
  });
});
