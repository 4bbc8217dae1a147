import type { Locator, Page, Route } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type AppTask, allTasks } from './support/app-tasks.ts';
import { type Line, lineOf, newGate } from './support/line.ts';
import { startWebStack, type WebStack, type Window } from './support/web-stack.ts';

/**
 * The server says no, or cannot be reached: what showed at once goes back, a plain sentence says why, and
 * what was typed can be sent again.
 */

let web: WebStack;
let window: Window;
let page: Page;
let line: Line;

beforeAll(async () => {
  web = await startWebStack({ worker: false });
});
afterAll(() => web?.close());
beforeEach(async () => {
  window = await web.window();
  page = window.app.page;
  line = await lineOf(page, '**/api/v1/**');
});
afterEach(() => window?.context.close());

const REFUSALS = [
  { name: 'breaks', status: 500, code: 'internal', says: /Something broke on our side/ },
  { name: 'has a newer one', status: 409, code: 'conflict', says: /Somebody else changed this/ },
  {
    name: 'calls it invalid',
    status: 400,
    code: 'invalid_input',
    errors: [{ field: 'name', message: 'must not rhyme' }],
    says: /Some of this is not valid. name: must not rhyme/,
  },
  { name: 'is a proxy without words', status: 502, code: null, says: /Tandem is starting/ },
  { name: 'is away', status: 0, code: null, says: /could not be reached/ },
] as const;

type Refusal = (typeof REFUSALS)[number];

/** From now on every change is refused; reading goes on. */
function refuse(refusal: Refusal): void {
  line.take((route) =>
    route.request().method() === 'GET' ? route.continue() : answer(route, refusal),
  );
}

function answer(route: Route, refusal: Refusal): Promise<void> {
  if (refusal.status === 0) return route.abort('connectionrefused');
  if (refusal.code === null) return route.fulfill({ status: refusal.status, body: 'Bad Gateway' });
  const { status, code } = refusal;
  return route.fulfill({
    status,
    contentType: 'application/problem+json',
    body: JSON.stringify({
      type: 'about:blank',
      title: 'No',
      status,
      code,
      detail: 'No.',
      ...('errors' in refusal ? { errors: refusal.errors } : {}),
    }),
  });
}

async function make(name: string): Promise<AppTask> {
  const dueDate = new Intl.DateTimeFormat('sv-SE').format(new Date());
  return web.mara.call<AppTask>('POST', '/api/v1/tasks', { name, dueDate, details: 'as it was' });
}

async function stored({ id }: AppTask): Promise<AppTask> {
  return web.mara.call<AppTask>('GET', `/api/v1/tasks/${id}`);
}

/** "Saved" stands for two seconds, so the page itself looks out for it. */
function saidSaved(panel: Locator): Promise<void> {
  return panel.evaluate(
    (element) =>
      new Promise<void>((done) => {
        const look = () => {
          const notes = [...element.querySelectorAll('[data-state=saved]')];
          if (notes.some(({ textContent }) => textContent === 'Saved')) done();
        };
        new MutationObserver(look).observe(element, {
          subtree: true,
          childList: true,
          attributes: true,
          characterData: true,
        });
        look();
      }),
  );
}

const alert = (says: RegExp) => page.getByRole('alert').getByText(says);

function row(task: AppTask): Locator {
  return window.app.row(task.name);
}

describe.each(REFUSALS)('the server $name', (refusal) => {
  it('add task, rename, edit: the words are kept, and go when it accepts again', async () => {
    const task = await make(`Kept when it ${refusal.name}`);
    const before = (await allTasks(web.mara)).length;
    await window.app.open('/');
    await row(task).waitFor();
    refuse(refusal);

    await page.keyboard.press('c');
    const composer = page.getByLabel('Name of the new task');
    await composer.fill(`New when it ${refusal.name}`);
    await composer.press('Enter');
    await page.getByRole('status').getByText(refusal.says).waitFor();
    expect(await composer.inputValue()).toBe(`New when it ${refusal.name}`);
    expect(await allTasks(web.mara)).toHaveLength(before);

    await composer.press('Escape');
    await row(task).focus();
    await page.keyboard.press('e');
    const name = page.getByRole('row').getByLabel('Name', { exact: true });
    await name.fill('A name that rhymes');
    await name.press('Enter');
    await alert(refusal.says).waitFor();
    expect(await name.inputValue()).toBe('A name that rhymes');
    await name.press('Escape');
    await row(task).waitFor();

    const panel = await window.app.openTask(task.name);
    const details = panel.getByLabel('Details', { exact: true });
    await details.fill('typed with care');
    await details.blur();
    await panel.getByText(refusal.says).waitFor();
    expect(await details.inputValue()).toBe('typed with care');
    expect(await stored(task)).toEqual(task);

    line.letGo();
    const saved = saidSaved(panel);
    await panel.getByRole('button', { name: 'Try again' }).click();
    await saved;
    expect((await stored(task)).details).toBe('typed with care');
  });

  it('complete, date, priority, delete: the row is as before, with a reason', async () => {
    const task = await make(`Taken back when it ${refusal.name}`);
    await window.app.open('/');
    await row(task).focus();
    refuse(refusal);
    const keys = [
      ['Space', () => row(task).getByRole('button', { name: /^Complete/ })],
      ['p', () => row(task)],
      ['#', () => row(task)],
    ] as const;
    for (const [key, asBefore] of keys) {
      await row(task).focus();
      await page.keyboard.press(key);
      const notice = alert(refusal.says).filter({ hasText: task.name });
      await notice.waitFor();
      await asBefore().waitFor();
      await page.getByRole('alert').getByRole('button', { name: 'Close' }).click();
      await notice.waitFor({ state: 'detached' });
    }
    await row(task).focus();
    await page.keyboard.press('d');
    const typed = page.getByLabel('Type a date: tomorrow, fri, 24 nov');
    await typed.fill('tomorrow');
    await typed.press('Enter');
    await alert(refusal.says).filter({ hasText: task.name }).waitFor();
    await row(task).getByRole('button', { name: 'Due date: Today' }).waitFor();
    expect(await stored(task)).toEqual(task);
  });
});

