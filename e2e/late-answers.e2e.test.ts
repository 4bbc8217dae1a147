import type { Page, Route } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { AppTask } from './support/app-tasks.ts';
import { type Line, lineOf } from './support/line.ts';
import { startWebStack, type WebStack, type Window } from './support/web-stack.ts';

/** An answer comes when the person has gone on: nothing that was typed or chosen meanwhile is lost, no refusal unsaid. */

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

type Answer = (route: Route) => Promise<void>;
const accept: Answer = (route) => route.continue();
const refuse =
  (status: number): Answer =>
  (route) =>
    route.fulfill({ status, body: 'No' });

/** What the page sends by itself, the browser's zone and what a preview is asked for, is none. */
const isWrite = (route: Route) =>
  route.request().method() !== 'GET' && !/\/(me|preview)$/.test(route.request().url());

/** Every write waits for its answer from now on; reading goes on. */
function holdWrites(): { asked: Promise<void>; answer: (how: Answer) => void } {
  let tellAsked = () => {};
  let answer = (_: Answer) => {};
  const asked = new Promise<void>((resolve) => {
    tellAsked = resolve;
  });
  const answered = new Promise<Answer>((resolve) => {
    answer = resolve;
  });
  line.take(async (route) => {
    if (!isWrite(route)) return route.continue();
    tellAsked();
    await (await answered)(route);
  });
  return { asked, answer };
}

async function make(name: string): Promise<AppTask> {
  const dueDate = new Intl.DateTimeFormat('sv-SE').format(new Date());
  return web.mara.call<AppTask>('POST', '/api/v1/tasks', { name, dueDate });
}

const stored = ({ id }: AppTask) => web.mara.call<AppTask>('GET', `/api/v1/tasks/${id}`);
const button = (name: string) => page.getByRole('button', { name, exact: true });
const SYNC = '/api/v1/sync/settings';
const panel = () => page.getByRole('complementary', { name: 'Task' });

describe('a panel', () => {
  it('B9.2 whose task cannot be read keeps the copy of the list, and what is being typed', async () => {
    const task = await make('Ask about the cooling');
    const read = new RegExp(`/tasks/${task.id}$`);
    await window.app.open('/');
    await window.app.row(task.name).waitFor();
    line.take((route) =>
      !isWrite(route) && read.test(route.request().url()) ? refuse(502)(route) : route.continue(),
    );
    const opened = await window.app.openTask(task.name);
    const details = opened.getByLabel('Details', { exact: true });
    await details.focus();
    await page.keyboard.type('Half a ');
    await opened.getByText(/could not be read/).waitFor();
    await page.keyboard.type('sentence');
    expect(await details.inputValue()).toBe('Half a sentence');
    expect(await details.evaluate((one) => one === document.activeElement)).toBe(true);
    line.letGo();
    await opened.getByRole('button', { name: 'Try again' }).click();
    await opened.getByText(/could not be read/).waitFor({ state: 'detached' });
    await expect.poll(async () => (await stored(task)).details).toBe('Half a sentence');
    expect(await details.inputValue()).toBe('Half a sentence');
  });

  it('B9.2 whose task is gone says so, although the list has a copy', async () => {
    const task = await make('Not for long');
    await window.app.open('/');
    await window.app.row(task.name).waitFor();
    line.take((route) =>
      route.request().url().endsWith(task.id) ? refuse(404)(route) : route.continue(),
    );
    await window.app.row(task.name).click();
    await panel().getByText('This task is no longer there.').waitFor();
  });

  it('B9.2 that was closed before its priority was refused says so in a notice, and tries again', async () => {
    const task = await make('Call the dairy');
    await window.app.open('/');
    const opened = await window.app.openTask(task.name);
    const { asked, answer } = holdWrites();
    await opened.getByLabel('Priority', { exact: true }).selectOption('High');
    await asked;
    await opened.getByRole('button', { name: 'Close panel' }).click();
    await opened.waitFor({ state: 'detached' });
    answer(refuse(409));
    await page.getByText(/“Call the dairy” was not changed\..+/).waitFor();
    line.letGo();
    await button('Try again').click();
    await expect.poll(async () => (await stored(task)).priority).toBe('high');
  });

  it('B9.2 that was closed before its person was refused says so in a notice', async () => {
    const task = await make('Call the mill');
    await window.app.open('/');
    const opened = await window.app.openTask(task.name);
    const records = [{ id: '003000000000001AAA', name: 'Hanne Osterly', type: 'Contact' }];
    line.take((route) => route.fulfill({ json: { records } }));
    await opened.getByLabel('Person', { exact: true }).fill('Hanne');
    const found = opened.getByRole('list', { name: 'Search results' }).getByRole('button');
    await found.waitFor();
    const { asked, answer } = holdWrites();
    await found.click();
    await asked;
    await opened.getByRole('button', { name: 'Close panel' }).click();
    await opened.waitFor({ state: 'detached' });
    answer(refuse(409));
    await page.getByText(/“Call the mill” was not changed\..+/).waitFor();
    await button('Try again').waitFor();
  });
});

/** What is done first, sent, and done before the answer, by the page's own names. */
const FORMS = [
  {
    form: 'the template',
    path: '/settings/activity-details',
    send: 'Save',
    edit: () => page.getByLabel('Subject in Salesforce'),
    values: ['Call: {{activity_subject}}', 'Call soon: {{activity_subject}}'],
  },
  {
    form: 'a new token',
    path: '/settings/programs',
    send: 'Make token',
    edit: () => page.getByLabel('What is it for?'),
    values: ['Nightly report', 'Weekly report'],
  },
  {
    form: 'a new invitation',
    path: '/settings/team',
    send: 'Make a link',
    edit: () => page.getByLabel('E-mail', { exact: true }),
    values: ['ida@aldermoor.example', 'jo@aldermoor.example'],
  },
  {
    form: 'the reminders',
    path: '/settings/reminders',
    send: 'Save',
    edit: () => page.getByRole('group', { name: 'On the due date' }).locator('input[type=time]'),
    values: ['07:10', '07:20'],
  },
] as const;

