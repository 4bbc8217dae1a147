import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { AppTask } from './support/app-tasks.ts';
import { type Line, lineOf, newGate } from './support/line.ts';
import { startWebStack, type WebStack, type Window } from './support/web-stack.ts';

/** B9.2: what is typed over a task's name in its row is saved, whatever happens to the row meanwhile. */

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
  line = await lineOf(page, '**/api/v1/tasks/*');
});
afterEach(() => window?.context.close());

const today = () => new Intl.DateTimeFormat('sv-SE').format(new Date());
const press = (key: string) => page.keyboard.press(key);
const make = (name: string) =>
  web.mara.call<AppTask>('POST', '/api/v1/tasks', { name, dueDate: today() });
const stored = (task: AppTask) => web.mara.call<AppTask>('GET', `/api/v1/tasks/${task.id}`);
const editor = () => page.getByRole('row').getByLabel('Name', { exact: true });
/** What somebody else does to the task, here or in Salesforce. */
const elsewhere = (task: AppTask, patch: object) =>
  web.mara.call<AppTask>('PATCH', `/api/v1/tasks/${task.id}`, patch);
const completeButton = (name: string) => page.getByRole('button', { name: `Complete “${name}”` });
const focused = (task: AppTask) =>
  page.locator('[role=row]:focus').filter({ hasText: task.name }).waitFor();

describe('after a key that had nothing to change', () => {
  const KEYS = [
    ['j', 'on the last row'],
    ['k', 'on the first row'],
    ['t', 'on a task of today'],
  ] as const;
  it.each(KEYS)('B9.2 the name stays open to be edited: %s %s', async (key, where) => {
    const task = await make(`Alone ${where}`);
    await window.app.open(`/?view=all_open&text=${encodeURIComponent(task.name)}`);
    await window.app.row(task.name).focus();
    await press('j');
    await focused(task);
    await press(key);
    await press('e');
    await editor().waitFor();
    await page.keyboard.type(' and renamed');
    await press('Enter');
    await page.getByText(`Changed “${task.name} and renamed”.`).waitFor();
    expect((await stored(task)).name).toBe(`${task.name} and renamed`);
  });
});

async function edit(task: AppTask): Promise<void> {
  await window.app.row(task.name).focus();
  await focused(task);
  await press('e');
  await editor().waitFor();
}

describe('while a name is edited', () => {
  it('B9.2 B9.4 what was typed is saved when the task leaves the list, and no other task hears the next keys', async () => {
    const leaving = await make('Leaving: the first');
    const next = await make('Leaving: the second');
    await window.app.open('/?text=Leaving');
    await window.app.row(next.name).waitFor();
    await edit(leaving);
    await page.keyboard.type(' with care');
    const changed: string[] = [];
    page.on('request', (request) => {
      if (request.method() !== 'GET') changed.push(request.url());
    });
    await elsewhere(leaving, { dueDate: '2031-03-04' });
    await editor().waitFor({ state: 'detached' });
    await page.keyboard.type('p#');
    await page.getByText(`Changed “${leaving.name} with care”.`).waitFor();
    expect(await stored(leaving)).toMatchObject({
      name: `${leaving.name} with care`,
      dueDate: '2031-03-04',
    });
    await press('?');
    await page.getByRole('dialog').waitFor();
    expect(changed.filter((url) => !url.endsWith(leaving.id))).toEqual([]);
    expect(await stored(next)).toEqual(next);
  });

  it('B9.2 a name too long that left the list is said', async () => {
    const task = await make('Too long to leave');
    await window.app.open('/?text=Too+long');
    await edit(task);
    await editor().fill('x'.repeat(256));
    await elsewhere(task, { dueDate: '2031-03-04' });
    const notice = page.getByRole('alert').getByText(`“${task.name}” was not renamed`);
    await notice.getByText(/at most 255 characters/).waitFor();
  });

  it('B9.4 a new name from elsewhere stays when nothing was typed', async () => {
    const task = await make('Named before');
    await window.app.open('/?text=Named');
    await edit(task);
    const now = await elsewhere(task, { name: 'Named elsewhere' });
    await completeButton(now.name).waitFor();
    await press('Enter');
    await focused(now);
    await press('?');
    await page.getByRole('dialog').waitFor();
    expect((await stored(task)).name).toBe(now.name);
  });
});

describe('a new name that is refused', () => {
  /** Answered with a refusal when `refuse` is called. */
  function heldBack(): () => void {
    const { open: refuse, opened: asked } = newGate();
    line.take(async (route) => {
      if (route.request().method() !== 'PATCH') return route.continue();
      await asked;
      await route.fulfill({ status: 502, body: 'Bad Gateway' });
    });
    return refuse;
  }

  it('B9.2 is said and can be sent again while another name is edited', async () => {
    const first = await make('Refused: the first');
    const second = await make('Refused: the second');
    await window.app.open('/?text=Refused');
    await window.app.row(second.name).waitFor();
    const refuse = heldBack();
    await edit(first);
    await editor().fill('Refused: once');
    await press('Enter');
    await edit(second);
    await page.keyboard.type(' is typed');
    refuse();
    const notice = page
      .getByRole('alert')
      .getByText(/“Refused: the first” was not renamed “Refused: once”. Tandem is starting/);
    await notice.waitFor();
    expect(await editor().inputValue()).toBe(`${second.name} is typed`);
    line.letGo();
    await notice.locator('..').getByRole('button', { name: 'Try again' }).click();
    await page.getByText('Changed “Refused: once”.').waitFor();
    expect((await stored(first)).name).toBe('Refused: once');
  });

  it('B9.2 is said where its row is not in the list any more', async () => {
    const task = await make('Gone: refused');
    await window.app.open('/?text=Gone');
    const refuse = heldBack();
    await edit(task);
    await editor().fill('Gone: once');
    await press('Enter');
    await page.getByLabel('Search tasks').fill('Nothing of that name');
    await window.app.row('Gone: once').waitFor({ state: 'detached' });
    refuse();
    await page
      .getByRole('alert')
      .getByText(/“Gone: refused” was not renamed “Gone: once”/)
      .waitFor();
  });
});