/** Changes wait until the returned function is called, and are refused then. */
function holdThenRefuse(): () => void {
  const { open: release, opened: released } = newGate();
  line.take(async (route) => {
    if (route.request().method() === 'GET') return route.continue();
    await released;
    return answer(route, REFUSALS[0]);
  });
  return release;
}

it('a change shows at once, and goes back when the answer is no', async () => {
  const task = await make('Done too soon');
  await window.app.open('/');
  await row(task).focus();
  const release = holdThenRefuse();
  await page.keyboard.press('Space');
  await row(task)
    .getByRole('button', { name: /^Reopen/ })
    .waitFor();
  release();
  await alert(/“Done too soon” was not changed. Something broke/).waitFor();
  await row(task)
    .getByRole('button', { name: /^Complete/ })
    .waitFor();
});

it('the panel is closed before the answer: a notice says so and brings the words back', async () => {
  const task = await make('Closed too soon');
  await window.app.open('/');
  const panel = await window.app.openTask(task.name);
  const details = panel.getByLabel('Details', { exact: true });
  await details.fill('typed with care');
  const release = holdThenRefuse();
  await panel.getByRole('button', { name: 'Close panel' }).click();
  await panel.waitFor({ state: 'detached' });
  release();
  await alert(/“Closed too soon” was not changed. Something broke/).waitFor();
  line.letGo();
  await page.getByRole('button', { name: 'Edit again' }).click();
  await expect.poll(() => details.inputValue()).toBe('typed with care');
  const saved = saidSaved(panel);
  await panel.getByRole('button', { name: 'Try again' }).click();
  await saved;
  expect((await stored(task)).details).toBe('typed with care');
});

it('B9.2 offline is said, what was typed waits in its field, and goes when one is back', async () => {
  const task = await make('Under the bridge');
  await window.app.open('/');
  const panel = await window.app.openTask(task.name);
  await window.context.setOffline(true);
  await page
    .getByRole('status')
    .getByText(/You are offline/)
    .waitFor();
  const details = panel.getByLabel('Details', { exact: true });
  await details.fill('typed in a tunnel');
  await details.blur();
  await page.getByText('You are offline. 1 change waits here').waitFor();
  expect(await details.inputValue()).toBe('typed in a tunnel');
  expect((await stored(task)).details).toBe('as it was');
  const saved = saidSaved(panel);
  await window.context.setOffline(false);
  await page.getByText(/You are offline/).waitFor({ state: 'detached' });
  await saved;
  expect((await stored(task)).details).toBe('typed in a tunnel');
});

it('the session has ended elsewhere: what was typed stays and the way back is shown', async () => {
  const task = await make('Signed out elsewhere');
  await window.app.open('/');
  const panel = await window.app.openTask(task.name);
  await window.context.clearCookies();
  const details = panel.getByLabel('Details', { exact: true });
  await details.fill('typed meanwhile');
  await details.blur();
  // A reading that is refused meanwhile says the same of the part that it was for.
  const fields = panel.getByRole('region', { name: 'Fields' });
  await fields.getByText(/Your session has ended/).waitFor();
  await page.getByRole('status').getByRole('link', { name: 'Sign in' }).waitFor();
  expect(await details.inputValue()).toBe('typed meanwhile');
  expect(await stored(task)).toEqual(task);
});

it('settings: a refused Save keeps the template as typed', async () => {
  await window.app.open('/settings/activity-details');
  const field = page.getByLabel('Subject in Salesforce');
  await field.fill('{{activity_type}}: {{activity_subject}}');
  refuse(REFUSALS[0]);
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('status').getByText(REFUSALS[0].says).waitFor();
  expect(await field.inputValue()).toBe('{{activity_type}}: {{activity_subject}}');
  expect(await web.mara.call('GET', '/api/v1/template')).toMatchObject({
    template: '{{activity_subject}}',
  });
});