it.each(FORMS)('B6.1 what is typed into $form while it is being saved stays', async (one) => {
  const [first, second] = one.values;
  await window.app.open(one.path);
  const { asked, answer } = holdWrites();
  await one.edit().fill(first);
  await button(one.send).click();
  await asked;
  await one.edit().fill(second);
  answer(accept);
  await expect.poll(() => button(one.send).getAttribute('data-loading')).toBeNull();
  expect(await one.edit().inputValue()).toBe(second);
  expect(await page.getByText(/Saved\./).count()).toBe(0);
});

it.each([
  { form: 'settings of sync', send: 'Save', values: ['Tandem wins', 'Salesforce wins'] },
  {
    form: 'choice for the team',
    send: 'Set for the team',
    values: ['Nobody syncs', 'Each person chooses'],
  },
])('B6.1 what is chosen in the $form while they are being saved stays, unsaved', async (one) => {
  const [first = '', second = ''] = one.values;
  await window.app.open('/settings/salesforce');
  const choice = (name: string) => page.getByRole('radio', { name, exact: true });
  await choice(first).waitFor({ state: 'attached' });
  const { asked, answer } = holdWrites();
  await choice(first).check({ force: true });
  await button(one.send).click();
  await asked;
  await choice(second).check({ force: true });
  answer(accept);
  await expect.poll(() => button(one.send).getAttribute('data-loading')).toBeNull();
  expect(await choice(second).isChecked()).toBe(true);
  expect(await button(one.send).isEnabled()).toBe(true);
  expect(await page.getByText(/Saved\.|Done; /).count()).toBe(0);
  line.letGo();
  await button(one.send).click();
  await page.getByText(/Saved\.|Done; /).waitFor();
  expect(await choice(second).isChecked()).toBe(true);
});

describe('what somebody else saves while a form is filled in', () => {
  it('B6.1 stays in the map of statuses, whose other rows are saved', async () => {
    const { mara } = web;
    const map = async () =>
      (await mara.call<{ statusMap: Record<string, string | null> }>('GET', SYNC)).statusMap;
    await mara.call('PUT', SYNC, {
      statusMap: { ...(await map()), Deferred: null, 'Waiting on someone else': null },
      confirmStatusMap: true,
    });
    await window.app.open('/settings/salesforce');
    const row = (status: string) => page.getByLabel(`${status} in Salesforce is here`);
    await row('Deferred').selectOption('Open');
    const theirs = { ...(await map()), 'Waiting on someone else': 'complete' };
    await mara.call('PUT', SYNC, { statusMap: theirs });
    await expect.poll(() => row('Waiting on someone else').inputValue()).toBe('complete');
    expect(await row('Deferred').inputValue()).toBe('open');
    await button('Save').click();
    await page.getByText(/Saved\./).waitFor();
    expect(await map()).toMatchObject({ Deferred: 'open', 'Waiting on someone else': 'complete' });
  });
});

describe('a question before what cannot be undone', () => {
  async function expectStays(keep: string, confirm: string): Promise<void> {
    const dialog = page.getByRole('dialog');
    await dialog.locator(':focus').waitFor();
    const { asked, answer } = holdWrites();
    await dialog.getByRole('button', { name: confirm, exact: true }).click();
    await asked;
    expect(await dialog.getByRole('button', { name: keep }).isDisabled()).toBe(true);
    await page.keyboard.press('Escape');
    await page.mouse.click(5, 5);
    answer(refuse(500));
    await dialog
      .getByRole('alert')
      .getByText(/Something broke/)
      .waitFor();
    await dialog.getByRole('button', { name: keep }).click();
    await dialog.waitFor({ state: 'detached' });
  }

  it('B9.2 cannot be closed while a token is being revoked, and says the refusal', async () => {
    await web.mara.call('POST', '/api/v1/tokens', { name: 'Old report' });
    await window.app.open('/settings/programs');
    await button('Revoke the token “Old report”').click();
    await expectStays('Keep it', 'Revoke');
  });

  it('B7.1 cannot be closed while Salesforce is being disconnected, and says the refusal', async () => {
    await window.app.open('/settings/salesforce');
    await button('Disconnect').click();
    await expectStays('Keep connected', 'Disconnect');
  });
});

/** One notice of the server's, and a Tandem that puts none away. */
async function keepNotice(route: Route): Promise<void> {
  if (!new URL(route.request().url()).pathname.endsWith('/notices')) return route.continue();
  if (isWrite(route)) return refuse(500)(route);
  const at = '2026-11-27T07:00:00.000Z';
  const data = { date: '2026-11-27', count: 1 };
  const id = '0b8c6d1e-52a4-4d0f-9d6b-0f6f4f3b2a10';
  const notices = [{ id, kind: 'due', at, readAt: at, data }];
  return route.fulfill({ json: { notices, unread: 0, nextCursor: null } });
}

it.each(['Put all away', /^Put away: /])(
  'B9.4 a notice that cannot be put away says why: %s',
  async (name) => {
    line.take(keepNotice);
    await window.app.open('/notices');
    await page.getByRole('button', { name }).click();
    await page.getByText(/Something broke on our side/).waitFor();
    await button('Try again').waitFor();
    expect(await page.getByRole('button', { name }).count()).toBe(1);
  },
);
